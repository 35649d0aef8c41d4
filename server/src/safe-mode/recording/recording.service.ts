import { type ConflictPresenter } from '../../change/presentation/conflict.presenter';
import { type EditOutcome, type EditRequest, type Resend } from '../../change/edit-request';
import { type Recordings } from '../../change/edit.service';
import { type Editor } from '../../change/editor';
import { evaluate } from '../../change/core/evaluation/evaluate';
import { mustBeSameMutation } from '../../change/operation-id';
import { record } from '../../change/core/recording/record';
import { type SeenStatesService } from '../../change/seen-states.service';
import { byKind, type Slice } from '../../change/core/slice';
import {
  type ConfigurationObject,
  type Id,
  type ObjectName,
  type Operation,
  type Task,
} from '../../change/core/task';
import { type ConfigurationReaders } from '../../configuration/configuration-readers';
import { shownBy } from '../../configuration/shown-by';
import { NotFound } from '../../refusal';
import { type Database, type Db } from '../../storage/database';
import { atOneRevision } from '../../unit/at-one-revision';
import { findUnit } from '../../unit/find-unit';
import { type EvaluatedSafeMode, type EvaluationService } from '../preview/evaluation.service';
import { type SafeModeFile } from '../file/safe-mode-file';
import { overlayOf } from '../preview/overlay-of';
import { type RequestSafeModes } from '../request-safe-mode.service';
import { type Rewriting, type SafeModeFiles } from '../file/safe-mode-files.service';
import { NotOwner } from '../safe-mode-refusals';
import { type SafeMode } from '../safe-mode.store';

/** Beginning again is cheaper than a snapshot; where the unit moves all the time only that comes to an end. */
const attempts = 4;

/** The tasks of a file after an edit, with what they come to. */
type FoldedTasks = Omit<EvaluatedSafeMode, 'file'> & { tasks: Task[] };

interface Folded {
  target: Id;
  /** Where it is known what the safe mode comes to now. */
  evaluated?: Omit<EvaluatedSafeMode, 'file'>;
}

/** Records edits in safe modes, by the same core that carries direct ones out. */
export class RecordingService implements Recordings {
  constructor(
    private readonly database: Database,
    private readonly requests: RequestSafeModes,
    private readonly files: SafeModeFiles,
    private readonly evaluations: EvaluationService,
    private readonly readers: ConfigurationReaders,
    private readonly seenStates: SeenStatesService,
    private readonly conflicts: ConflictPresenter,
  ) {}

  async destination(editor: Editor, unitId: Id): Promise<Id | undefined> {
    return (await this.requests.ofEdits(editor, unitId))?.id;
  }

  async earlier(safeModeId: Id, resend: Resend): Promise<EditOutcome | undefined> {
    const safeMode = await this.files.open(safeModeId);
    const target = earlierTarget(await this.files.read(safeMode), resend);
    return target === undefined ? undefined : { target, safeMode };
  }

  /**
   * Folds the edit into the safe mode's tasks. A resend of the same operation records nothing. Throws what a direct
   * edit throws, `LIMIT_REACHED`, and what keeps the file from being read or written; then nothing is recorded.
   */
  async record(safeModeId: Id, request: EditRequest): Promise<EditOutcome> {
    const { safeMode, file, outcome } = await this.files.rewrite(safeModeId, (current, present) =>
      this.folded(current, present, request),
    );
    const { target, evaluated } = outcome;
    if (evaluated) this.evaluations.remember(safeMode, { ...evaluated, file });
    return { target, safeMode };
  }

  private async folded(
    safeMode: SafeMode,
    file: SafeModeFile,
    request: EditRequest,
  ): Promise<Rewriting<Folded>> {
    const { editor, mutation, target, operationId } = request;
    if (safeMode.ownerId !== editor.userId) throw new NotOwner();
    const earlier = earlierTarget(file, request);
    if (earlier !== undefined) return { outcome: { target: earlier } };
    const { tasks, ...evaluated } = await this.foldedTasks(file, request);
    const operation = operationId ? { id: operationId, by: editor.userId, mutation, target } : undefined;
    const { generationId } = evaluated.unit;
    return { next: { tasks, generationId, operation }, outcome: { target, evaluated } };
  }

  private async foldedTasks(file: SafeModeFile, request: EditRequest): Promise<FoldedTasks> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const evaluated = await this.evaluations.evaluateFile(file);
      const asked = await this.operationsOn(evaluated, request, this.readers);
      const folded = await atOneRevision(this.database, request.unitId, async (db, unit) =>
        unit.revision === evaluated.unit.revision ? this.tasksWith(db, evaluated, request, asked) : undefined,
      );
      if (folded) return folded;
    }
    return this.database.snapshot(async (db) => {
      const unit = await findUnit(db, request.unitId);
      if (!unit) throw new NotFound('unit');
      const evaluated = await this.evaluations.evaluateIn(db, unit, file);
      const asked = await this.operationsOn(evaluated, request, this.readers.within(db));
      return this.tasksWith(db, evaluated, request, asked);
    });
  }

  /** What the request asks for, on top of what its caller sees. Throws `UNIT_REPLACED` after an import. */
  private async operationsOn(
    evaluated: EvaluatedSafeMode,
    request: EditRequest,
    readers: ConfigurationReaders,
  ): Promise<Operation[]> {
    const { generationId } = evaluated.unit;
    const shown = shownBy(readers.of(generationId, overlayOf(evaluated)));
    await request.permit?.(shown);
    const operations = await request.operations(shown);
    if (evaluated.replaced) throw this.conflicts.unitReplaced(operations);
    return operations;
  }

  /** The file's tasks with the operations in them, where the unit is still as it was evaluated. */
  private async tasksWith(
    db: Db,
    { unit, file, slice: before, ...evaluated }: EvaluatedSafeMode,
    request: EditRequest,
    asked: Operation[],
  ): Promise<FoldedTasks> {
    const slice = await this.evaluations.load(db, unit.generationId, file.tasks, asked, before);
    const operations = await this.seenStates.basedOn(db, request, unit.revision, asked, (object, then) =>
      shownThen(slice, file.tasks, object, then),
    );
    const recording = record(slice, file.tasks, operations);
    if (!recording.refused) return { ...evaluated, ...recording, slice, unit };
    throw await this.conflicts.refusal(db, unit, slice, operations, recording.refused, file.tasks);
  }
}

/** What an operation that is recorded already was about. */
function earlierTarget(
  { operations }: SafeModeFile,
  { editor, mutation, operationId }: Resend,
): Id | undefined {
  const earlier = operations.find(({ id, by }) => id === operationId && by === editor.userId);
  if (earlier) mustBeSameMutation(earlier.mutation, mutation);
  return earlier?.target;
}

/** The object as the tasks made it appear when live was as it was then. */
function shownThen(
  slice: Slice,
  tasks: readonly Task[],
  { kind, id }: ObjectName,
  then: ConfigurationObject | undefined,
): ConfigurationObject | undefined {
  const objects = byKind((each) => {
    if (each !== kind) return slice.objects[each];
    const changed = new Map(slice.objects[kind]);
    if (then) changed.set(id, then);
    else changed.delete(id);
    return changed;
  });
  return evaluate({ ...slice, objects }, tasks).overlay.objects[kind].get(id) ?? then;
}
