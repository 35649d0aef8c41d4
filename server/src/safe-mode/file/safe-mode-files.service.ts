import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, hours, shifted } from '../../access/clock';
import { type Checkpoint } from '../../checkpoint';
import { type Id, type Task } from '../../change/core/task';
import { Busy, LimitReached, NotFound, ServiceUnavailable } from '../../refusal';
import { certainWrite } from '../../storage/certain-write';
import { type Database, type Db } from '../../storage/database';
import { isToBeRemovedAt, keepObject, removedIfRefused, removeObjectAt } from '../../storage/object-removal';
import { mustBeAdminNow } from '../../unit/admin-now';
import { Unreadable } from './file-refusals';
import { mostOperations, type RecordedOperation, type SafeModeFile } from './safe-mode-file';
import { type SafeModeFileStore } from './safe-mode-file.store';
import { type SafeModeLimits } from '../limits';
import { closed } from '../request-safe-mode.service';
import { type SafeMode, type SafeModeStore } from '../safe-mode.store';
import { Turns } from './turns';

/** A file that no row points to yet is taken for left over after this time, ms. */
const announcedFor = hours(1);
/** Writers of one safe mode that come between each other so often give up. */
const attempts = 40;
/** Whoever lost against a writer on another server waits up to so long before the next attempt, ms. */
const longestPause = 50;
/** How long a writer of this server waits for those before it, ms; as long as a store may take to answer. */
const patience = 10_000;

/** The next content of a file, and what came of it; no content where nothing is to be written. */
export interface Rewriting<T> {
  next?: { tasks: Task[]; operation?: RecordedOperation; generationId?: Id };
  outcome: T;
}

/** The safe mode after a rewriting, with what it holds now. */
export interface Rewritten<T> {
  safeMode: SafeMode;
  file: SafeModeFile;
  outcome: T;
}

/** The files of safe modes and the pointers to them: a file is never changed, the next one takes its place. */
export class SafeModeFiles {
  /** Each write makes the others begin again, and they would leave as many files behind. */
  private readonly turns = new Turns(patience);

  constructor(
    private readonly database: Database,
    private readonly safeModes: SafeModeStore,
    private readonly files: SafeModeFileStore,
    private readonly limits: SafeModeLimits,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {}

  /** The open safe mode with this id. Throws `NotFound` or `SAFE_MODE_CLOSED`. */
  open(id: Id): Promise<SafeMode> {
    return this.database.read(async (db) => {
      const safeMode = await this.safeModes.find(db, id);
      if (!safeMode) throw new NotFound('safe mode');
      if (safeMode.status !== 'OPEN') throw await closed(db, safeMode);
      return safeMode;
    });
  }

  /**
   * The file as it is in the store now, or the next one where it was replaced meanwhile. Throws
   * `SAFE_MODE_UNREADABLE`, `NEWER_VERSION`, `SERVICE_UNAVAILABLE`, and `SAFE_MODE_CLOSED` where it was closed meanwhile.
   */
  read(safeMode: SafeMode): Promise<SafeModeFile> {
    return this.present(safeMode, (pointer, expected) => this.files.read(pointer, expected));
  }

  /** As `read`, without asking the store for a file that this server has read or written before. */
  recall(safeMode: SafeMode): Promise<SafeModeFile> {
    return this.present(safeMode, (pointer, expected) => this.files.recall(pointer, expected));
  }

  /**
   * Stores a file and lets `point` make a row point to it, in one transaction; answers what `point` answers. Where that
   * is `undefined`, or it throws a refusal, no row points to it and the file goes again.
   *
   * @param held how much it holds so far: more than a limit, it may still become less
   */
  async store<T extends SafeMode>(
    file: SafeModeFile,
    point: (db: Db, pointer: { objectKey: string; sha256: string; bytes: number }) => Promise<T | undefined>,
    held: Pick<SafeMode, 'taskCount' | 'bytes'> = { taskCount: 0, bytes: 0 },
  ): Promise<T | undefined> {
    const { content, sha256, bytes } = this.encoded(file, held);
    const objectKey = this.files.newKey(file);
    const leftOverAt = shifted(this.now(), announcedFor);
    // First the note that it may be left over: whatever crashes from here on, it goes.
    await certainWrite(
      this.database,
      (db) => removeObjectAt(db, objectKey, leftOverAt),
      (db) => isToBeRemovedAt(db, objectKey, leftOverAt),
    );
    await this.checkpoint('file announced');
    await this.files.put(objectKey, content);
    await this.checkpoint('file stored');
    const pointed = await removedIfRefused(this.database, objectKey, this.now, () =>
      certainWrite(
        this.database,
        async (db) => {
          const answer = await point(db, { objectKey, sha256, bytes });
          if (answer === undefined) await removeObjectAt(db, objectKey, this.now());
          else if (!(await keepObject(db, objectKey, leftOverAt))) throw new ServiceUnavailable();
          await this.checkpoint('pointer moved, not committed');
          return answer;
        },
        async (db) => !(await isToBeRemovedAt(db, objectKey, leftOverAt)),
      ),
    );
    if (pointed) this.files.keep({ objectKey, bytes }, file);
    await this.checkpoint('pointer moved');
    return pointed;
  }

  /**
   * Replaces the content of an open safe mode. `compute` is called with what the safe mode holds now, and again where
   * another write came between; it must have no effects, and throws whatever refuses the rewriting.
   */
  async rewrite<T>(
    id: Id,
    compute: (safeMode: SafeMode, file: SafeModeFile) => Promise<Rewriting<T>>,
  ): Promise<Rewritten<T>> {
    return this.turns.take(id, async () => {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const rewritten = await this.rewritten(id, compute);
        if (rewritten) return rewritten;
        await pause(Math.random() * longestPause);
      }
      throw new Busy('Others are writing to this safe mode all the time. Try again in a moment.');
    });
  }

