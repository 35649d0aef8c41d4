import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import { v7 as uuidv7 } from 'uuid';
import { type Actor } from '../../../src/access/actor';
import { shifted } from '../../../src/access/clock';
import { type Role } from '../../../src/access/role';
import { UserEntity } from '../../../src/access/user.entity';
import { defaultLimits } from '../../../src/backup/format/limits';
import { backupWork, type BackupWork, type BackupWorkParts } from '../../../src/backup/backup-work';
import { exportSource } from '../../../src/backup/export/export-source';
import { type ExportResult } from '../../../src/backup/export/export-result';
import { type BackupFacts } from '../../../src/backup/format/lines/backup-header';
import { backupText } from '../../../src/backup/format/writer';
import { type GenerationProof } from '../../../src/backup/import/generation-proof';
import { defaultRetention } from '../../../src/backup/retention';
import { type MoveResult } from '../../../src/backup/import/generation-move';
import { proofOf } from '../../../src/backup/import/verify-generation';
import { type StoredPlan } from '../../../src/backup/plan/plan.store';
import { type BackupRejection } from '../../../src/backup/rejection';
import { countSections } from '../../../src/backup/sections/read';
import { type ValidationResult } from '../../../src/backup/validation/validation.service';
import { type Change } from '../../../src/change/core/task';
import { ContentWriter } from '../../../src/configuration/content.writer';
import { type JobEntity } from '../../../src/job/job.entity';
import { createTopics, type UnitChange } from '../../../src/messages/topics';
import { type Settings } from '../../../src/settings';
import { DirectoryStore } from '../../../src/storage/directory-store';
import { openDatabase } from '../../../src/storage/open-database';
import { Sealer } from '../../../src/storage/sealer';
import { MembershipEntity } from '../../../src/unit/membership.entity';
import { insertUnit } from '../../../src/unit/new-unit';
import { UnitEntity } from '../../../src/unit/unit.entity';
import { aPlace, type Place } from '../../parts/place';
import { encrypted } from './hand-made';

export const thePassword = 'four words of mine';

