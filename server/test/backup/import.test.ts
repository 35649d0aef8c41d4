import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hours, minutes } from '../../src/access/clock';
import { type MoveResult } from '../../src/backup/import/generation-move';
import { BackupUploadPartEntity } from '../../src/backup/backup.entity';
import { GenerationEntity } from '../../src/unit/generation.entity';
import { UnitEntity } from '../../src/unit/unit.entity';
import { refusal } from '../parts/accounts';
import { aConfigKey, someConfiguration } from './parts/configuration';
import { type Desk, openDesk, resultOf } from './parts/desk';

let desk: Desk;
let duringLoad: () => Promise<void>;
beforeAll(async () => {
  duringLoad = () => Promise.resolve();
  desk = await openDesk();
});
afterAll(() => desk.close());

async function aFilledUnit() {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  return { unitId, admin, file: await desk.fileOf(admin, unitId) };
}

const statesOf = (unitId: string) =>
  desk.database.read(async ({ manager }) =>
    (await manager.find(GenerationEntity, { where: { unitId }, order: { id: 'ASC' } })).map(
      ({ state }) => state,
    ),
  );

test('PLAN_STALE: an edit after the validation, noticed when the import is asked for', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const { id: planId } = await desk.plan(admin, unitId, file);
  await desk.edit(unitId, [aConfigKey('since', 1)]);
  expect(await refusal(desk.work.imports.begin(admin, { planId }))).toMatchObject({ code: 'PLAN_STALE' });
});

test('PLAN_STALE: an edit while the import loads, and nothing of it is seen', async () => {
  let editor: Promise<void> | undefined;
  const racing = await openDesk({
    place: desk.place,
    checkpoint: (name) => {
      if (name === 'loaded') editor ??= duringLoad();
    },
  });
  const { unitId, admin } = await racing.aUnit();
  const file = await racing.fileOf(admin, unitId);
  const { id: planId } = await racing.plan(admin, unitId, file);
  duringLoad = () => racing.edit(unitId, [aConfigKey('since', 1)]);
  const job = await racing.ended(racing.work.imports.begin(admin, { planId }));
  await editor;
  // On a slow machine the edit may wait for the move, or come before it: the two never mix.
  const content = JSON.stringify(
    await racing.database.read((db) =>
      db.rows(
        'SELECT id FROM config_key WHERE generation_id IN (SELECT live_generation_id FROM unit WHERE id = ?)',
        [unitId],
      ),
    ),
  );
  expect(content).toContain('since');
  const unit = await racing.unit(unitId);
  if (job.state === 'FAILED') expect([job.errorCode, unit.lastCause]).toEqual(['PLAN_STALE', 'CREATED']);
  else expect([job.state, unit.revision]).toEqual(['DONE', 3]);
  await racing.halt();
});

test('UPLOAD_CHANGED: the stored bytes are no longer those that were validated', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const other = await desk.fileOf(admin, unitId);
  const plan = await desk.plan(admin, unitId, file);
  const [part] = await desk.database.read(({ manager }) =>
    manager.findBy(BackupUploadPartEntity, { uploadId: plan.uploadId! }),
  );
  const flipped = Buffer.from(file);
  flipped[file.length - 100]! ^= 1;
  for (const bytes of [other, flipped, file.subarray(0, file.length - 300)]) {
    await desk.objects.remove(part!.objectKey);
    await desk.objects.put(part!.objectKey, Readable.from([bytes]));
    const job = await desk.ended(desk.work.imports.begin(admin, { planId: plan.id }));
    expect([job.state, job.errorCode]).toEqual(['FAILED', 'UPLOAD_CHANGED']);
  }
  expect((await desk.unit(unitId)).revision).toBe(2);
  expect(await statesOf(unitId)).not.toContain('LOADING');
});

