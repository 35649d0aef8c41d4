import fc from 'fast-check';
import { type DependentsMode } from '../../../src/change/core/outcome';
import { removeTask } from '../../../src/change/core/resolution/remove';
import { type Slice } from '../../../src/change/core/slice';
import { type Id, type Operation } from '../../../src/change/core/task';
import { intent, type Intent, operationOf } from '../../../src/change/core/testing/intents';
import { minter } from '../../../src/change/core/testing/run';
import { type Plugin } from '../../../src/configuration/plugin/plugin';
import { pluginDescriptor } from '../../../src/configuration/plugin/plugin.descriptor';
import { type Refusal } from '../../../src/refusal';
import { ask } from './ask';
import { operationsAskedBy } from './asked-operations';
import { type PureSafeMode, type PureUnit } from './pure-unit';
import { refusalOf } from './refused';
import { type Owner, owners } from './steps';
import { type Admin, type TestedUnit } from './tested-unit';

/** One of the things that are done at the same moment. */
export type Deed =
  | { act: 'EDIT'; by: Admin; what: Intent }
  | { act: 'APPLY'; of: Owner }
  | { act: 'REMOVE'; of: Owner; pick: number; mode: DependentsMode };

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('EDIT' as const),
      by: fc.constantFrom<Admin[]>('ada', 'bob', 'bob', 'cleo'),
      what: intent,
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('APPLY' as const), of: fc.constantFrom(...owners) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('REMOVE' as const),
      of: fc.constantFrom(...owners),
      pick: fc.nat(5),
      mode: fc.constantFrom<DependentsMode[]>('REFUSE', 'CASCADE', 'DETACH'),
    }),
  },
);

/** A unit by the core alone, with a safe mode of each owner. */
export interface PureState {
  pure: PureUnit;
  safeModes: Record<Owner, PureSafeMode & { closed: boolean }>;
}

/** What came of a deed: done, or why not. */
type Outcome = string;

/** A deed that has been done behind the services, with its outcome; it can be done again by the core, in any order. */
export interface Done {
  outcome: Outcome;
  again(state: PureState): Outcome;
}

/** Does it behind the services; nothing where there is nothing to do. `before` is what its doer saw. */
export async function carryOutDeed(
  unit: TestedUnit,
  ids: Record<Owner, Id>,
  before: PureState,
  deed: Deed,
): Promise<Done | undefined> {
  switch (deed.act) {
    case 'EDIT':
      return doEdit(unit, ids, before, deed);
    case 'APPLY':
      return doApply(unit, ids[deed.of], deed.of, before.safeModes[deed.of].revision);
    case 'REMOVE': {
      const { tasks } = before.safeModes[deed.of];
      const task = tasks[deed.pick % Math.max(tasks.length, 1)];
      return task && doRemove(unit, ids[deed.of], deed.of, task.id, deed.mode);
    }
  }
}

async function doEdit(
  unit: TestedUnit,
  ids: Record<Owner, Id>,
  before: PureState,
  { by, what }: Extract<Deed, { act: 'EDIT' }>,
): Promise<Done | undefined> {
  const shown = seenBy(before, by);
  const operation = operationOf(what, shown, minter('at once '));
  if (!operation) return undefined;
  const editor = unit.editor(by, by === 'ada' ? undefined : ids[by]);
  const refusal = await refusalOf(ask({ app: unit.app, unitId: unit.id, editor, shown }, operation));
  const operations = operationsAskedBy(editor);
  return {
    outcome: editOutcome(refusal),
    again(state) {
      const safeMode = by === 'ada' ? undefined : state.safeModes[by];
      if (safeMode?.closed) return 'SAFE_MODE_CLOSED';
      // A mapping to a plugin that is gone is refused before anything is asked of the core.
      if (!operations) return mapsToNothing(operation, seenBy(state, by)) ? 'refused' : 'done';
      const refused = safeMode ? state.pure.record(safeMode, operations) : state.pure.edit(operations);
      return refused ? 'refused' : 'done';
    },
  };
}

function editOutcome(refusal: Refusal | undefined): Outcome {
  if (!refusal) return 'done';
  return refusal.code === 'SAFE_MODE_CLOSED' ? refusal.code : 'refused';
}

const seenBy = ({ pure, safeModes }: PureState, admin: Admin): Slice =>
  admin === 'ada' ? pure.live : pure.evaluated(safeModes[admin]).overlay;

function mapsToNothing(operation: Operation, { objects }: Slice): boolean {
  const fields =
    operation.op === 'CREATE' ? operation.value : operation.op === 'UPDATE' ? operation.fields : {};
  return pluginDescriptor
    .references(operation.target, fields as Plugin)
    .some(({ id }) => !objects.PLUGIN.has(id));
}

async function doApply(unit: TestedUnit, id: Id, of: Owner, revision: number): Promise<Done> {
  let outcome: Outcome = '';
  const refusal = await refusalOf(
    unit.app.safeModes.applying.applyForAll(unit.actor(of), id, revision).then(({ kind }) => {
      outcome = kind;
    }),
  );
  return {
    outcome: refusal?.code ?? outcome,
    again({ pure, safeModes }) {
      const safeMode = safeModes[of];
      if (safeMode.closed) return 'applied';
      if (safeMode.revision !== revision) return 'STALE_REVISION';
      const { conflicts, changes } = pure.evaluated(safeMode);
      if (conflicts.length > 0) return 'conflicted';
      pure.land(changes);
      safeMode.closed = true;
      return 'applied';
    },
  };
}

async function doRemove(
  unit: TestedUnit,
  id: Id,
  of: Owner,
  taskId: Id,
  mode: DependentsMode,
): Promise<Done> {
  let outcome: Outcome = '';
  const refusal = await refusalOf(
    unit.app.safeModes.tasks.remove(unit.actor(of), id, taskId, mode).then(({ removal }) => {
      outcome = removal.tasks ? 'done' : 'refused';
    }),
  );
  return {
    outcome: refusal?.code ?? outcome,
    again({ pure, safeModes }) {
      const safeMode = safeModes[of];
      if (safeMode.closed) return 'SAFE_MODE_CLOSED';
      if (!safeMode.tasks.some((task) => task.id === taskId)) return 'NOT_FOUND';
      const { tasks } = removeTask(pure.live, safeMode.tasks, taskId, mode);
      if (!tasks) return 'refused';
      pure.rewrite(safeMode, tasks);
      return 'done';
    },
  };
}
