import { type ConflictPresenter } from '../../change/presentation/conflict.presenter';
import { type EditOutcome, type EditRequest } from '../../change/edit-request';
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
import { Busy } from '../../refusal';
import { type Database } from '../../storage/database';
import { atOneRevision } from '../../unit/at-one-revision';
import { type EvaluatedSafeMode, type EvaluationService } from '../preview/evaluation.service';
import { type SafeModeFile } from '../file/safe-mode-file';
import { overlayOf } from '../preview/overlay-of';
import { type RequestSafeModes } from '../request-safe-mode.service';
import { type Rewriting, type SafeModeFiles } from '../file/safe-mode-files.service';
import { NotOwner } from '../safe-mode-refusals';
import { type SafeMode } from '../safe-mode.store';

/** The unit moves so often only under a storm of writes. */
const attempts = 10;

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
    const earlier = file.operations.find(({ id, by }) => id === operationId && by === editor.userId);
    if (earlier) {
      mustBeSameMutation(earlier.mutation, mutation);
      return { outcome: { target: earlier.target } };
    }
    const { tasks, ...evaluated } = await this.foldedTasks(file, request);
    const operation = operationId ? { id: operationId, by: editor.userId, mutation, target } : undefined;
    const { generationId } = evaluated.unit;
    return { next: { tasks, generationId, operation }, outcome: { target, evaluated } };
  }

  private async foldedTasks(file: SafeModeFile, request: EditRequest): Promise<FoldedTasks> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const evaluated = await this.evaluations.evaluateFile(file);
      const operations = await this.operationsOn(evaluated, request);
      if (evaluated.replaced) throw this.conflicts.unitReplaced(operations);
      const folded = await this.tasksWith(evaluated, request, operations);
      if (folded) return folded;
    }
    throw new Busy();
  }

  /** What the request asks for, on top of what its caller sees. */
  private async operationsOn(evaluated: EvaluatedSafeMode, request: EditRequest): Promise<Operation[]> {
    const { generationId } = evaluated.unit;
    const shown = shownBy(this.readers.of(generationId, overlayOf(evaluated)));
    await request.permit?.(shown);
    return request.operations(shown);
  }

  /** The file's tasks with the operations in them; nothing where the unit moved since it was evaluated. */
  private tasksWith(
    { unit: { revision }, file, slice: before, ...evaluated }: EvaluatedSafeMode,
    request: EditRequest,
    asked: Operation[],
  ): Promise<FoldedTasks | undefined> {
    return atOneRevision(this.database, request.unitId, async (db, unit) => {
      if (unit.revision !== revision) return undefined;
      const slice = await this.evaluations.load(db, unit.liveGenerationId, file.tasks, asked, before);
      const operations = await this.seenStates.basedOn(db, request, revision, asked, (object, then) =>
        shownThen(slice, file.tasks, object, then),
      );
      const recording = record(slice, file.tasks, operations);
      if (!recording.refused) {
        const state = { id: unit.id, revision, generationId: unit.liveGenerationId };
        return { ...evaluated, ...recording, slice, unit: state };
      }
      const where = { id: unit.id, generationId: unit.liveGenerationId };
      throw await this.conflicts.refusal(db, where, slice, operations, recording.refused, file.tasks);
    });
  }
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
