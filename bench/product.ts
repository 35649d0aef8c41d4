import 'reflect-metadata';
import { createRequire } from 'node:module';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { type Actor } from '../server/src/access/actor';
import type * as backupWorkModule from '../server/src/backup/backup-work';
import type * as limitsModule from '../server/src/backup/format/limits';
import type * as topicsModule from '../server/src/messages/topics';
import type * as userModule from '../server/src/access/user.entity';
import { type CheckpointName } from '../server/src/backup/import/checkpoint';
import { type ExportResult } from '../server/src/backup/export/export-result';
import { type JobEntity } from '../server/src/job/job.entity';
import type * as directoryStoreModule from '../server/src/storage/directory-store';
import type * as openDatabaseModule from '../server/src/storage/open-database';
import type * as sealerModule from '../server/src/storage/sealer';
import type * as unitModule from '../server/src/unit/unit.entity';
import type * as newUnitModule from '../server/src/unit/new-unit';
import { fill } from './content';

/** What runs is the compiled server, as in production; only the types come from the sources. */
const load = createRequire(__filename);
const compiled = <T>(file: string): T => load(path.join(__dirname, '../server/dist', file)) as T;
const { backupWork } = compiled<typeof backupWorkModule>('backup/backup-work.js');
const { defaultLimits } = compiled<typeof limitsModule>('backup/format/limits.js');
const { createTopics } = compiled<typeof topicsModule>('messages/topics.js');
const { UserEntity } = compiled<typeof userModule>('access/user.entity.js');
const { DirectoryStore } = compiled<typeof directoryStoreModule>('storage/directory-store.js');
const { openDatabase } = compiled<typeof openDatabaseModule>('storage/open-database.js');
const { Sealer } = compiled<typeof sealerModule>('storage/sealer.js');
const { UnitEntity } = compiled<typeof unitModule>('unit/unit.entity.js');
const { insertUnit } = compiled<typeof newUnitModule>('unit/new-unit.js');

export const password = 'a password for benchmarks';

export interface ProductPlace {
  dataDir: string;
  databaseUrl?: string;
}

export type Product = Awaited<ReturnType<typeof openProduct>>;

/** The backup services of the compiled server, with one unit. */
export async function openProduct(place: ProductPlace, workFactor = 18) {
  const database = await openDatabase(place);
  const objects = new DirectoryStore(path.join(place.dataDir, 'files'));
  const passed = new Map<CheckpointName, number>();
  const work = backupWork({
    database,
    objects,
    sealer: new Sealer('5afe'.repeat(16)),
    topics: createTopics(),
    now: () => new Date(),
    appVersion: 'bench',
    settings: {
      environment: 'dev',
      backupEnabled: true,
      scryptWorkFactor: workFactor,
      limits: { ...defaultLimits, uploadBytes: 4e9 },
    },
    reportFault: (error) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return '';
    },
    checkpoint: (name) => void passed.set(name, performance.now()),
  });

  const user = {
    id: uuidv7(),
    email: 'bench@example.org',
    name: 'Bench',
    passwordHash: null,
    organisationAdmin: false,
    active: true,
    createdAt: new Date(),
  };
  const unit = await database.transaction(async (db) => {
    const known = await db.manager.findOneBy(UserEntity, { email: user.email });
    if (known) user.id = known.id;
    else await db.manager.insert(UserEntity, user);
    const [existing] = await db.manager.find(UnitEntity, { take: 1 });
    return existing ?? insertUnit(db, 'Bench', user.id, new Date());
  });
  const admin: Actor = {
    userId: user.id,
    email: user.email,
    name: user.name,
    organisationAdmin: false,
    roles: new Map([[unit.id, 'ADMIN']]),
    via: { kind: 'session', id: 'bench' },
  };

  const done = async <T>(begun: Promise<JobEntity>): Promise<T> => {
    const job = await work.jobs.ended((await begun).id);
    if (job.state !== 'DONE') throw new Error(`${job.kind} ${job.state}: ${job.errorMessage}`);
    return JSON.parse(job.result!) as T;
  };

  const product = {
    database,
    unitId: unit.id,

    fill: async (count: number) => fill(database, await product.liveGenerationId(), count),

    async liveGenerationId(): Promise<string> {
      const found = await database.read(({ manager }) =>
        manager.findOneByOrFail(UnitEntity, { id: unit.id }),
      );
      return found.liveGenerationId;
    },

    /** Exports the unit; answers the file's key in the object store. */
    async export(): Promise<string> {
      return (await done<ExportResult>(work.exports.begin(admin, { unitId: unit.id, password }))).objectKey;
    },

    /** Uploads and validates an exported file; answers the plan. */
    async plan(objectKey: string): Promise<string> {
      const upload = await work.uploads.open(admin, unit.id, await objects.size(objectKey));
      await work.uploads.append(upload, 0, await objects.get(objectKey));
      await work.uploads.complete(upload.id);
      const order = { unitId: unit.id, uploadId: upload.id, password };
      return (await done<{ planId: string }>(work.validations.begin(admin, order))).planId;
    },

    /** Carries out a plan; answers for how long the unit was being moved, ms. */
    async import(planId: string): Promise<number> {
      await done(work.imports.begin(admin, { planId }));
      return passed.get('committed, not told')! - passed.get('before move')!;
    },

    /** Removes what imports have replaced, and exported and uploaded files. */
    async tidy(): Promise<void> {
      await database.transaction(async (db) => {
        await db.run("UPDATE generation SET purge_after = ? WHERE state = 'RETIRED'", [new Date(0)]);
        await db.run('UPDATE object_removal SET due_at = ?', [new Date(0)]);
      });
      await work.purge.purge();
      while ((await work.objectSweeper.sweep()) > 0);
    },

    /** Where the file of an export lies. */
    fileOf: (objectKey: string) => path.join(place.dataDir, 'files', objectKey),

    async close(): Promise<void> {
      await work.stop();
      await database.close();
    },
  };
  return product;
}