test('UPLOAD_EXPIRED: when its time is over, and when the file is gone', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const plan = await desk.plan(admin, unitId, file);
  const [part] = await desk.database.read(({ manager }) =>
    manager.findBy(BackupUploadPartEntity, { uploadId: plan.uploadId! }),
  );
  await desk.objects.remove(part!.objectKey);
  const job = await desk.ended(desk.work.imports.begin(admin, { planId: plan.id }));
  expect([job.state, job.errorCode]).toEqual(['FAILED', 'UPLOAD_EXPIRED']);
  await desk.database.transaction((db) =>
    db.run('UPDATE backup_plan SET expires_at = ? WHERE id = ?', [new Date(Date.now() - 1000), plan.id]),
  );
  expect((await refusal(desk.work.imports.begin(admin, { planId: plan.id }))).code).toBe('UPLOAD_EXPIRED');
});

test('the same idempotency key answers the same job, with another plan it is refused', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const { id: planId } = await desk.plan(admin, unitId, file);
  const order = { planId, idempotencyKey: 'just once' };
  const [one, two] = await Promise.all([
    desk.work.imports.begin(admin, order),
    desk.work.imports.begin(admin, order),
  ]);
  expect(one.id).toBe(two.id);
  expect((await desk.work.jobs.ended(one.id)).state).toBe('DONE');
  expect((await desk.work.imports.begin(admin, order)).id).toBe(one.id);
  expect((await desk.unit(unitId)).revision).toBe(3);
  const other = await desk.plan(admin, unitId, file);
  const { code } = await refusal(desk.work.imports.begin(admin, { ...order, planId: other.id }));
  expect(code).toBe('BAD_USER_INPUT');
});

test('of two imports of one plan at the same time one lands', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const { id: planId } = await desk.plan(admin, unitId, file);
  const jobs = await Promise.all([1, 2].map(() => desk.ended(desk.work.imports.begin(admin, { planId }))));
  expect(jobs.map(({ state, errorCode }) => `${state} ${errorCode}`).sort()).toEqual([
    'DONE null',
    'FAILED PLAN_STALE',
  ]);
  expect((await desk.unit(unitId)).revision).toBe(3);
});

test('everybody is told who imported, once it stands', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const change = await desk.nextChange(unitId, () => desk.import(admin, unitId, file));
  expect(change).toMatchObject({ unitId, revision: 3, cause: 'IMPORT', byUserId: admin.userId });
});

test('an import stands in the history with what it changed', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  await desk.edit(unitId, [aConfigKey('since', 1)]);
  const { revision } = await desk.import(admin, unitId, file);
  const rows = await desk.database.read((db) =>
    db.rows(
      'SELECT s.cause, e.kind, e.object_id, e.operation FROM change_set s JOIN change_entry e ON e.unit_id = s.unit_id AND e.revision = s.revision WHERE s.unit_id = ? AND s.revision = ?',
      [unitId, revision],
    ),
  );
  expect(rows).toEqual([['IMPORT', 'CONFIG_KEY', 'since', 'DELETE']]);
});

test('undo goes straight back where nothing was written since', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  await desk.edit(unitId, [aConfigKey('since', 1)]);
  const before = await desk.content(unitId);
  const generation = (await desk.unit(unitId)).liveGenerationId;
  await desk.import(admin, unitId, file);
  const importJob = (await desk.work.jobs.list(admin, unitId, 'IMPORT', 1))[0]!;
  let job!: Awaited<ReturnType<typeof desk.ended>>;
  const change = await desk.nextChange(unitId, async () => {
    job = await desk.ended(desk.work.undos.begin(admin, importJob.id));
  });
  expect(resultOf<MoveResult>(job).generationId).toBe(generation);
  expect(change).toMatchObject({ cause: 'UNDO', revision: 5 });
  expect(await desk.content(unitId)).toEqual(before);
  const again = await refusal(desk.work.undos.begin(admin, importJob.id));
  expect(again.code).toBe('NOT_UNDOABLE');
});