export interface DeskOptions extends Partial<Pick<BackupWorkParts, 'checkpoint' | 'jobLease'>> {
  place?: Place;
  tested?: 'sqlite' | 'mariadb';
  environment?: Settings['environment'];
  backupEnabled?: boolean;
  limits?: Partial<Settings['limits']>;
  retention?: Settings['retention'];
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** The backup services on a database of their own, with a clock that goes on by itself and can be moved. */
export async function openDesk(options: DeskOptions = {}) {
  const place = options.place ?? (await aPlace(options.tested));
  const database = await openDatabase(place);
  const sealer = new Sealer('5afe'.repeat(16));
  const objects = new DirectoryStore(path.join(place.dataDir, 'files'));
  const topics = createTopics();
  const faults: unknown[] = [];
  let moved = 0;
  const now = () => shifted(new Date(), moved);
  const work = backupWork({
    database,
    objects,
    sealer,
    topics,
    now,
    appVersion: '0.1.0',
    settings: {
      environment: options.environment ?? 'dev',
      backupEnabled: options.backupEnabled ?? true,
      scryptWorkFactor: 10,
      retention: options.retention ?? defaultRetention,
      limits: { ...defaultLimits, uploadBytes: 1e9, ...options.limits },
    },
    reportFault: (error) => String(faults.push(error)),
    checkpoint: options.checkpoint,
    jobLease: options.jobLease,
  });

  const anActor = async (
    roles: Record<string, Role>,
    email = `${randomBytes(4).toString('hex')}@example.org`,
  ): Promise<Actor> => {
    const user = {
      id: uuidv7(),
      email,
      name: 'Ada',
      passwordHash: null,
      organisationAdmin: false,
      active: true,
      createdAt: now(),
    };
    await database.transaction(async ({ manager }) => {
      await manager.insert(UserEntity, user);
      for (const [unitId, role] of Object.entries(roles))
        await manager.insert(MembershipEntity, { unitId, userId: user.id, role, createdAt: now() });
    });
    return {
      userId: user.id,
      email,
      name: user.name,
      organisationAdmin: false,
      roles: new Map(Object.entries(roles)),
      via: { kind: 'session', id: uuidv7() },
    };
  };

  const desk = {
    place,
    database,
    objects,
    sealer,
    topics,
    work,
    /** Faults of ours that were logged. */
    faults,
    later: (milliseconds: number) => void (moved += milliseconds),
    now,
    anActor,

    /** A unit with its admin. */
    async aUnit(name = 'Newsroom'): Promise<{ unitId: string; admin: Actor }> {
      const founder = await anActor({});
      const unit = await database.transaction((db) => insertUnit(db, name, founder.userId, now()));
      return { unitId: unit.id, admin: { ...founder, roles: new Map([[unit.id, 'ADMIN' as const]]) } };
    },

    unit: (unitId: string) =>
      database.read(({ manager }) => manager.findOneByOrFail(UnitEntity, { id: unitId })),

    /** Writes changes as an edit does: the revision moves. */
    async edit(unitId: string, changes: readonly Change[]): Promise<void> {
      await database.transaction(async (db) => {
        await db.run('UPDATE unit SET revision = revision + 1 WHERE id = ?', [unitId]);
        const { liveGenerationId } = await db.manager.findOneByOrFail(UnitEntity, { id: unitId });
        await new ContentWriter(sealer).write(db, liveGenerationId, changes);
      });
    },

    async ended(begun: Promise<JobEntity>): Promise<JobEntity> {
      return work.jobs.ended((await begun).id);
    },

    async export(admin: Actor, unitId: string, password = thePassword): Promise<Buffer> {
      const job = await desk.ended(work.exports.begin(admin, { unitId, password, note: 'nightly' }));
      return bytesOf(await objects.get(resultOf<ExportResult>(job).objectKey));
    },

    /** The same file made in this thread, at once: for tests that are not about exporting. */
    async fileOf({ userId, name }: Actor, unitId: string): Promise<Buffer> {
      const text = await database.snapshot(async (db) => {
        const unit = await db.manager.findOneByOrFail(UnitEntity, { id: unitId });
        const facts: BackupFacts = {
          backupId: uuidv7(),
          createdAt: now().toISOString(),
          createdBy: { id: userId, name },
          appVersion: '0.1.0',
          unit: { id: unitId, name: unit.name, environment: options.environment ?? 'dev' },
          unitRevision: unit.revision,
          counts: await countSections(db, unit.liveGenerationId),
        };
        const source = exportSource(db, unit.liveGenerationId, sealer, () => Promise.resolve());
        return bytesOf(backupText(facts, source));
      });
      return encrypted(gzipSync(text), thePassword);
    },

    /** Counts and hash of all that a unit holds now. */
    async content(unitId: string): Promise<GenerationProof> {
      return proofOf(database, (await desk.unit(unitId)).liveGenerationId, sealer);
    },

    async upload(admin: Actor, unitId: string, file: Uint8Array): Promise<string> {
      const upload = await work.uploads.open(admin, unitId, file.byteLength);
      await work.uploads.append(upload, 0, Readable.from([file]));
      return (await work.uploads.complete(upload.id)).id;
    },

    /** Uploads and validates a file. */
    async judge(
      admin: Actor,
      unitId: string,
      file: Uint8Array,
      password = thePassword,
    ): Promise<StoredPlan | BackupRejection> {
      const uploadId = await desk.upload(admin, unitId, file);
      return desk.validate(admin, unitId, uploadId, password);
    },

    async validate(
      admin: Actor,
      unitId: string,
      uploadId: string,
      password = thePassword,
    ): Promise<StoredPlan | BackupRejection> {
      const job = await desk.ended(work.validations.begin(admin, { unitId, uploadId, password }));
      const result = resultOf<ValidationResult>(job);
      return 'rejected' in result ? result.rejected : (await work.plans.find(result.planId))!;
    },

    /** The plan of a file that is known to be good. */
    async plan(admin: Actor, unitId: string, file: Uint8Array, password = thePassword): Promise<StoredPlan> {
      const judged = await desk.judge(admin, unitId, file, password);
      if ('code' in judged) throw new Error(JSON.stringify(judged));
      return judged;
    },

    /** Uploads, validates and imports a file. */
    async import(admin: Actor, unitId: string, file: Uint8Array): Promise<MoveResult> {
      const { id: planId } = await desk.plan(admin, unitId, file);
      const confirmUnitName = (await desk.unit(unitId)).name;
      return resultOf(await desk.ended(work.imports.begin(admin, { planId, confirmUnitName })));
    },

    /** What a unit's next message says. */
    async nextChange(unitId: string, during: () => Promise<unknown>): Promise<UnitChange> {
      const changes = topics.subscribe('unitChanged', unitId);
      const first = changes.next();
      await during();
      return (await first).value as UnitChange;
    },

    async halt(): Promise<void> {
      await work.stop();
      await database.close();
    },

    async close(): Promise<void> {
      await desk.halt();
      await place.remove();
    },
  };
  return desk;
}

export type { BackupWork };

/** The result of a job that is done; fails the test for any other. */
export function resultOf<T>(job: JobEntity): T {
  if (job.state !== 'DONE') throw new Error(`${job.kind} ${job.state}: ${job.errorCode} ${job.errorMessage}`);
  return JSON.parse(job.result!) as T;
}

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The lines of a backup, opened with the age library. */
export async function linesOf(file: Uint8Array, password = thePassword): Promise<string[]> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(password);
  return gunzipSync(await decrypter.decrypt(file))
    .toString('utf8')
    .trimEnd()
    .split('\n');
}

/** Everything but the header line, which tells when and by whom. */
export const contentOf = async (file: Uint8Array): Promise<string[]> => (await linesOf(file)).slice(1);
