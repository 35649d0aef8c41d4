import { setTimeout as pause } from 'node:timers/promises';
import { type SafeModeCheckpointName } from '../../../src/safe-mode/checkpoint';
import { type ConfigurationClient, refusalOf, Refused } from '../../parts/configuration';
import { type SafeModeClient } from '../../parts/safe-modes';
import { exportedFile, type PlanAnswer, planOf } from './backups';
import { type Desk, Desks } from './desks';
import { storedFiles, type TestedFiles } from './tested-files';

/** What comes of a work: its answer, or the code that it was refused with. */
type Outcome<T> = { answer: T; code?: undefined } | { answer?: undefined; code: string };

async function outcomeOf<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { answer: await work };
  } catch (error) {
    if (error instanceof Refused) return { code: error.code };
    throw error;
  }
}

/** Carries a plan out: `DONE`, or the code of what it failed with. */
async function importOf(unit: ConfigurationClient, { id: planId }: PlanAnswer): Promise<string> {
  const { name: confirmUnitName } = await unit.unit<{ name: string }>('name');
  const begun = await outcomeOf(
    unit.request<{ importBackup: { id: string } }>(
      'mutation ($input: ImportBackupInput!) { importBackup(input: $input) { id } }',
      { input: { planId, confirmUnitName } },
    ),
  );
  if (begun.code !== undefined) return begun.code;
  for (;;) {
    const { job } = await unit.request<{ job: { state: string; error: { code: string } | null } }>(
      'query ($id: ID!) { job(id: $id) { state error { code } } }',
      { id: begun.answer.importBackup.id },
    );
    if (job.state !== 'QUEUED' && job.state !== 'RUNNING') return job.error?.code ?? job.state;
    await pause(20);
  }
}

const rounds = [0, 1, 2, 3];
/** So long the second one begins after the first in each round, ms; in the odd ones marked places take their time. */
const delays = [0, 0, 20, 60];
const slowness = 12;

