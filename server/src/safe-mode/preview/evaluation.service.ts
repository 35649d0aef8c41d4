import { LRUCache } from 'lru-cache';
import { evaluate } from '../../change/core/evaluation/evaluate';
import { type Evaluation } from '../../change/core/outcome';
import { type Slice } from '../../change/core/slice';
import { sliceLoader } from '../../change/slice.loader';
import { loadSlice } from '../../change/core/slice-request';
import { type Id, type Operation, type Task } from '../../change/core/task';
import { type Preview } from '../../configuration/configuration.service';
import { type ContentStore } from '../../configuration/content.store';
import { type Database, type Db } from '../../storage/database';
import { atOneRevision } from '../../unit/at-one-revision';
import { type UnitEntity } from '../../unit/unit.entity';
import { findUnit } from '../../unit/find-unit';
import { Unreadable } from '../file/file-refusals';
import { type SafeModeFile } from '../file/safe-mode-file';
import { overlayOf } from './overlay-of';
import { type SafeModeFiles } from '../file/safe-mode-files.service';
import { type SafeMode } from '../safe-mode.store';

/** What a unit was when something was evaluated against it. */
export interface UnitState {
  id: Id;
  revision: number;
  generationId: Id;
}

/** A safe mode's tasks against what is live. */
export interface EvaluatedSafeMode {
  file: SafeModeFile;
  unit: UnitState;
  /** A backup was imported since the tasks were recorded: none of them counts until they are matched again. */
  replaced: boolean;
  slice: Slice;
  /** Of no tasks where the unit was replaced. */
  evaluation: Evaluation;
}

/** What a file came to, without the slice that was loaded for it, which may be many times larger. */
interface KnownPreview {
  unit: UnitState;
  preview: Preview;
}

/** Bytes of files whose previews are kept in memory; what is made of them takes some times as much. */
const keptBytes = 32 * 1024 * 1024;
/** Previews that are kept, of files however small. */
const keptPreviews = 200;

/** Evaluates safe modes against what is live. */
export class EvaluationService {
  /** By object key, the newest of each: the same file against the same revision always comes to the same. */
  private readonly previews = new LRUCache<string, KnownPreview>({ maxSize: keptBytes, max: keptPreviews });

  constructor(
    private readonly database: Database,
    private readonly content: ContentStore,
    private readonly safeModeFiles: SafeModeFiles,
  ) {}

  /** From the file as it is in the store now. Throws `SAFE_MODE_UNREADABLE`, `NEWER_VERSION`, `SERVICE_UNAVAILABLE`. */
  async evaluate(safeMode: SafeMode): Promise<EvaluatedSafeMode> {
    try {
      return await this.evaluateFile(await this.safeModeFiles.read(safeMode));
    } catch (error) {
      if (error instanceof Unreadable) this.forget(safeMode);
      throw error;
    }
  }

  /** For reads that are overlaid: from memory where the same file was evaluated against the same revision before. */
  async preview(safeMode: SafeMode): Promise<Preview> {
    const unit = await this.database.read((db) => findUnit(db, safeMode.unitId));
    const known = this.previews.get(safeMode.objectKey);
    if (known && unit && isSameState(known.unit, stateOf(unit))) return known.preview;
    return this.remember(safeMode, await this.evaluateFile(await this.safeModeFiles.recall(safeMode)));
  }

  /** Keeps what the file of the safe mode was found to come to, for the previews of it. */
  remember({ objectKey, revision, bytes }: SafeMode, evaluated: EvaluatedSafeMode): Preview {
    const { file, unit } = evaluated;
    const preview = { generationId: unit.generationId, overlay: overlayOf(evaluated) };
    // Another file was read where this one was replaced meanwhile.
    if (file.revision === revision) this.previews.set(objectKey, { unit, preview }, { size: bytes });
    return preview;
  }

  /** A file's tasks, not necessarily stored yet, against what is live. */
  evaluateFile(file: SafeModeFile): Promise<EvaluatedSafeMode> {
    return atOneRevision(this.database, file.unitId, (db, unit) => this.evaluateIn(db, unit, file));
  }

  /** As `evaluateFile`, within a transaction that holds the unit. */
  async evaluateIn(db: Db, unit: UnitEntity, file: SafeModeFile): Promise<EvaluatedSafeMode> {
    const replaced = unit.liveGenerationId !== file.generationId && file.tasks.length > 0;
    const counted = replaced ? [] : file.tasks;
    const slice = await this.load(db, unit.liveGenerationId, counted);
    return { file, unit: stateOf(unit), replaced, slice, evaluation: evaluate(slice, counted) };
  }

  /** What the tasks and operations touch of a generation. */
  load(
    db: Db,
    generationId: Id,
    tasks: readonly Task[],
    operations: readonly Operation[] = [],
    from?: Slice,
  ): Promise<Slice> {
    return loadSlice(sliceLoader(db, this.content, generationId), tasks, operations, from);
  }

  /** What the store does not hold any more is not shown from memory either. */
  private forget({ objectKey }: SafeMode): void {
    this.previews.delete(objectKey);
  }
}

const stateOf = ({ id, revision, liveGenerationId }: UnitEntity): UnitState => ({
  id,
  revision,
  generationId: liveGenerationId,
});

const isSameState = (a: UnitState, b: UnitState): boolean =>
  a.revision === b.revision && a.generationId === b.generationId;
