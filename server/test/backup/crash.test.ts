import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type CheckpointName } from '../../src/backup/import/checkpoint';
import { type MoveResult } from '../../src/backup/import/generation-move';
import { GenerationEntity } from '../../src/unit/generation.entity';
import { fromSource } from '../parts/from-source';
import { aConfigKey, someConfiguration } from './parts/configuration';
import { type Desk, openDesk, resultOf } from './parts/desk';

const jobLease = 2_000;
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ jobLease });
});
afterAll(() => desk.close());

/** Runs an import in a process of its own, which is killed at the checkpoint. */
async function killedAt(checkpoint: CheckpointName, order: object): Promise<void> {
  const script = path.join(__dirname, 'parts/crashing-import.ts');
  const { dataDir, databaseUrl } = desk.place;
  const child = spawn(
    process.execPath,
    [
      '-r',
      fromSource,
      script,
      JSON.stringify({ dataDir, databaseUrl, serverKey: '5afe'.repeat(16), jobLease, checkpoint, ...order }),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

const beforeTheMove: CheckpointName[] = [
  'generation made',
  'mid-load',
  'loaded',
  'before move',
  'moved, not committed',
];

/** Kills an import at the checkpoint. The old content is one key more than the new. */
async function aKilledImport(checkpoint: CheckpointName) {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const file = await desk.fileOf(admin, unitId);
  const wanted = await desk.content(unitId);
  await desk.edit(unitId, [aConfigKey('since', 1)]);
  const old = await desk.content(unitId);
  const { id: planId } = await desk.plan(admin, unitId, file);
  await killedAt(checkpoint, { planId, unitId, userId: admin.userId });
  const [job] = await desk.work.jobs.list(admin, unitId, 'IMPORT', 1);
  return { unitId, admin, job: job!, wanted, old };
}

test.each(beforeTheMove)(
  'killed at "%s": the old state, the job says that it runs, and another server finishes it',
  async (checkpoint) => {
    const { unitId, job, wanted, old } = await aKilledImport(checkpoint);
    expect(job.state).toBe('RUNNING');
    expect(await desk.content(unitId)).toEqual(old);
    expect((await desk.unit(unitId)).revision).toBe(3);

    desk.later(jobLease + 1_000);
    await desk.work.jobSweeper.sweep();
    const ended = await desk.work.jobs.ended(job.id);

    expect(ended).toMatchObject({ state: 'DONE', takeovers: 1 });
    expect(await desk.content(unitId)).toEqual(wanted);
    expect((await desk.unit(unitId)).revision).toBe(4);
    await desk.work.purge.purge();
    const generations = await desk.database.read(({ manager }) =>
      manager.findBy(GenerationEntity, { unitId }),
    );
    expect(generations.map(({ state }) => state).sort()).toEqual(['LIVE', 'RETIRED']);
  },
);

test('killed at "committed, not told": the new state, and the job says so', async () => {
  const { unitId, job, wanted } = await aKilledImport('committed, not told');
  expect(job.state).toBe('DONE');
  const { revision, generationId } = resultOf<MoveResult>(job);
  expect(await desk.unit(unitId)).toMatchObject({
    revision,
    liveGenerationId: generationId,
    lastCause: 'IMPORT',
  });
  expect(await desk.content(unitId)).toEqual(wanted);
  desk.later(jobLease + 1_000);
  await desk.work.jobSweeper.sweep();
  expect((await desk.unit(unitId)).revision).toBe(revision);
});