test('undo after an edit gives a plan first, which an import carries out', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  await desk.edit(unitId, [aConfigKey('before the import', 1)]);
  const before = await desk.content(unitId);
  await desk.import(admin, unitId, file);
  await desk.edit(unitId, [aConfigKey('after the import', 2)]);
  const importJob = (await desk.work.jobs.list(admin, unitId, 'IMPORT', 1))[0]!;

  const { planId } = resultOf<{ planId: string }>(
    await desk.ended(desk.work.undos.begin(admin, importJob.id)),
  );
  const plan = (await desk.work.plans.find(planId))!;
  expect(plan.content).toMatchObject({ added: { configKeys: 1 }, removed: { configKeys: 1 }, warnings: [] });
  expect((await desk.unit(unitId)).lastCause).toBe('IMPORT');
  expect((await desk.ended(desk.work.imports.begin(admin, { planId }))).state).toBe('DONE');
  expect(await desk.content(unitId)).toEqual(before);
  expect((await desk.unit(unitId)).lastCause).toBe('UNDO');
});

test('only imports that are done can be undone, for 24 hours', async () => {
  const later = await openDesk({ place: desk.place });
  const { unitId, admin } = await later.aUnit();
  const file = await later.export(admin, unitId);
  const [exportJob] = await later.work.jobs.list(admin, unitId, 'EXPORT', 1);
  expect((await refusal(later.work.undos.begin(admin, exportJob!.id))).code).toBe('NOT_UNDOABLE');
  await later.import(admin, unitId, file);
  const [importJob] = await later.work.jobs.list(admin, unitId, 'IMPORT', 1);
  later.later(hours(24) + minutes(1));
  expect((await refusal(later.work.undos.begin(admin, importJob!.id))).code).toBe('NOT_UNDOABLE');
  await later.halt();
});

test('the purge removes what nobody can go back to, and nothing else', async () => {
  const later = await openDesk({ place: desk.place });
  const { unitId, admin } = await later.aUnit();
  await later.edit(unitId, someConfiguration());
  const file = await later.fileOf(admin, unitId);
  const { generationId, previousGenerationId } = await later.import(admin, unitId, file);
  const rows = async (id: string) =>
    later.database.read(async (db) => {
      let count = 0;
      for (const table of [
        'plugin',
        'plugin_mapping',
        'workspace',
        'application',
        'profile',
        'profile_workspace',
        'config_key',
      ])
        count += Number(
          (await db.rows(`SELECT COUNT(*) FROM ${table} WHERE generation_id = ?`, [id]))[0]![0],
        );
      return count;
    });
  const all = await rows(generationId);
  expect(all).toBeGreaterThan(12);
  await later.work.purge.purge();
  expect(await rows(previousGenerationId)).toBe(all);

  later.later(hours(25));
  await later.work.purge.purge();
  expect([await rows(previousGenerationId), await rows(generationId)]).toEqual([0, all]);
  const left = await later.database.read(({ manager }) => manager.findBy(GenerationEntity, { unitId }));
  expect(left.map(({ id, state }) => [id, state])).toEqual([[generationId, 'LIVE']]);
  await later.halt();
});

test('what a running export reads is spared by the purge', async () => {
  const later = await openDesk({ place: desk.place });
  const { unitId, admin } = await later.aUnit();
  await later.edit(unitId, someConfiguration());
  const { previousGenerationId } = await later.import(admin, unitId, await later.fileOf(admin, unitId));
  const job = (await later.work.jobs.list(admin, unitId, 'IMPORT', 1))[0]!;
  const setState = (state: string) =>
    later.database.transaction((db) => db.run('UPDATE job SET state = ? WHERE id = ?', [state, job.id]));
  await setState('RUNNING');
  await later.database.transaction((db) =>
    db.run('INSERT INTO generation_lease (generation_id, job_id) VALUES (?, ?)', [
      previousGenerationId,
      job.id,
    ]),
  );
  const isThere = () =>
    later.database.read(({ manager }) => manager.existsBy(GenerationEntity, { id: previousGenerationId }));
  later.later(hours(25));
  await later.work.purge.purge();
  expect(await isThere()).toBe(true);
  await setState('DONE');
  await later.work.purge.purge();
  expect(await isThere()).toBe(false);
  await later.halt();
});

