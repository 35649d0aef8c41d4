import { sameObject } from '../canonical';
import { judgeBetweenObjects, TaskIndex } from './judge';
import { type LiveView, liveView } from '../live-view';
import { type Evaluation } from '../outcome';
import { type Proposal, propose } from './proposal';
import { byKind, type Slice } from '../slice';
import { type Change, type ConfigurationObject, type Conflict, type Id, kinds, type Task } from '../task';
import { writeProposals, type WrittenState } from './written-state';

/**
 * What the tasks make of the live configuration, and everything that stands against them. The slice must hold all that
 * `nextRequest` asks for. The order of the tasks does not matter. Nothing is written; the same input gives the same
 * answer.
 */
export function evaluate(slice: Slice, tasks: readonly Task[]): Evaluation {
  const live = liveView(slice);
  const proposals = tasks.map((task) => propose(live, task));
  const { conflicts, standing, written } = judgeInRounds(live, proposals);
  return {
    overlay: overlayOf(slice, written),
    changes: changesBetween(slice, written),
    conflicts,
    satisfied: new Set(standing.filter(({ satisfied }) => satisfied).map(({ task }) => task.id)),
  };
}

/**
 * Round 1 judges all tasks as if all were written; then those in conflict are left out and the rest judged again, until
 * nothing new is found. What later rounds find stands only because of what was left out.
 */
function judgeInRounds(
  live: LiveView,
  proposals: readonly Proposal[],
): { conflicts: Conflict[]; standing: Proposal[]; written: WrittenState } {
  const conflicts = proposals.flatMap((proposal) => proposal.conflicts);
  let standing = [...proposals];
  let leftOut: Task[] = [];
  for (let first = true; ; first = false) {
    const written = writeProposals(live, standing);
    const round = {
      live,
      written,
      proposals: standing,
      tasks: new TaskIndex(standing.map(({ task }) => task)),
      leftOut: new TaskIndex(leftOut),
    };
    const found = judgeBetweenObjects(round);
    conflicts.push(...(first ? found : found.map((conflict) => derived(conflict, leftOut))));

    const inConflict = new Set(conflicts.map(({ task }) => task));
    const remaining = standing.filter(({ task }) => !inConflict.has(task.id));
    if (remaining.length === standing.length) return { conflicts, standing, written };
    standing = remaining;
    leftOut = proposals.map(({ task }) => task).filter(({ id }) => inConflict.has(id));
  }
}

function derived(conflict: Conflict, leftOut: readonly Task[]): Conflict {
  return { ...conflict, derived: true, because: conflict.because ?? leftOut.map(({ id }) => id).sort() };
}

function overlayOf(slice: Slice, written: WrittenState): Slice {
  return { ...slice, objects: byKind((kind) => written.objects[kind]) };
}

/** Of every object, not of every task: what was detached or moved along is a change too. */
function changesBetween(slice: Slice, written: WrittenState): Change[] {
  return kinds.flatMap((kind) => {
    const [before, after] = [slice.objects[kind], written.objects[kind]];
    const ids = new Set<Id>([...before.keys(), ...after.keys()]);
    return [...ids]
      .filter((id) => !sameObject(before.get(id), after.get(id)))
      .map((id) => changeOf(kind, id, before.get(id), after.get(id)));
  });
}

function changeOf(
  kind: Change['kind'],
  id: Id,
  before: ConfigurationObject | undefined,
  after: ConfigurationObject | undefined,
): Change {
  return { kind, id, ...(before && { before }), ...(after && { after }) };
}