/** What happens at the same moment, on one server or on two at the same place. */
export function races(someFiles: () => Promise<TestedFiles>, servers: 1 | 2): void {
  let desks: Desks;
  let desk: Desk;
  /** Called at the marked places of every server. */
  let at: Partial<Record<SafeModeCheckpointName, () => unknown>> = {};
  /** How long every marked place takes, ms. */
  let slow = 0;

  /** Two works at the same moment, or nearly so. */
  async function race<A, B>(round: number, one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
    slow = round % 2 ? slowness : 0;
    return Promise.all([one(), pause(delays[round]).then(other)]);
  }

  beforeAll(async () => {
    const environment = { SAFE_MODE_MAX_OPEN: '1', LOG_LEVEL: 'silent' };
    desks = await Desks.open(await someFiles(), servers, environment, async (name) => {
      await pause(slow);
      await at[name]?.();
    });
  });
  beforeEach(async () => {
    at = {};
    slow = 0;
    desk = await desks.aDesk();
  });
  afterAll(() => desks.close());

  /** Everything is stored once, everything else is gone in the end, and nobody is in what is closed. */
  afterEach(async () => {
    const { app } = desks.servers[0]!;
    const past = new Date('2026-01-01T00:00:00.000Z');
    await app.database.transaction((db) => db.run('UPDATE object_removal SET due_at = ?', [past]));
    while ((await app.backups.objectSweeper.sweep()) > 0);
    const open = "FROM safe_mode WHERE status = 'OPEN'";
    const inSafeModes = (await storedFiles(desks.servers[0]!)).filter((key) => key.startsWith('safe-modes/'));
    expect(inSafeModes.sort()).toEqual((await desks.column(`SELECT object_key ${open}`)).sort());
    for (const table of ['active_safe_mode', 'safe_mode_presence'])
      expect(
        await desks.column(`SELECT 1 FROM ${table} WHERE safe_mode_id NOT IN (SELECT id ${open})`),
      ).toEqual([]);
  });

  const valueOf = async (admin: SafeModeClient, key: string) => {
    const { configKey } = await admin.configuration.unit<{ configKey: { value: unknown } | null }>(
      'configKey(key: $key) { value }',
      { key },
      '$key: String!',
    );
    return configKey?.value;
  };

  /** A safe mode of Ada's in which the key is set. */
  async function aSafeMode(key = 'greeting', value: unknown = 'mine') {
    const { id } = await desk.ada.start();
    await desk.ada.in({ id }).setConfigKey(key, { value });
    return desk.ada.find(id);
  }

  test('twenty recordings by two sessions: all of them are in the file', async () => {
    const { id, revision } = await desk.ada.start();
    const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    await Promise.all(
      keys.map((key, index) =>
        (index % 2 ? desk.ada : desk.adaElsewhere).in({ id }).setConfigKey(key, { value: index }),
      ),
    );
    const { tasks, ...safeMode } = await desk.ada.find(id);
    expect(safeMode).toMatchObject({ taskCount: 20, revision: revision + 20 });
    expect(tasks.map(({ target }) => target.name).sort()).toEqual([...keys].sort());
  });

  test('the same field by two sessions: the later one wins, as one after the other', async () => {
    const { id, revision } = await desk.ada.start();
    await Promise.all(
      [desk.ada, desk.adaElsewhere].map((ada, index) => ada.in({ id }).setConfigKey('a', { value: index })),
    );
    const { tasks, ...safeMode } = await desk.ada.find(id);
    expect(safeMode).toMatchObject({ revision: revision + 2 });
    expect(tasks).toHaveLength(1);
    expect([0, 1]).toContain(tasks[0]!.changes.find(({ path }) => path === '/value')!.to);
  });

  test('the same operation sent twice at once is recorded once', async () => {
    const { id, revision } = await desk.ada.start();
    const ids = await Promise.all(
      [desk.ada, desk.adaElsewhere].map((ada) =>
        ada.in({ id }).createProfile({ name: 'Sales', operationId: 'once' }),
      ),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(await desk.ada.find(id)).toMatchObject({ taskCount: 1, revision: revision + 1 });
  });

  test('the same start sent twice at once starts one safe mode', async () => {
    const [one, other] = await Promise.all(
      [desk.ada, desk.adaElsewhere].map((ada) => ada.start({ operationId: 'once' })),
    );
    expect(one!.id).toBe(other!.id);
    expect(await desk.ada.list()).toHaveLength(1);
  });

  test('five starts where one may be open: one starts, the others are told of the limit', async () => {
    const all = [desk.ada, desk.adaElsewhere, desk.grace, desk.ada, desk.grace];
    const outcomes = await Promise.all(all.map((admin) => outcomeOf(admin.start())));
    expect(outcomes.map(({ code }) => code ?? 'started').sort()).toEqual([
      ...Array<string>(4).fill('LIMIT_REACHED'),
      'started',
    ]);
    expect(await desk.ada.list()).toHaveLength(1);
  });

  test.each(rounds)(
    'recording against applying (%i): what was acknowledged is applied or still there',
    async (round) => {
      const { id, revision } = await aSafeMode();
      const before = await desk.ada.configuration.revision();
      const [applied, recorded] = await race(
        round,
        () => outcomeOf(desk.ada.apply(id, revision)),
        () => outcomeOf(desk.adaElsewhere.in({ id }).setConfigKey('late', { value: 1 })),
      );
      if (applied.answer) {
        expect(recorded.code).toBe('SAFE_MODE_CLOSED');
        expect(await desk.ada.configuration.revision()).toBe(before + 1);
        expect(await valueOf(desk.ada, 'late')).toBeUndefined();
      } else {
        expect([applied.code, recorded.code]).toEqual(['STALE_REVISION', undefined]);
        expect(await desk.ada.find(id)).toMatchObject({ status: 'OPEN', taskCount: 2 });
        expect(await desk.ada.configuration.revision()).toBe(before);
      }
    },
  );

  test.each(rounds)('applying twice at once (%i): applied once, and both are told so', async (round) => {
    const { id, revision } = await aSafeMode();
    const before = await desk.ada.configuration.revision();
    const answers = await race(
      round,
      () => desk.ada.apply(id, revision),
      () => desk.adaElsewhere.apply(id, revision),
    );
    const applied = answers.map((answer) => {
      if (answer.__typename !== 'SafeModeApplied') throw new Error('It was not applied');
      expect(answer).toMatchObject({ taskCount: 1, unit: { revision: before + 1 } });
      return answer.alreadyApplied;
    });
    expect(applied.sort()).toEqual([false, true]);
    const { history } = await desk.ada.configuration.unit<{ history: { nodes: object[] } }>(
      'history { nodes { revision } }',
    );
    expect(history.nodes).toEqual([{ revision: before + 1 }]);
  });

  /** What happens before the other server reads its next file. */
  function beforeReading(work: () => Promise<unknown>): void {
    const { objects } = desks.servers.at(-1)!.app;
    const get = objects.get.bind(objects);
    jest.spyOn(objects, 'get').mockImplementationOnce(async (...asked) => {
      await work();
      return get(...asked);
    });
  }

  test('applying twice, where the file of the slower one is gone already: both are told that it is applied', async () => {
    const { id, revision } = await aSafeMode();
    beforeReading(() => desk.ada.apply(id, revision));
    expect(await desk.adaElsewhere.apply(id, revision)).toMatchObject({ alreadyApplied: true, taskCount: 1 });
  });

  test('what ends right before it is read in a list is shown without contents', async () => {
    const { id } = await aSafeMode();
    beforeReading(() => desk.ada.delete(id));
    expect(await desk.grace.list()).toMatchObject([{ id, unreadable: false, tasks: [], conflicts: [] }]);
  });

  test('what ends right before it is read is not entered, and nothing is recorded in it', async () => {
    const { id } = await aSafeMode();
    beforeReading(() => desk.ada.delete(id));
    expect((await refusalOf(desk.grace.enter(id))).code).toBe('SAFE_MODE_CLOSED');
    expect(await desk.grace.active()).toBeNull();
    const another = await aSafeMode();
    beforeReading(() => desk.ada.delete(another.id));
    const recording = desk.adaElsewhere.in(another).setConfigKey('late', { value: 1 });
    expect((await refusalOf(recording)).code).toBe('SAFE_MODE_CLOSED');
    expect(await valueOf(desk.ada, 'late')).toBeUndefined();
  });

  test.each(rounds)(
    'applying against deleting (%i): one of them counts, the other is told',
    async (round) => {
      const { id, revision } = await aSafeMode();
      const before = await desk.ada.configuration.revision();
      const [applied, deleted] = await race(
        round,
        () => outcomeOf(desk.ada.apply(id, revision)),
        () => outcomeOf(desk.adaElsewhere.delete(id)),
      );
      const { status } = await desk.ada.find(id);
      if (applied.answer) {
        expect([status, deleted.code]).toEqual(['APPLIED', 'SAFE_MODE_CLOSED']);
        expect(await desk.ada.configuration.revision()).toBe(before + 1);
      } else {
        expect([status, applied.code, deleted.answer]).toEqual(['DISCARDED', 'SAFE_MODE_CLOSED', true]);
        expect(await desk.ada.configuration.revision()).toBe(before);
      }
    },
  );

  test.each(rounds)(
    'applying against an edit of the same field (%i): as one after the other',
    async (round) => {
      await desk.ada.configuration.setConfigKey('greeting', { value: 'before' });
      const { id, revision } = await aSafeMode();
      const basedOnRevision = await desk.ada.configuration.revision();
      const edit = () =>
        outcomeOf(desk.grace.configuration.setConfigKey('greeting', { value: 'theirs', basedOnRevision }));
      const [applied, edited] = await race(round, () => desk.ada.apply(id, revision), edit);
      if (applied.__typename === 'SafeModeApplied') {
        expect(edited.code).toBe('CONFLICT');
        expect(await valueOf(desk.ada, 'greeting')).toBe('mine');
      } else {
        expect(applied.conflicts).toMatchObject([{ code: 'FIELD_CHANGED', live: 'theirs', mine: 'mine' }]);
        expect(edited.answer).toMatchObject({ value: 'theirs' });
        expect(await valueOf(desk.ada, 'greeting')).toBe('theirs');
      }
      expect(await desk.ada.configuration.revision()).toBe(basedOnRevision + 1);
    },
  );

  test('applying against an import: as one after the other, and whoever comes later is told', async () => {
    const file = await exportedFile(desk.ada.configuration);
    const first = await aSafeMode();
    const plan = await planOf(desk.ada.configuration, file);
    let imported: Promise<string> | undefined;
    at['evaluated'] = async () => {
      at = {};
      // It waits for the unit, which the applying holds.
      imported = importOf(desk.adaElsewhere.configuration, plan);
      await pause(500);
    };
    expect(await desk.ada.apply(first.id, first.revision)).toMatchObject({ alreadyApplied: false });
    expect(await imported).toBe('PLAN_STALE');
    expect(await valueOf(desk.ada, 'greeting')).toBe('mine');

    const second = await aSafeMode('another', 'mine');
    const next = await planOf(desk.ada.configuration, file);
    const [outcome, applied] = await Promise.all([
      importOf(desk.adaElsewhere.configuration, next),
      desk.ada.apply(second.id, second.revision),
    ]);
    if (applied.__typename === 'SafeModeApplied') {
      expect(outcome).toBe('PLAN_STALE');
      expect(await valueOf(desk.ada, 'another')).toBe('mine');
    } else {
      expect([outcome, applied.conflicts.map(({ code }) => code)]).toEqual(['DONE', ['UNIT_REPLACED']]);
      expect(await valueOf(desk.ada, 'greeting')).toBeUndefined();
    }
  });

  test.each(rounds)('entering against deleting (%i): nobody stays in what is deleted', async (round) => {
    const { id } = await aSafeMode();
    const [deleted, entered] = await race(
      round,
      () => outcomeOf(desk.ada.delete(id)),
      () => outcomeOf(desk.grace.enter(id)),
    );
    expect(deleted.answer).toBe(true);
    if (entered.code) expect(entered.code).toBe('SAFE_MODE_CLOSED');
    expect(await desk.grace.active()).toBeNull();
    expect(await desk.grace.presence()).toEqual([]);
    const read = desk.grace.in({ id }).unit('configKeys { nodes { key } }');
    expect((await refusalOf(read)).code).toBe('SAFE_MODE_CLOSED');
  });

  test.each(rounds)(
    'listing while a safe mode ends (%i): the list works, with it or without',
    async (round) => {
      const { id, revision } = await aSafeMode();
      const end = (): Promise<unknown> => (round % 2 ? desk.ada.delete(id) : desk.ada.apply(id, revision));
      const lists = () => Promise.all(Array.from({ length: 6 }, () => desk.grace.list()));
      const [, listed] = await race(round, end, lists);
      for (const safeModes of listed) {
        expect(safeModes.filter((one) => one.id !== id || one.unreadable)).toEqual([]);
      }
      expect(await desk.grace.list()).toEqual([]);
    },
  );

  test('whatever three people do at once is done or refused for a reason, and leaves everything in order', async () => {
    const people = [desk.ada, desk.adaElsewhere, desk.grace];
    const before = await desk.ada.configuration.revision();
    const asked = Array.from({ length: 60 }, (_, index) => {
      const one = people[index % people.length]!;
      const open = async () => (await one.list())[0]?.id ?? 'none yet';
      const deeds: (() => Promise<unknown>)[] = [
        () => one.start(),
        async () => one.in({ id: await open() }).setConfigKey(`key ${index % 7}`, { value: index }),
        () => one.configuration.setConfigKey(`key ${index % 7}`, { value: index }),
        async () => one.enter(await open()),
        async () => one.rename(await open(), `Plan ${index}`),
        async () => one.apply(await open()),
        async () => one.in({ id: await open() }).createProfile({ name: `Profile ${index % 5}` }),
        () => one.leave(),
        async () => one.delete(await open()),
        () => one.presence(),
      ];
      // Every deed by everybody: 60 is a multiple of both numbers.
      return outcomeOf(deeds[Math.floor(index / people.length) % deeds.length]!());
    });
    const codes = new Set((await Promise.all(asked)).map(({ code }) => code ?? 'done'));
    expect(codes).toContain('done');
    const reasons = ['LIMIT_REACHED', 'NOT_FOUND', 'NOT_OWNER', 'SAFE_MODE_READ_ONLY', 'SAFE_MODE_CLOSED'];
    const others = ['STALE_REVISION', 'CONFLICT', 'done'];
    expect([...reasons, ...others]).toEqual(expect.arrayContaining([...codes]));

    const { revision, history } = await desk.ada.configuration.unit<{
      revision: number;
      history: { nodes: { revision: number }[] };
    }>('revision history(first: 100) { nodes { revision } }');
    const made = new Set(history.nodes.map((entry) => entry.revision));
    expect([...made].sort((a, b) => a - b)).toEqual(
      Array.from({ length: revision - before }, (_, index) => before + 1 + index),
    );
  });
}