test('expired uploads and plans go with their rows and objects', async () => {
  const later = await openDesk({ place: desk.place });
  const { unitId, admin } = await later.aUnit();
  const plan = await later.plan(admin, unitId, await later.fileOf(admin, unitId));
  later.later(hours(26));
  await later.work.expiredRows.purge();
  await later.work.objectSweeper.sweep();
  expect(await later.work.plans.find(plan.id)).toBeUndefined();
  expect((await refusal(later.work.uploads.find(admin, plan.uploadId!))).code).toBe('NOT_FOUND');
  const keys: string[] = [];
  for await (const { key } of later.objects.list(`uploads/${plan.uploadId}/`)) keys.push(key);
  expect(keys).toEqual([]);
  await later.halt();
});

test('how long imports can be undone, and exports and uploads are kept, is a setting', async () => {
  const retention = { exports: hours(2), uploads: hours(3), undo: hours(4) };
  const later = await openDesk({ place: desk.place, retention });
  const { unitId, admin } = await later.aUnit();
  const file = await later.export(admin, unitId);
  const [exportJob] = await later.work.jobs.list(admin, unitId, 'EXPORT', 1);
  const { objectKey } = resultOf<{ objectKey: string }>(exportJob!);
  const { expiresAt, createdAt } = await later.work.uploads.open(admin, unitId, 3);
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(hours(3));
  await later.import(admin, unitId, file);
  const [importJob] = await later.work.jobs.list(admin, unitId, 'IMPORT', 1);

  later.later(hours(2) - minutes(1));
  await later.work.objectSweeper.sweep();
  expect((await later.work.exports.downloadable(admin, exportJob!.id)).objectKey).toBe(objectKey);
  later.later(minutes(2));
  await later.work.objectSweeper.sweep();
  await expect(later.objects.size(objectKey)).rejects.toThrow();
  later.later(hours(2));
  expect((await refusal(later.work.undos.begin(admin, importJob!.id))).code).toBe('NOT_UNDOABLE');
  await later.work.purge.purge();
  expect((await statesOf(unitId)).sort()).toEqual(['LIVE']);
  await later.halt();
});

test('a finished export is removed after its hour', async () => {
  const later = await openDesk({ place: desk.place });
  const { unitId, admin } = await later.aUnit();
  await later.export(admin, unitId);
  const [job] = await later.work.jobs.list(admin, unitId, 'EXPORT', 1);
  const { objectKey } = resultOf<{ objectKey: string }>(job!);
  await later.work.objectSweeper.sweep();
  expect(await later.objects.size(objectKey)).toBeGreaterThan(0);
  later.later(minutes(61));
  await later.work.objectSweeper.sweep();
  await expect(later.objects.size(objectKey)).rejects.toThrow();
  await later.halt();
});

test('an edit in another unit waits for nothing while an import loads', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(
    unitId,
    Array.from({ length: 3_000 }, (_, index) => aConfigKey(`key ${index}`, 'x'.repeat(300))),
  );
  const file = await desk.fileOf(admin, unitId);
  const { id: planId } = await desk.plan(admin, unitId, file);
  const other = await desk.aUnit('Radio');
  let running = true;
  const job = desk.ended(desk.work.imports.begin(admin, { planId })).finally(() => (running = false));
  let edits = 0;
  let seen = 0;
  while (running) {
    await desk.edit(other.unitId, [aConfigKey(`edit ${edits++}`, 1)]);
    const { liveGenerationId } = await desk.database.read(({ manager }) =>
      manager.findOneByOrFail(UnitEntity, { id: unitId }),
    );
    const [[count]] = (await desk.database.read((db) =>
      db.rows('SELECT COUNT(*) FROM config_key WHERE generation_id = ?', [liveGenerationId]),
    )) as [[number | string]];
    expect(Number(count)).toBe(3_000);
    seen++;
    await nextTurn();
  }
  expect((await job).state).toBe('DONE');
  expect(seen).toBeGreaterThan(1);
});

