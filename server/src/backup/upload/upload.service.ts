import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { mustReach } from '../../access/abilities';
import { type Actor } from '../../access/actor';
import { type Clock, hours, shifted } from '../../access/clock';
import { type Checkpoint } from '../../checkpoint';
import { BadUserInput, LimitReached, NotFound, Refusal } from '../../refusal';
import { type Database, type Db } from '../../storage/database';
import { removedIfRefused, removeObjectAt } from '../../storage/object-removal';
import { type ObjectStore } from '../../storage/object-store';
import { BackupUploadEntity, BackupUploadPartEntity } from '../backup.entity';
import { type BackupSettings, mustBackUp } from '../backup-permission';
import { BackupError } from '../format/backup-error';
import { type BackupLimits } from '../format/limits';
import { refusalOf } from '../refusal-of';
import { type BackupRetention } from '../retention';
import { inspectUpload } from './inspect-upload';
import { uploadContent } from './upload-content';

/** Objects outlive their upload by this much, for what still reads them. */
const grace = hours(1);
/** Uploads that one user may have begun and not finished. */
const mostOpen = 5;
const mostParts = 1_000;

export interface UploadSettings extends BackupSettings {
  /** Bytes of the largest file. */
  uploadBytes: number;
  limits: BackupLimits;
  retention: BackupRetention;
}

/** A request's offset is not where the upload has come to. */
export class WrongOffset extends Refusal {
  constructor(readonly offset: number) {
    super('CONFLICT', `The upload has come to byte ${offset}: go on from there.`, { offset });
  }
}

/** Takes backup files in, in one piece or in several, and says what can be seen to be wrong with them. */
export class UploadService {
  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly settings: UploadSettings,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {}

  /** Throws unless the actor may upload a file of this size (bytes; unknown: undefined) to the unit. */
  mustBeWelcome(actor: Actor | undefined, unitId: string, size: number | undefined): asserts actor is Actor {
    mustBackUp(actor, unitId, this.settings);
    if (size !== undefined) this.mustFit(size);
  }

  /** Begins an upload. Throws `TOO_LARGE`, `LIMIT_REACHED`, `BACKUP_DISABLED`, `FORBIDDEN`. */
  async open(
    actor: Actor | undefined,
    unitId: string,
    size: number | undefined,
  ): Promise<BackupUploadEntity> {
    this.mustBeWelcome(actor, unitId, size);
    const upload: BackupUploadEntity = {
      id: uuidv7(),
      unitId,
      userId: actor.userId,
      size: size === undefined ? null : String(size),
      received: '0',
      complete: false,
      sha256: null,
      rejected: null,
      createdAt: this.now(),
      expiresAt: shifted(this.now(), this.settings.retention.uploads),
    };
    await this.database.transaction(async ({ manager }) => {
      const open = await manager
        .createQueryBuilder(BackupUploadEntity, 'upload')
        .where('upload.userId = :userId AND upload.complete = :complete AND upload.expiresAt > :now', {
          userId: actor.userId,
          complete: false,
          now: this.now(),
        })
        .getCount();
      if (open >= mostOpen) {
        throw new LimitReached(
          `You have ${open} unfinished uploads. Finish one, or wait until they expire.`,
          'openUploads',
        );
      }
      await manager.insert(BackupUploadEntity, upload);
    });
    return upload;
  }

  /** An upload of the actor's. Throws `NotFound`, `UPLOAD_EXPIRED`. */
  async own(actor: Actor | undefined, id: string): Promise<BackupUploadEntity> {
    const upload = await this.find(actor, id);
    if (upload.userId !== actor?.userId) throw new NotFound('upload');
    mustBackUp(actor, upload.unitId, this.settings);
    if (upload.expiresAt <= this.now()) throw refusalOf(new BackupError('UPLOAD_EXPIRED', {}));
    return upload;
  }

  /** An upload of a unit whose admin asks. Throws `NotFound`, `Forbidden`. */
  async find(actor: Actor | undefined, id: string): Promise<BackupUploadEntity> {
    const upload = await this.database.read(({ manager }) => manager.findOneBy(BackupUploadEntity, { id }));
    return mustReach(actor, 'backUp', upload, 'upload');
  }

