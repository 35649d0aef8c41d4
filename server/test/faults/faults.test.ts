import { setTimeout as pause } from 'node:timers/promises';
import { type CheckpointName, checkpoints, type MarkedWork } from '../../src/checkpoint';
import { ConfigurationClient } from '../parts/configuration';
import { type Place } from '../parts/place';
import { RedisServer } from '../parts/redis';
import { expectNothingLeft } from '../parts/remains';
import { SafeModeClient } from '../parts/safe-modes';
import { KillableServer } from '../safe-mode/parts/killable-server';
import { type CommitFate, SqlGate } from '../safe-mode/parts/sql-gate';
import { filesInADirectory, type TestedFiles } from '../safe-mode/parts/tested-files';
import { aUnit, type Work, works } from './parts/works';

/**
 * At every marked place of every work the server is killed, and each of its parts is taken away: what was before is
 * there afterwards, or what was wanted, and nothing between; what was answered is kept; a job says what came of it; asked
 * again, the work is done once; and nothing is left behind.
 */
const places = Object.entries(checkpoints).flatMap(([work, names]) =>
  names.map((name) => [work, name] as [MarkedWork, CheckpointName]),
);

/** A job whose end cannot be written goes on for those who look at it; after this time it is helped, ms. */
const patience = 1_500;

let files: TestedFiles;
let redis: RedisServer;
let gate: SqlGate | undefined;
let server: KillableServer;
let founder: ConfigurationClient;

beforeAll(async () => {
  files = await filesInADirectory();
  redis = await RedisServer.start();
  gate = files.place.databaseUrl === undefined ? undefined : await SqlGate.before(files.place.databaseUrl);
  const place: Place = { ...files.place, databaseUrl: gate?.url };
  server = await KillableServer.start(place, { REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
  founder = (await ConfigurationClient.ofAdmin(server)).in('none');
});
afterAll(async () => {
  await server.stop();
  gate?.close();
  await redis.stop();
  await files.place.remove();
});

/** Work made ready in a unit of its own, with who asks for it. */
async function ready(kind: MarkedWork): Promise<Work & { admin: SafeModeClient }> {
  const admin = new SafeModeClient(await aUnit(founder));
  return { ...(await works[kind](admin, { tidyUp: () => server.tidyUp() })), admin };
}

interface JobAnswer {
  kind: string;
  state: string;
  error: { code: string } | null;
}

const jobsOf = async (admin: SafeModeClient) =>
  (await admin.configuration.unit<{ jobs: JobAnswer[] }>('jobs { kind state error { code } }')).jobs;

/**
 * @param isDone whether it must be done by now: it was answered, or another server must have taken it over
 * @param codes what a job may have failed with
 */
async function expectWhole(
  { admin, seen, wanted, job, ask }: Work & { admin: SafeModeClient },
  before: unknown,
  isDone: boolean,
  codes: readonly string[],
): Promise<void> {
  await server.endOrphanedJobs();
  const after = await seen();
  expect(isDone ? [wanted] : [before, wanted]).toContainEqual(after);
  const jobs = await jobsOf(admin);
  for (const { state, error } of jobs) {
    expect(['DONE', 'FAILED']).toContain(state);
    if (error) expect(codes).toContain(error.code);
  }
  if (job) {
    const saysDone = jobs.some(({ kind, state }) => kind === job && state === 'DONE');
    expect(after).toEqual(saysDone ? wanted : before);
  }
  await ask();
  expect(await seen()).toEqual(wanted);
  expectNothingLeft(await server.clearAway());
}

test.each(places)('killed during %s at “%s”', async (kind, place) => {
  const work = await ready(kind);
  const before = await work.seen();
  const answered = await server.dieAt(place, work.ask);
  // What a job has begun goes on at another server, unless it needs a password.
  await expectWhole(work, before, answered || work.job !== undefined, ['SERVER_STOPPED']);
});

interface Fault {
  strike: () => unknown;
  mend: () => unknown;
  /** Where it may matter, if not everywhere. */
  places?: typeof places;
}

const faults: Record<string, Fault> = {
  'the files are away': { strike: () => files.takeAway(), mend: () => files.bringBack() },
  'the disk is full': { strike: () => server.limitFiles(4_096), mend: () => server.limitFiles() },
  'Redis is away': {
    strike: () => redis.stop(),
    mend: () => redis.start(),
    places: places.filter(([kind, place]) => kind === 'relay' || place.endsWith('not told')),
  },
  // SQLite is in the same process: there is no connection to lose.
  ...(globalThis.testedDatabase === 'mariadb' && {
    'the database is away': { strike: () => gate!.close(), mend: () => gate!.open() },
  }),
};

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);

/** Takes the part away at the place, and brings it back once the work has failed, or nobody hears of it any more. */
async function without({ strike, mend }: Fault, place: CheckpointName, { ask }: Work) {
  let isStruck: () => void;
  const struck = new Promise<void>((resolve) => (isStruck = resolve));
  const outcome = server.at(
    place,
    async () => {
      await strike();
      isStruck();
    },
    ask,
  );
  await Promise.race([outcome, struck.then(() => pause(patience))]);
  await mend();
  await server.endOrphanedJobs();
  return outcome;
}

const commits = places.filter(([, place]) => place.endsWith('not committed'));

// SQLite is in the same process: there is no connection to lose.
if (globalThis.testedDatabase === 'mariadb') {
  describe.each<CommitFate>(['lost', 'unanswered', 'late'])('the next commit is %s', (fate) => {
    test.each(commits)('during %s after “%s”', async (kind, place) => {
      const work = await ready(kind);
      const before = await work.seen();
      const { answered, error } = await server.at(place, () => gate!.cutAtCommit(fate), work.ask);
      if (!answered) expect(codeOf(error)).toBe('SERVICE_UNAVAILABLE');
      await expectWhole(work, before, answered, ['SERVICE_UNAVAILABLE']);
    });
  });
}

describe.each(Object.entries(faults))('%s', (_, fault) => {
  test.each(fault.places ?? places)('from then on during %s at “%s”', async (kind, place) => {
    const work = await ready(kind);
    const before = await work.seen();
    const { answered, error } = await without(fault, place, work);
    // A job whose end could not be written either is ended by others.
    const codes = ['SERVICE_UNAVAILABLE', 'SERVER_STOPPED'];
    if (!answered && !work.isQuiet) expect(codes).toContain(codeOf(error));
    await expectWhole(work, before, answered, codes);
  });
});
