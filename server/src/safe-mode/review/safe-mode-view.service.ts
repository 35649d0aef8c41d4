import { type Actor } from '../../access/actor';
import { type ChangeLogStore, type HistoryEntry } from '../../change/log/change-log.store';
import { type ConflictPresenter, type ConflictView } from '../../change/presentation/conflict.presenter';
import { type FieldChange } from '../../change/presentation/field-change';
import { pointerNames } from '../../change/core/json';
import { withoutPresentSecrets } from '../../change/presentation/present-secrets';
import { type Id, type ObjectName, type Task } from '../../change/core/task';
import { taskChanges } from '../../change/presentation/task-changes';
import { taskName, taskSummary } from '../../change/presentation/task-summary';
import { fieldInWords, objectInWords } from '../../change/presentation/words';
import { type ConfigurationReaders } from '../../configuration/configuration-readers';
import { type Context, keep } from '../../graphql/context';
import { type Database } from '../../storage/database';
import { isAdminNow } from '../../unit/admin-now';
import { UnitEntity } from '../../unit/unit.entity';
import { type EvaluatedSafeMode, type EvaluationService } from '../preview/evaluation.service';
import { NewerVersion, Unreadable } from '../file/file-refusals';
import { SafeModeClosed } from '../safe-mode-refusals';
import { type SafeMode } from '../safe-mode.store';

/** One change of a safe mode as it is shown, without what stands against it. */
export interface TaskView {
  id: Id;
  operation: Task['op'];
  target: ObjectName & { name: string };
  summary: string;
  changes: FieldChange[];
  recordedAt: Date;
  recordedById: Id | null;
}

/** What safe modes hold, for people to read. Everything is read once for each request. */
export class SafeModeViewService {
  constructor(
    private readonly database: Database,
    private readonly evaluations: EvaluationService,
    private readonly conflicts: ConflictPresenter,
    private readonly log: ChangeLogStore,
    private readonly readers: ConfigurationReaders,
  ) {}

  /** Whether somebody may delete it now: see `SafeModeService.discard`. */
  async deletable({ userId }: Actor, { unitId, ownerId, status }: SafeMode): Promise<boolean> {
    if (status !== 'OPEN' || ownerId === userId) return status === 'OPEN';
    return !(await this.database.read((db) => isAdminNow(db, unitId, ownerId)));
  }

  /** Whether the file of an open safe mode is damaged or gone. */
  async unreadable(context: Context, safeMode: SafeMode): Promise<boolean> {
    try {
      return (await this.found(context, safeMode)) === 'UNREADABLE';
    } catch (error) {
      if (error instanceof NewerVersion) return false;
      throw error;
    }
  }

  /** The changes: of an open one from its file, of an applied one from the change log, of a discarded one none. */
  async tasks(context: Context, safeMode: SafeMode): Promise<TaskView[]> {
    const { unitId } = safeMode;
    if (safeMode.status === 'APPLIED') return this.masked(unitId, await this.appliedTasks(safeMode));
    const evaluated = await this.evaluated(context, safeMode);
    return evaluated ? this.masked(unitId, evaluated.file.tasks.map(taskView)) : [];
  }

  /** What has become a secret live since it was recorded, or applied, is not told either. */
  private async masked(unitId: Id, tasks: readonly TaskView[]): Promise<TaskView[]> {
    const { liveGenerationId } = await this.database.read(({ manager }) =>
      manager.findOneByOrFail(UnitEntity, { id: unitId }),
    );
    const reader = this.readers.of(liveGenerationId);
    return Promise.all(
      tasks.map(async (task) => {
        const { kind, id } = task.target;
        const live = await reader.object(kind, id);
        return { ...task, changes: withoutPresentSecrets(kind, live, task.changes) };
      }),
    );
  }

  /** Everything that stands against it now. */
  conflictsOf(context: Context, safeMode: SafeMode): Promise<ConflictView[]> {
    return keep(context, `conflicts of ${fileKey(safeMode)}`, async () => {
      const evaluated = await this.evaluated(context, safeMode);
      return evaluated ? this.conflictViews(evaluated) : [];
    });
  }

  /** As `conflictsOf`, of what was evaluated already. */
  conflictViews({ replaced, file, unit, slice, evaluation }: EvaluatedSafeMode): Promise<ConflictView[]> {
    if (replaced) return Promise.resolve(this.conflicts.replacedViews(file.tasks));
    if (evaluation.conflicts.length === 0) return Promise.resolve([]);
    return this.database.read((db) =>
      this.conflicts.views(db, unit, slice, file.tasks, evaluation.conflicts),
    );
  }

  /** How many there are. None is counted of a file that only a newer version can read. */
  async conflictCount(context: Context, safeMode: SafeMode): Promise<number> {
    try {
      const evaluated = await this.evaluated(context, safeMode);
      if (!evaluated) return 0;
      return evaluated.replaced ? evaluated.file.tasks.length : evaluated.evaluation.conflicts.length;
    } catch (error) {
      if (error instanceof NewerVersion) return 0;
      throw error;
    }
  }

  /** The tasks against what is live; nothing of one that is closed or cannot be read. */
  private async evaluated(context: Context, safeMode: SafeMode): Promise<EvaluatedSafeMode | undefined> {
    const found = await this.found(context, safeMode);
    return typeof found === 'string' ? undefined : found;
  }

  private found(context: Context, safeMode: SafeMode): Promise<EvaluatedSafeMode | 'CLOSED' | 'UNREADABLE'> {
    return keep(context, `evaluated ${fileKey(safeMode)}`, async () => {
      if (safeMode.status !== 'OPEN') return 'CLOSED';
      try {
        return await this.evaluations.evaluate(safeMode);
      } catch (error) {
        if (error instanceof Unreadable) return 'UNREADABLE';
        // Applied or deleted since its row was read: that must not spoil the list of the others.
        if (error instanceof SafeModeClosed) return 'CLOSED';
        throw error;
      }
    });
  }

  private async appliedTasks({ unitId, appliedRevision }: SafeMode): Promise<TaskView[]> {
    if (appliedRevision === null) return [];
    const lines = await this.database.read((db) => this.log.linesAt(db, unitId, appliedRevision));
    return lines.map(appliedTaskView);
  }
}

const fileKey = ({ id, revision, status }: SafeMode): string => `${id} ${revision} ${status}`;

const taskView = (task: Task): TaskView => ({
  id: task.id,
  operation: task.op,
  target: { kind: task.kind, id: task.target, name: taskName(task) },
  summary: taskSummary(task),
  changes: taskChanges(task),
  recordedAt: new Date(task.at),
  recordedById: task.by,
});

const appliedTaskView = (line: HistoryEntry): TaskView => ({
  id: `${line.unitId}.${line.revision}.${line.number}`,
  operation: line.operation,
  target: { kind: line.kind, id: line.objectId, name: line.objectName },
  summary: appliedSummary(line),
  changes: line.changes,
  recordedAt: line.at,
  recordedById: line.byUserId,
});

function appliedSummary({ operation, kind, objectName, changes }: HistoryEntry): string {
  const target = objectInWords(kind, objectName);
  if (operation === 'CREATE') return `Created ${target}`;
  if (operation === 'DELETE') return `Removed ${target}`;
  const fields = new Set(changes.map(({ path }) => fieldInWords(pointerNames(path)[0] ?? '')));
  return `Changed ${target}: ${[...fields].join(', ')}`;
}
