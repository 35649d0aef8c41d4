import { setTimeout as pause } from 'node:timers/promises';
import { type Actor } from '../../src/access/actor';
import { type CheckpointName } from '../../src/checkpoint';
import { type JobEntity } from '../../src/job/job.entity';
import { ServerStopped } from '../../src/job/job-errors';
import { type JobOrder } from '../../src/job/job.service';
import { aConfigKey } from './parts/configuration';
import { type Desk, openDesk } from './parts/desk';

/** Imports and undos of those who could begin them, and may not any more when they are to land. */
let desk: Desk;
let at: Partial<Record<CheckpointName, () => Promise<unknown>>> = {};
beforeAll(async () => {
  desk = await openDesk({ checkpoint: async (name) => void (await at[name]?.()) });
});
afterEach(() => {
  at = {};
});
afterAll(() => desk.close());

const takeAway: Record<string, (unitId: string, userId: string) => [string, string[]]> = {
  demoted: (unitId, userId) => [
    "UPDATE membership SET role = 'POWER_USER' WHERE unit_id = ? AND user_id = ?",
    [unitId, userId],
  ],
  'taken out of the unit': (unitId, userId) => [
    'DELETE FROM membership WHERE unit_id = ? AND user_id = ?',
    [unitId, userId],
  ],
  deactivated: (_unitId, userId) => ['UPDATE user SET active = FALSE WHERE id = ?', [userId]],
};
type Loss = keyof typeof takeAway;
const losses: Loss[] = Object.keys(takeAway);

const loseRights = (unitId: string, { userId }: Actor, how: Loss = 'demoted') =>
  desk.database.transaction((db) => db.run(...takeAway[how]!(unitId, userId)));

/** A unit to which an import is to bring the key `imported` back. */
async function aPlannedUnit() {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, [aConfigKey('imported', 1)]);
  const file = await desk.fileOf(admin, unitId);
  await desk.edit(unitId, [aConfigKey('since', 2)]);
  return { unitId, admin, plan: await desk.plan(admin, unitId, file) };
}

async function anImportedUnit() {
  const { unitId, admin, plan } = await aPlannedUnit();
  const importJob = await desk.ended(desk.work.imports.begin(admin, { planId: plan.id }));
  return { unitId, admin, importJobId: importJob.id };
}

const refusedForNow = { state: 'FAILED', errorCode: 'FORBIDDEN' };

async function mustBeUnchanged(unitId: string, before: Awaited<ReturnType<Desk['unit']>>) {
  expect(await desk.unit(unitId)).toEqual(before);
  const told = await desk.database.read((db) =>
    db.rows('SELECT revision FROM change_set WHERE unit_id = ? AND revision > ?', [unitId, before.revision]),
  );
  expect(told).toEqual([]);
}

test.each(losses)('an import does not land for an admin who was %s while it ran', async (how) => {
  const { unitId, admin, plan } = await aPlannedUnit();
  const before = await desk.unit(unitId);
  at = { 'before move': () => loseRights(unitId, admin, how) };
  const job = await desk.ended(desk.work.imports.begin(admin, { planId: plan.id }));
  expect(job).toMatchObject(refusedForNow);
  expect(job.errorMessage).toContain('Nothing was changed');
  await mustBeUnchanged(unitId, before);
});

test.each(losses)('an undo does not land for an admin who was %s while it ran', async (how) => {
  const { unitId, admin, importJobId } = await anImportedUnit();
  const before = await desk.unit(unitId);
  const order: JobOrder = { unitId, kind: 'UNDO_IMPORT', input: { importJobId } };
  const begun = desk.work.jobs.begin(admin, order, async (run) => {
    await loseRights(unitId, admin, how);
    await desk.work.undos.undo(run);
  });
  expect(await desk.ended(begun)).toMatchObject(refusedForNow);
  await mustBeUnchanged(unitId, before);
});

test('what another admin begins still lands', async () => {
  const { unitId, admin, plan } = await aPlannedUnit();
  const other = await desk.anActor({ [unitId]: 'ADMIN' });
  await loseRights(unitId, admin);
  expect((await desk.ended(desk.work.imports.begin(other, { planId: plan.id }))).state).toBe('DONE');
});

describe('on a server that has backups switched off', () => {
  let off: Desk;
  beforeAll(async () => {
    off = await openDesk({ place: desk.place, backupEnabled: false });
  });
  afterAll(() => off.halt());

  /** A job that its server hands over before it has done anything. */
  async function takenOver(admin: Actor, order: JobOrder): Promise<JobEntity> {
    const { id } = await desk.work.jobs.begin(admin, order, () => Promise.reject(new ServerStopped()));
    while ((await off.work.jobs.known(id))!.takeovers === 0) {
      await pause(5);
      await off.work.jobSweeper.sweep();
    }
    return off.work.jobs.ended(id);
  }

  const disabled = { state: 'FAILED', errorCode: 'BACKUP_DISABLED', takeovers: 1 };

  test('an import that it takes over fails and changes nothing', async () => {
    const { unitId, admin, plan } = await aPlannedUnit();
    const before = await desk.unit(unitId);
    const job = await takenOver(admin, { unitId, kind: 'IMPORT', input: { planId: plan.id } });
    expect(job).toMatchObject(disabled);
    await mustBeUnchanged(unitId, before);
  });

  test('an undo that it takes over fails and changes nothing', async () => {
    const { unitId, admin, importJobId } = await anImportedUnit();
    const before = await desk.unit(unitId);
    const job = await takenOver(admin, { unitId, kind: 'UNDO_IMPORT', input: { importJobId } });
    expect(job).toMatchObject(disabled);
    await mustBeUnchanged(unitId, before);
  });
});