  /**
   * Writes the same file again, its secrets sealed under the present server key, and points to it. Where another write
   * came first there is nothing left to do: that one has sealed them so.
   */
  async reseal(safeMode: SafeMode): Promise<void> {
    const file = await this.read(safeMode);
    await this.store(
      file,
      async (db, pointer) => {
        if (!(await this.safeModes.movePointer(db, safeMode, pointer))) return undefined;
        await removeObjectAt(db, safeMode.objectKey, this.now());
        return { ...safeMode, ...pointer };
      },
      safeMode,
    );
  }

  /** Answers nothing where another write came first. */
  private async rewritten<T>(
    id: Id,
    compute: (safeMode: SafeMode, file: SafeModeFile) => Promise<Rewriting<T>>,
  ): Promise<Rewritten<T> | undefined> {
    const safeMode = await this.open(id);
    const file = await this.read(safeMode);
    if (file.revision !== safeMode.revision) return undefined;
    const { next, outcome } = await compute(safeMode, file);
    if (!next) return { safeMode, file, outcome };
    const nextFile = {
      ...file,
      revision: file.revision + 1,
      tasks: next.tasks,
      generationId: next.generationId ?? file.generationId,
      operations: [...file.operations, ...(next.operation ? [next.operation] : [])].slice(-mostOperations),
    };
    const moved = await this.replace(safeMode, nextFile);
    return moved && { safeMode: moved, file: nextFile, outcome };
  }

  private async present(safeMode: SafeMode, read: SafeModeFileStore['read']): Promise<SafeModeFile> {
    const { id: safeModeId, revision } = safeMode;
    try {
      return await read(safeMode, { safeModeId, revision });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const present = await this.open(safeModeId);
      if (present.objectKey === safeMode.objectKey) throw error;
      return this.present(present, read);
    }
  }

  /** Answers nothing where another write came first. */
  private replace(safeMode: SafeMode, file: SafeModeFile): Promise<SafeMode | undefined> {
    const point = async (db: Db, pointer: Pick<SafeMode, 'objectKey' | 'sha256' | 'bytes'>) => {
      const next = {
        ...pointer,
        revision: file.revision,
        generationId: file.generationId,
        taskCount: file.tasks.length,
        updatedAt: this.now(),
      };
      if (!(await this.safeModes.movePointer(db, safeMode, next))) return undefined;
      // Only owners rewrite, and the request may have waited for long.
      await mustBeAdminNow(db, safeMode.unitId, { userId: safeMode.ownerId });
      await removeObjectAt(db, safeMode.objectKey, this.now());
      return { ...safeMode, ...next };
    };
    return this.store(file, point, safeMode);
  }

  /** Throws `LIMIT_REACHED` where it holds too much. */
  private encoded(
    file: SafeModeFile,
    held: Pick<SafeMode, 'taskCount' | 'bytes'>,
  ): ReturnType<SafeModeFileStore['encode']> {
    const { tasks, bytes } = this.limits;
    if (file.tasks.length > Math.max(tasks, held.taskCount)) {
      throw new LimitReached(
        `A safe mode holds at most ${tasks} changes (SAFE_MODE_MAX_TASKS). Apply it, or go on in another one.`,
        'SAFE_MODE_MAX_TASKS',
      );
    }
    const encoded = this.files.encode(file);
    if (encoded.bytes > Math.max(bytes, held.bytes)) {
      throw new LimitReached(
        `The changes take more than ${bytes} bytes (SAFE_MODE_MAX_BYTES). Apply them, or go on in another safe mode.`,
        'SAFE_MODE_MAX_BYTES',
      );
    }
    return encoded;
  }
}
