import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { type Actor } from '../../src/access/actor';
import { type JobRun } from '../../src/job/job-run';
import { JobRunner, type JobWork } from '../../src/job/job-runner';
import { JobService } from '../../src/job/job.service';
import { JobSweeper } from '../../src/job/job-sweeper';
import { type JobEntity, type JobKind } from '../../src/job/job.entity';
import { createTopics } from '../../src/messages/topics';
import { Refusal } from '../../src/refusal';
import { type Database } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { insertUnit } from '../../src/unit/new-unit';
import { UserEntity } from '../../src/access/user.entity';
import { refusal } from '../parts/accounts';
import { aPlace, type Place } from '../parts/place';

let place: Place;
let database: Database;
let admin: Actor;
let unitId: string;
let moved: number;
const topics = createTopics();
const changed = (jobId: string) => topics.publish('job', jobId, { jobId });
const now = () => new Date(Date.now() + moved);
beforeAll(async () => {
  place = await aPlace();
  database = await openDatabase(place);
});
afterAll(async () => {
  await database.close();
  await place.remove();
});
beforeEach(async () => {
  moved = 0;
  const user = {
    id: uuidv7(),
    email: `${uuidv7()}@example.org`,
    name: 'Ada',
    passwordHash: null,
    organisationAdmin: false,
    active: true,
    createdAt: now(),
  };
  unitId = await database.transaction(async (db) => {
    await db.manager.insert(UserEntity, user);
    return (await insertUnit(db, 'Newsroom', user.id, now())).id;
  });
  admin = {
    userId: user.id,
    email: user.email,
    name: user.name,
    organisationAdmin: false,
    roles: new Map([[unitId, 'ADMIN']]),
    via: { kind: 'session', id: uuidv7() },
  };
});

/** One server process, as far as jobs go. */
function aServer(works: Partial<Record<JobKind, JobWork>> = {}, lease = 60_000) {
  const faults: unknown[] = [];
  const reportFault = (error: unknown) => `fault ${faults.push(error)}`;
  const runner = new JobRunner(database, { owner: uuidv7(), lease, now, changed, reportFault });
  const jobs = new JobService(database, topics, runner, now);
  const sweeper = new JobSweeper(database, runner, works, now, changed);
  const begin = (work: JobWork, kind: JobKind = 'EXPORT', more: object = {}) =>
    jobs.begin(admin, { unitId, kind, input: {}, ...more }, work);
  return { runner, jobs, sweeper, begin, faults };
}

const finishing: JobWork = (run) => run.conclude(() => Promise.resolve({ well: 'done' }));
/** Goes on until it is stopped. */
const endless: JobWork = async (run) => {
  for (;;) {
    await run.report({ stage: 'Waiting' });
    await pause(5);
  }
};
/** Stops without a word, as a killed process does: neither signs of life nor an end. */
async function killed(server: ReturnType<typeof aServer>, work = endless, kind: JobKind = 'EXPORT') {
  const job = await server.begin(work, kind);
  await database.transaction((db) =>
    db.run('UPDATE job SET lease_owner = ?, state = ? WHERE id = ?', [uuidv7(), 'RUNNING', job.id]),
  );
  await server.runner.look();
  return job;
}

test('a job ends DONE with its result, together with its last write', async () => {
  const { begin, jobs } = aServer();
  const job = await begin((run) =>
    run.conclude(async (db) => {
      await db.run('UPDATE unit SET name = ? WHERE id = ?', ['Renamed', unitId]);
      return { well: 'done' };
    }),
  );
  const ended = await jobs.ended(job.id);
  expect(ended).toMatchObject({ state: 'DONE', progress: 1, result: '{"well":"done"}', stage: null });
  expect(ended.finishedAt).toBeInstanceOf(Date);
});

