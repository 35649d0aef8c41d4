import { type Actor } from '../../access/actor';
import { type ConflictPresenter } from '../../change/presentation/conflict.presenter';
import { type Json, type Pointer, pointerNames } from '../../change/core/json';
import { type DependentsMode, type Removal, type Resolution } from '../../change/core/outcome';
import { removeTask } from '../../change/core/resolution/remove';
import { resolve } from '../../change/core/resolution/resolve';
import { type Slice } from '../../change/core/slice';
import { type Conflict, type Id, type Task } from '../../change/core/task';
import { valueFaults } from '../../change/core/resolution/value-faults';
import { BadUserInput, NotFound } from '../../refusal';
import { type EvaluatedSafeMode, type EvaluationService } from '../preview/evaluation.service';
import { type SafeModeFile } from '../file/safe-mode-file';
import { mustOwn } from '../ownership';
import { type RematchService } from './rematch.service';
import { type Rewriting, type SafeModeFiles } from '../file/safe-mode-files.service';
import { StaleRevision } from '../safe-mode-refusals';
import { type SafeMode } from '../safe-mode.store';

/** How the owner answers a conflict. */
export interface ResolutionRequest {
  safeModeId: Id;
  conflictId: string;
  resolution: Resolution;
  /** Of VALUE. */
  value?: Json;
}

/** A task that was taken out with those that depended on it, or the tasks that stand in the way. */
export interface TaskRemoval {
  safeMode: SafeMode;
  removal: Removal;
}

/** What the owner does to single tasks of a safe mode. */
export class TaskService {
  constructor(
    private readonly files: SafeModeFiles,
    private readonly evaluations: EvaluationService,
    private readonly rematches: RematchService,
    private readonly conflicts: ConflictPresenter,
  ) {}

  /** Takes a task out. Throws `NOT_OWNER`, `NOT_FOUND` for an unknown task, `SAFE_MODE_CLOSED`. */
  async remove(actor: Actor, safeModeId: Id, taskId: Id, mode: DependentsMode): Promise<TaskRemoval> {
    const { safeMode, outcome } = await this.files.rewrite<Removal>(safeModeId, async (current, file) => {
      mustOwn(actor, current);
      if (!file.tasks.some(({ id }) => id === taskId)) throw new NotFound('change of this safe mode');
      const removal = removalOf(await this.evaluations.evaluateFile(file), taskId, mode);
      return { next: removal.tasks && { tasks: removal.tasks }, outcome: removal };
    });
    return { safeMode, removal: outcome };
  }

  /**
   * Answers one conflict as its owner saw it. Throws `STALE_REVISION` where the same one does not stand any more,
   * `BAD_USER_INPUT` for a way out that it does not have or a value that does not fit, `NOT_OWNER`, `SAFE_MODE_CLOSED`.
   */
  async resolve(actor: Actor, request: ResolutionRequest): Promise<SafeMode> {
    const { safeMode } = await this.files.rewrite(request.safeModeId, async (current, file) => {
      mustOwn(actor, current);
      return this.resolved(file, request);
    });
    return safeMode;
  }

  private async resolved(file: SafeModeFile, request: ResolutionRequest): Promise<Rewriting<void>> {
    const evaluated = await this.evaluations.evaluateFile(file);
    if (evaluated.replaced) return { next: await this.rematched(file, request), outcome: undefined };
    return { next: { tasks: this.rewritten(evaluated, request) }, outcome: undefined };
  }

  private rewritten(
    { slice, file, evaluation }: EvaluatedSafeMode,
    { conflictId, resolution, value }: ResolutionRequest,
  ): Task[] {
    const conflict = evaluation.conflicts.find((standing) => this.conflicts.idOf(standing) === conflictId);
    if (!conflict) throw staleConflict(file);
    if (resolution === 'REMATCH') throw notOffered();
    if (resolution === 'VALUE' && value === undefined) {
      throw new BadUserInput([{ path: 'input.value', message: 'is needed for VALUE' }]);
    }
    const resolved = resolve(slice, file.tasks, conflict, resolution, value);
    if (!resolved.tasks) throw resolved.refused === 'STALE' ? staleConflict(file) : notOffered();
    if (resolution === 'VALUE') mustFit(slice, file.tasks, resolved.tasks, conflict);
    return resolved.tasks;
  }

  private rematched(
    file: SafeModeFile,
    { conflictId, resolution }: ResolutionRequest,
  ): Promise<{ tasks: Task[]; generationId: Id }> {
    const isStanding = this.conflicts.replacedViews(file.tasks).some(({ id }) => id === conflictId);
    if (!isStanding) throw staleConflict(file);
    if (resolution !== 'REMATCH') throw notOffered();
    return this.rematches.rematched(file);
  }
}

/** Of a replaced unit none of the tasks stands, so none depends on another. */
function removalOf({ file, replaced, slice }: EvaluatedSafeMode, id: Id, mode: DependentsMode): Removal {
  if (!replaced) return removeTask(slice, file.tasks, id, mode);
  return { tasks: file.tasks.filter((task) => task.id !== id), removed: [id] };
}

/** What does not fit its place is refused at once: an object with a list for a name could not even be shown. */
function mustFit(
  slice: Slice,
  tasks: readonly Task[],
  rewritten: readonly Task[],
  { task: id, path }: Conflict,
): void {
  const [before, after] = [tasks, rewritten].map((all) => all.find((task) => task.id === id));
  const faults = before ? valueFaults(slice, before, after, path) : [];
  if (faults.length === 0) return;
  const place = (fault: Pointer) => ['input.value', ...pointerNames(fault.slice(path.length))].join('.');
  throw new BadUserInput(faults.map((fault) => ({ path: place(fault.path), message: fault.message })));
}

const staleConflict = ({ revision }: SafeModeFile) =>
  new StaleRevision(
    'This conflict does not stand any more as you saw it. Look at the conflicts again.',
    revision,
  );

const notOffered = () =>
  new BadUserInput([{ path: 'input.resolution', message: 'is not a way out of this conflict' }]);