test('a backup that is switched off refuses everything, whoever asks', async () => {
  const off = await openDesk({ place: desk.place, environment: 'prod', backupEnabled: false });
  const { unitId, admin, file } = await aFilledUnit();
  const plan = await desk.plan(admin, unitId, file);
  await desk.import(admin, unitId, file);
  const [importJob] = await desk.work.jobs.list(admin, unitId, 'IMPORT', 1);
  const refused = [
    off.work.exports.begin(admin, { unitId, password: 'four words' }),
    off.work.uploads.open(admin, unitId, 10),
    off.work.validations.begin(admin, { unitId, uploadId: plan.uploadId!, password: 'four words' }),
    off.work.imports.begin(admin, { planId: plan.id }),
    off.work.undos.begin(admin, importJob!.id),
  ];
  const refusals = await Promise.all(refused.map((one) => refusal(one)));
  expect(refusals.map((each) => each.code)).toEqual(refused.map(() => 'BACKUP_DISABLED'));
  await off.halt();
});

test('members who are no admins are refused; for admins of other units nothing is there', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const plan = await desk.plan(admin, unitId, file);
  const { admin: stranger } = await desk.aUnit('Radio');
  const powerUser = await desk.anActor({ [unitId]: 'POWER_USER' });
  for (const actor of [stranger, powerUser, undefined]) {
    const codesOf = async (refused: Promise<unknown>[]) =>
      new Set((await Promise.all(refused.map((one) => refusal(one)))).map(({ code }) => code));
    const code = actor ? 'FORBIDDEN' : 'UNAUTHENTICATED';
    const inUnit = [
      desk.work.exports.begin(actor, { unitId, password: 'four words' }),
      desk.work.uploads.open(actor, unitId, 10),
    ];
    expect(await codesOf(inUnit)).toEqual(new Set([code]));
    const ofObjects = [
      desk.work.validations.begin(actor, { unitId, uploadId: plan.uploadId!, password: 'four words' }),
      desk.work.imports.begin(actor, { planId: plan.id }),
      desk.work.jobs.find(actor, plan.jobId),
      desk.work.undos.begin(actor, plan.jobId),
      desk.work.uploads.own(actor, plan.uploadId!),
    ];
    expect(await codesOf(ofObjects)).toEqual(new Set([actor === stranger ? 'NOT_FOUND' : code]));
  }
});

test.each(['', 'abc', 'a\u0301\u00e1b', 'x'.repeat(1_025)])(
  'password %j is refused before anything begins',
  async (password) => {
    const { unitId, admin } = await desk.aUnit();
    expect((await refusal(desk.work.exports.begin(admin, { unitId, password }))).code).toBe('BAD_USER_INPUT');
    expect(await desk.work.jobs.list(admin, unitId, undefined, 5)).toEqual([]);
  },
);

test('passwords leave no trace in the database', async () => {
  const { unitId, admin } = await desk.aUnit();
  const password = 'zebra-xylophone-quartz';
  const file = await desk.export(admin, unitId, password);
  await desk.plan(admin, unitId, file, password);
  const everything = await desk.database.read((db) =>
    Promise.all(
      ['job', 'audit', 'backup_plan', 'backup_upload', 'attempt', 'backup_register'].map((table) =>
        db.rows(`SELECT * FROM ${table}`),
      ),
    ),
  );
  expect(JSON.stringify(everything)).not.toContain('zebra');
});

test('an upload whose last bytes came just before the server stopped is looked at when it is validated', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const upload = await desk.work.uploads.open(admin, unitId, file.length);
  await desk.work.uploads.append(upload, 0, Readable.from([file]));
  expect((await desk.work.uploads.find(admin, upload.id)).complete).toBe(false);
  expect(await desk.validate(admin, unitId, upload.id)).toMatchObject({ unitId });
});

test('an upload that has not arrived in full, or belongs to another admin, is not validated', async () => {
  const { unitId, admin, file } = await aFilledUnit();
  const upload = await desk.work.uploads.open(admin, unitId, file.length);
  await desk.work.uploads.append(upload, 0, Readable.from([file.subarray(0, 100)]));
  const order = { unitId, uploadId: upload.id, password: 'four words' };
  expect((await refusal(desk.work.validations.begin(admin, order))).code).toBe('BAD_USER_INPUT');
  const other = await desk.anActor({ [unitId]: 'ADMIN' });
  expect((await refusal(desk.work.validations.begin(other, order))).code).toBe('NOT_FOUND');
});