test('progress never falls, and is seen while the job runs', async () => {
  const { begin, jobs } = aServer();
  const steps = [0.2, 0.1, 0.5, 0.4];
  const job = await begin(async (run) => {
    for (const [index, progress] of steps.entries()) {
      await run.report({ stage: `Step ${index}`, progress, rows: index * 10 });
      await pause(20);
    }
    await finishing(run);
  });
  const seen: JobEntity[] = [];
  for await (const state of jobs.follow(job.id)) seen.push(state);
  const progress = seen.map((state) => state.progress);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(seen.map(({ stage }) => stage)).toContain('Step 2');
  expect(seen.at(-1)).toMatchObject({ state: 'DONE', rows: 30 });
});

test('a refusal fails the job with its code, a fault of ours shows an id only', async () => {
  const { begin, jobs, faults } = aServer();
  const refused = await begin(() => Promise.reject(new Refusal('PLAN_STALE', 'The unit moved.')));
  expect(await jobs.ended(refused.id)).toMatchObject({
    state: 'FAILED',
    errorCode: 'PLAN_STALE',
    errorMessage: 'The unit moved.',
  });
  const broken = await begin(() => Promise.reject(new Error('secret detail')));
  const ended = await jobs.ended(broken.id);
  expect(ended).toMatchObject({ state: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR' });
  expect(ended.errorMessage).toContain('fault 1');
  expect(ended.errorMessage).not.toContain('secret detail');
  expect(faults).toHaveLength(1);
});

test('what the last transaction wrote is not there when it fails', async () => {
  const { begin, jobs } = aServer();
  const job = await begin((run) =>
    run.conclude(async (db) => {
      await db.run('UPDATE unit SET name = ? WHERE id = ?', ['Half', unitId]);
      throw new Refusal('PLAN_STALE', 'No.');
    }),
  );
  expect((await jobs.ended(job.id)).state).toBe('FAILED');
  const [[name]] = (await database.read((db) => db.rows('SELECT name FROM unit WHERE id = ?', [unitId]))) as [
    [string],
  ];
  expect(name).toBe('Newsroom');
});

test('a cancelled job ends CANCELLED, also when another server is asked', async () => {
  const [first, second] = [aServer({}, 400), aServer()];
  for (const asked of [first, second]) {
    const job = await first.begin(endless);
    await asked.jobs.cancel(admin, job.id);
    expect((await first.jobs.ended(job.id)).state).toBe('CANCELLED');
  }
  const done = await first.begin(finishing);
  await first.jobs.ended(done.id);
  expect((await first.jobs.cancel(admin, done.id)).state).toBe('DONE');
});

test('jobs of one kind run a few at a time, a few wait, more are refused', async () => {
  const { begin, jobs, runner } = aServer();
  const begun: JobEntity[] = [];
  for (let count = 0; count < 8; count++) begun.push(await begin(endless));
  expect((await refusal(begin(endless))).code).toBe('BUSY');
  await pause(50);
  const states = await Promise.all(begun.map(async ({ id }) => (await jobs.known(id))!.state));
  expect(states.filter((state) => state === 'RUNNING')).toHaveLength(2);
  await runner.stop();
});

test('an import is taken over by another server and begun again', async () => {
  const dead = aServer();
  const job = await killed(dead, endless, 'IMPORT');
  const runs: string[] = [];
  const alive = aServer({
    IMPORT: async (run: JobRun) => {
      runs.push(run.job.id);
      await finishing(run);
    },
  });
  await alive.sweeper.sweep();
  expect(runs).toEqual([]);

  moved += 61_000;
  await alive.sweeper.sweep();
  expect(await alive.jobs.ended(job.id)).toMatchObject({ state: 'DONE', takeovers: 1 });
  expect(runs).toEqual([job.id]);
});

test('exports and validations of a dead server fail and say: start it again', async () => {
  const dead = aServer();
  const job = await killed(dead);
  moved += 61_000;
  const alive = aServer();
  await alive.sweeper.sweep();
  const ended = await alive.jobs.ended(job.id);
  expect([ended.state, ended.errorCode]).toEqual(['FAILED', 'SERVER_STOPPED']);
  expect(ended.errorMessage).toContain('start it again');
});

test('a job that kills every server it runs on is given up', async () => {
  const dead = aServer();
  const job = await killed(dead, endless, 'IMPORT');
  for (let takeover = 0; takeover < 3; takeover++) {
    moved += 61_000;
    const next = aServer({ IMPORT: endless });
    await next.sweeper.sweep();
    expect((await next.jobs.known(job.id))!.takeovers).toBe(takeover + 1);
    await database.transaction((db) =>
      db.run('UPDATE job SET lease_owner = ? WHERE id = ?', [uuidv7(), job.id]),
    );
    await next.runner.look();
  }
  moved += 61_000;
  const last = aServer({ IMPORT: finishing });
  await last.sweeper.sweep();
  expect(await last.jobs.ended(job.id)).toMatchObject({ state: 'FAILED', errorCode: 'SERVER_STOPPED' });
});

test('two servers that sweep at once begin an orphan once', async () => {
  const job = await killed(aServer(), endless, 'IMPORT');
  moved += 61_000;
  let runs = 0;
  const work: JobWork = async (run) => {
    runs++;
    await pause(20);
    await finishing(run);
  };
  const servers = [aServer({ IMPORT: work }), aServer({ IMPORT: work })];
  await Promise.all(servers.map(({ sweeper }) => sweeper.sweep()));
  expect((await servers[0]!.jobs.ended(job.id)).state).toBe('DONE');
  expect(runs).toBe(1);
});

test('a server that was taken for dead cannot finish what it has lost', async () => {
  const slow = aServer();
  let goOn!: () => void;
  const waiting = new Promise<void>((resolve) => (goOn = resolve));
  const wrote: string[] = [];
  const job = await slow.begin(async (run) => {
    await waiting;
    await run.conclude(async (db) => {
      await db.run('UPDATE unit SET name = ? WHERE id = ?', ['By the dead', unitId]);
      wrote.push('tried');
      return {};
    });
  }, 'IMPORT');
  await pause(20);
  moved += 61_000;
  const next = aServer({ IMPORT: endless });
  await next.sweeper.sweep();
  goOn();
  await slow.runner.ended(job.id);
  expect((await next.jobs.known(job.id))!.state).toBe('RUNNING');
  const [[name]] = (await database.read((db) => db.rows('SELECT name FROM unit WHERE id = ?', [unitId]))) as [
    [string],
  ];
  expect(name).toBe('Newsroom');
  expect(wrote.length).toBeGreaterThan(0);
  await next.runner.stop();
});

test('a server that stops hands imports over at once and fails exports', async () => {
  const stopping = aServer();
  const imported = await stopping.begin(endless, 'IMPORT');
  const exported = await stopping.begin(endless, 'EXPORT');
  await pause(20);
  await stopping.runner.stop();
  expect(await stopping.jobs.known(exported.id)).toMatchObject({
    state: 'FAILED',
    errorCode: 'SERVER_STOPPED',
  });
  expect((await stopping.jobs.known(imported.id))!.state).toBe('RUNNING');
  const next = aServer({ IMPORT: finishing });
  await next.sweeper.sweep();
  expect((await next.jobs.ended(imported.id)).state).toBe('DONE');
  await expect(stopping.begin(endless)).rejects.toThrow('stopped');
});

test('signs of life keep a long job from being taken over', async () => {
  const alive = aServer({}, 200);
  const job = await alive.begin(endless, 'IMPORT');
  const other = aServer({ IMPORT: finishing }, 200);
  for (let round = 0; round < 20; round++) {
    await pause(50);
    await other.sweeper.sweep();
  }
  expect(await alive.jobs.known(job.id)).toMatchObject({ state: 'RUNNING', takeovers: 0 });
  await alive.runner.stop();
});
