import { LRUCache } from 'lru-cache';
import { evaluate } from '../change/evaluate';
import { type Evaluation } from '../change/outcome';
import { type Slice } from '../change/slice';
import { sliceLoader } from '../change/slice.loader';
import { loadSlice } from '../change/slice-request';
import { type Id, type Operation, type Task } from '../change/task';
import { type ContentStore } from '../configuration/content.store';
import { type Database, type Db } from '../storage/database';
import { atOneRevision } from '../unit/at-one-revision';
import { UnitEntity } from '../unit/unit.entity';
import { Unreadable } from './file/file-refusals';
import { type SafeModeFile } from './file/safe-mode-file';
import { type SafeModeFiles } from './safe-mode-files.service';
import { type SafeMode } from './safe-mode.store';

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

/** Bytes of files whose content is kept in memory; what is made of them takes some times as much. */
const keptBytes = 32 * 1024 * 1024;

/** Evaluates safe modes against what is live. */
export class EvaluationService {
  /** By object key, unit revision and generation: none of them ever means something else. */
  private readonly previews = new LRUCache<string, EvaluatedSafeMode>({ maxSize: keptBytes });

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
  async preview(safeMode: SafeMode): Promise<EvaluatedSafeMode> {
    const unit = await this.database.read(({ manager }) =>
      manager.findOneByOrFail(UnitEntity, { id: safeMode.unitId }),
    );
    const known = this.previews.get(previewKey(safeMode, stateOf(unit)));
    if (known) return known;
    const evaluated = await this.evaluateFile(await this.safeModeFiles.recall(safeMode));
    this.remember(safeMode, evaluated);
    return evaluated;
  }

  /** Keeps what a file of the safe mode was found to come to, for the previews of it. */
  remember(safeMode: SafeMode, evaluated: EvaluatedSafeMode): void {
    this.previews.set(previewKey(safeMode, evaluated.unit), evaluated, { size: safeMode.bytes });
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
    for (const key of this.previews.keys()) if (key.startsWith(`${objectKey} `)) this.previews.delete(key);
  }
}

const stateOf = ({ id, revision, liveGenerationId }: UnitEntity): UnitState => ({
  id,
  revision,
  generationId: liveGenerationId,
});

const previewKey = ({ objectKey }: SafeMode, { revision, generationId }: UnitState): string =>
  `${objectKey} ${revision} ${generationId}`;