  /**
   * Adds bytes at an offset and answers how far the upload has come. What arrived before `body` broke off is kept, of
   * what is refused nothing. Throws `WrongOffset`, `TOO_LARGE`.
   */
  async append(upload: BackupUploadEntity, offset: number, body: AsyncIterable<Uint8Array>): Promise<number> {
    if (Number(upload.received) !== offset || upload.complete) throw new WrongOffset(Number(upload.received));
    const most = upload.size === null ? this.settings.uploadBytes : Number(upload.size);
    const objectKey = `uploads/${upload.id}/${offset}-${uuidv7()}`;
    const removedAt = shifted(upload.expiresAt, grace);
    await this.database.transaction((db) => removeObjectAt(db, objectKey, removedAt));
    await this.checkpoint('part announced');

    const content = atMost(most - offset, untilCut(body), () => this.tooLarge(most + 1, upload));
    const size = await this.objects.put(objectKey, Readable.from(content, { objectMode: false }));
    if (size === 0) return offset;
    await this.checkpoint('part stored');
    await removedIfRefused(this.database, objectKey, this.now, () =>
      this.database.transaction((db) => this.addPart(db, upload.id, { offset, size, objectKey })),
    );
    return offset + size;
  }

  /** Says that all bytes are there: the file is hashed and looked at. Answers the upload as it is then. */
  async complete(uploadId: string): Promise<BackupUploadEntity> {
    const hash = createHash('sha256');
    const start: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of uploadContent(this.database, this.objects, uploadId)) {
      hash.update(chunk);
      if (bytes < this.settings.limits.ageHeaderBytes) start.push(chunk);
      bytes += chunk.byteLength;
    }
    const sha256 = hash.digest('hex');
    return this.database.transaction(async (db) => {
      const rejection = await inspectUpload(
        db,
        { bytes, sha256, start: Buffer.concat(start) },
        this.settings.limits,
      );
      await db.manager.update(
        BackupUploadEntity,
        { id: uploadId },
        {
          complete: true,
          size: String(bytes),
          received: String(bytes),
          sha256,
          rejected: rejection ? JSON.stringify(rejection) : null,
        },
      );
      await this.checkpoint('upload judged, not committed');
      return db.manager.findOneByOrFail(BackupUploadEntity, { id: uploadId });
    });
  }

  /** The upload, looked at where all its bytes are there. A stop of the server may have come in between. */
  async arrived(upload: BackupUploadEntity): Promise<BackupUploadEntity> {
    return !upload.complete && upload.size === upload.received ? this.complete(upload.id) : upload;
  }

  /** Forgets an upload; its objects go. */
  async discard(uploadId: string): Promise<void> {
    await this.database.transaction(async (db) => {
      const parts = await db.manager.findBy(BackupUploadPartEntity, { uploadId });
      for (const { objectKey } of parts) await removeObjectAt(db, objectKey, this.now());
      await db.manager.delete(BackupUploadPartEntity, { uploadId });
      await db.manager.delete(BackupUploadEntity, { id: uploadId });
    });
  }

  private async addPart(
    db: Db,
    uploadId: string,
    { offset, size, objectKey }: { offset: number; size: number; objectKey: string },
  ): Promise<void> {
    const moved = await db.run(
      'UPDATE backup_upload SET received = ? WHERE id = ? AND received = ? AND complete = ?',
      [offset + size, uploadId, offset, false],
    );
    if (moved === 0) {
      const now = await db.manager.findOneBy(BackupUploadEntity, { id: uploadId });
      throw now ? new WrongOffset(Number(now.received)) : new NotFound('upload');
    }
    const parts = await db.manager.countBy(BackupUploadPartEntity, { uploadId });
    if (parts >= mostParts) {
      throw new LimitReached(
        `An upload may come in at most ${mostParts} pieces. Send larger ones.`,
        'uploadParts',
      );
    }
    await db.manager.insert(BackupUploadPartEntity, {
      uploadId,
      offset: String(offset),
      size: String(size),
      objectKey,
    });
    await this.checkpoint('part noted, not committed');
  }

  private mustFit(size: number): void {
    if (!Number.isSafeInteger(size) || size < 0)
      throw new BadUserInput([{ path: 'size', message: 'must be a number of bytes' }]);
    if (size > this.settings.uploadBytes) throw this.tooLarge(size);
  }

  private tooLarge(found: number, upload?: BackupUploadEntity): unknown {
    if (upload && upload.size !== null && Number(upload.size) < this.settings.uploadBytes)
      return new BadUserInput([
        { path: 'body', message: `has more than the ${upload.size} bytes announced` },
      ]);
    const maximum = this.settings.uploadBytes;
    return refusalOf(new BackupError('TOO_LARGE', { limit: 'uploadBytes', found, maximum }));
  }
}

/** Where the sender is cut off, what came until then is kept, and the sender goes on from there. */
async function* untilCut(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    // Not all was sent: the sender asks how far the upload has come.
  }
}

/** Fails where there are more bytes: a store keeps nothing of content that fails. */
async function* atMost(
  most: number,
  body: AsyncIterable<Uint8Array>,
  tooLarge: () => unknown,
): AsyncGenerator<Uint8Array> {
  let left = most;
  for await (const chunk of body) {
    left -= chunk.byteLength;
    if (left < 0) throw tooLarge();
    yield chunk;
  }
}
