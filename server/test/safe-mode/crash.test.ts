import { type CheckpointName } from '../../src/checkpoint';
import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { aPlace, type Place } from '../parts/place';
import { expectNothingLeft } from '../parts/remains';
import { type SafeModeAnswer, SafeModeClient } from '../parts/safe-modes';
import { KillableServer } from './parts/killable-server';

let place: Place;
let server: KillableServer;
let founder: ConfigurationClient;

beforeAll(async () => {
  place = await aPlace();
  server = await KillableServer.start(place);
  founder = await ConfigurationClient.ofAdmin(server);
});
afterAll(async () => {
  await server.stop();
  await place.remove();
});

let units = 0;

/** Somebody in a unit of their own. */
async function anAdmin(): Promise<SafeModeClient> {
  const data = await founder
    .in('none')
    .request<{ createUnit: { id: string } }>('mutation ($name: String!) { createUnit(name: $name) { id } }', {
      name: `Unit ${++units}`,
    });
  return SafeModeClient.as(server, data.createUnit.id, founder.as);
}

/** What everybody has, and what the history says of it. */
const live = (admin: SafeModeClient) =>
  admin.configuration.unit<{ revision: number; history: { nodes: { cause: string }[] } }>(
    `revision profiles { nodes { id name } } configKeys { nodes { key value } }
     history { nodes { revision cause operation target { name } safeMode { id } } }`,
  );

const expectNothingLeftOver = async () => expectNothingLeft(await server.clearAway());

const beforeTheCommit: CheckpointName[] = ['file announced', 'file stored', 'pointer moved, not committed'];

/** What is written into an open safe mode: made ready, done, and what the file holds then. */
interface Writing {
  ready: (admin: SafeModeClient) => Promise<{ safeMode: SafeModeAnswer; write: () => Promise<unknown> }>;
  /** How the second time is refused where the first one counted; left out where it is answered as the first. */
  refusedAfterwards?: string;
  tasks: string[];
}

const writings: Record<string, Writing> = {
  'the first change': {
    async ready(admin) {
      const safeMode = await admin.start();
      const write = () => admin.in(safeMode).createProfile({ name: 'Sales', operationId: 'once' });
      return { safeMode, write };
    },
    tasks: ['Create the profile “Sales”'],
  },
  'a later change': {
    async ready(admin) {
      const safeMode = await admin.start();
      await admin.in(safeMode).createProfile({ name: 'Sales' });
      const write = () => admin.in(safeMode).setConfigKey('greeting', { value: 1, operationId: 'once' });
      return { safeMode: await admin.find(safeMode.id), write };
    },
    tasks: ['Create the profile “Sales”', 'Create the config key “greeting”'],
  },
  'taking a change out': {
    async ready(admin) {
      const { id } = await admin.start();
      await admin.in({ id }).createProfile({ name: 'Sales' });
      await admin.in({ id }).setConfigKey('greeting', { value: 1 });
      const safeMode = await admin.find(id);
      return { safeMode, write: () => admin.removeTask(id, safeMode.tasks[0]!.id) };
    },
    refusedAfterwards: 'NOT_FOUND',
    tasks: ['Create the config key “greeting”'],
  },
  'the answer to a conflict': {
    async ready(admin) {
      await admin.configuration.setConfigKey('greeting', { value: 1 });
      const { id } = await admin.start();
      await admin.in({ id }).setConfigKey('greeting', { value: 2 });
      await admin.configuration.setConfigKey('greeting', { value: 3 });
      const safeMode = await admin.find(id);
      return { safeMode, write: () => admin.resolve(id, safeMode.conflicts[0]!.id, 'MINE') };
    },
    refusedAfterwards: 'STALE_REVISION',
    tasks: ['Change the config key “greeting”: value'],
  },
};

describe.each(Object.entries(writings))(
  'killed while %s is written',
  (_, { ready, refusedAfterwards, tasks }) => {
    test.each(beforeTheCommit)('at “%s”: the old file, and a repeat writes it once', async (checkpoint) => {
      const admin = await anAdmin();
      const { safeMode, write } = await ready(admin);
      const before = await live(admin);
      await server.dieAt(checkpoint, write);

      expect(await admin.find(safeMode.id)).toEqual(safeMode);
      expect(await admin.active()).toMatchObject({ id: safeMode.id });
      await write();
      await expectWritten(admin, safeMode, before, tasks);
    });

    test('at “pointer moved”: the new file, and a repeat writes nothing', async () => {
      const admin = await anAdmin();
      const { safeMode, write } = await ready(admin);
      const before = await live(admin);
      await server.dieAt('pointer moved', write);

      await expectWritten(admin, safeMode, before, tasks);
      if (refusedAfterwards) expect((await refusalOf(write())).code).toBe(refusedAfterwards);
      else await write();
      await expectWritten(admin, safeMode, before, tasks);
    });
  },
);

async function expectWritten(
  admin: SafeModeClient,
  before: SafeModeAnswer,
  liveBefore: object,
  summaries: string[],
): Promise<void> {
  const now = await admin.find(before.id);
  expect(now).toMatchObject({ status: 'OPEN', revision: before.revision + 1, conflictCount: 0 });
  expect(now.tasks.map(({ summary }) => summary)).toEqual(summaries);
  expect(await live(admin)).toEqual(liveBefore);
  await expectNothingLeftOver();
}

describe('killed while a safe mode is started', () => {
  const started = async (admin: SafeModeClient) => (await admin.list()).map(({ name }) => name);

  test.each(beforeTheCommit)('at “%s”: there is none, and a repeat starts it once', async (checkpoint) => {
    const admin = await anAdmin();
    const start = () => admin.start({ name: 'Spring clean', operationId: 'once' });
    await server.dieAt(checkpoint, start);
    expect(await started(admin)).toEqual([]);
    expect(await admin.active()).toBeNull();
    const { id } = await start();
    expect(await started(admin)).toEqual(['Spring clean']);
    expect(await admin.active()).toEqual({ id, name: 'Spring clean' });
    await expectNothingLeftOver();
  });

  test('at “pointer moved”: it is there, its admin is in it, and a repeat starts no other', async () => {
    const admin = await anAdmin();
    const start = () => admin.start({ name: 'Spring clean', operationId: 'once' });
    await server.dieAt('pointer moved', start);
    const [safeMode] = await admin.list();
    expect(await admin.active()).toMatchObject({ id: safeMode!.id });
    expect(await start()).toEqual(safeMode);
    expect(await started(admin)).toEqual(['Spring clean']);
    await expectNothingLeftOver();
  });
});

const beforeClosing: CheckpointName[] = ['evaluated', 'written', 'closed, not committed'];
const afterClosing: CheckpointName[] = ['committed, not told', 'told, file not removed', 'file removed'];

/** Everybody is out of it, it is listed no more, and its files are gone. */
async function expectEnded(admin: SafeModeClient, { id }: SafeModeAnswer, status: string): Promise<void> {
  expect(await admin.find(id)).toMatchObject({ status });
  expect(await admin.list()).toEqual([]);
  expect(await admin.active()).toBeNull();
  expect(await admin.presence()).toEqual([]);
  expect((await refusalOf(admin.in({ id }).createProfile({ name: 'late' }))).code).toBe('SAFE_MODE_CLOSED');
  await expectNothingLeftOver();
}

describe('killed while a safe mode is applied', () => {
  async function aSafeMode() {
    const admin = await anAdmin();
    const { id } = await admin.start();
    await admin.in({ id }).createProfile({ name: 'Sales' });
    await admin.in({ id }).setConfigKey('greeting', { value: 1 });
    return { admin, safeMode: await admin.find(id), before: await live(admin) };
  }

  async function expectApplied(
    admin: SafeModeClient,
    safeMode: SafeModeAnswer,
    before: { revision: number },
  ) {
    const revision = before.revision + 1;
    const entry = { revision, cause: 'SAFE_MODE', operation: 'CREATE', safeMode: { id: safeMode.id } };
    expect(await live(admin)).toMatchObject({
      revision,
      profiles: { nodes: [{ name: 'Sales' }] },
      configKeys: { nodes: [{ key: 'greeting', value: 1 }] },
      history: { nodes: [entry, entry] },
    });
    await expectEnded(admin, safeMode, 'APPLIED');
  }

  test.each(beforeClosing)('at “%s”: nothing happened, and a repeat applies it once', async (checkpoint) => {
    const { admin, safeMode, before } = await aSafeMode();
    await server.dieAt(checkpoint, () => admin.apply(safeMode.id, safeMode.revision));
    expect(await live(admin)).toEqual(before);
    expect(await admin.list()).toEqual([safeMode]);
    expect(await admin.active()).toMatchObject({ id: safeMode.id });
    expect(await admin.apply(safeMode.id, safeMode.revision)).toMatchObject({ alreadyApplied: false });
    await expectApplied(admin, safeMode, before);
  });

  test.each(afterClosing)('at “%s”: it is applied, and a repeat says so', async (checkpoint) => {
    const { admin, safeMode, before } = await aSafeMode();
    await server.dieAt(checkpoint, () => admin.apply(safeMode.id, safeMode.revision));
    await expectApplied(admin, safeMode, before);
    expect(await admin.apply(safeMode.id, safeMode.revision)).toMatchObject({
      alreadyApplied: true,
      taskCount: 2,
      unit: { revision: before.revision + 1 },
    });
    await expectApplied(admin, safeMode, before);
  });

  async function aSatisfiedOne() {
    const admin = await anAdmin();
    const { id } = await admin.start();
    await admin.in({ id }).setConfigKey('greeting', { value: 1 });
    await admin.configuration.setConfigKey('greeting', { value: 1 });
    return { admin, safeMode: await admin.find(id), before: await live(admin) };
  }

  test.each(beforeClosing)(
    'with nothing left to write, at “%s”: it is open, and a repeat applies it without a new revision',
    async (checkpoint) => {
      const { admin, safeMode, before } = await aSatisfiedOne();
      await server.dieAt(checkpoint, () => admin.apply(safeMode.id, safeMode.revision));
      expect(await admin.list()).toEqual([safeMode]);
      expect(await admin.apply(safeMode.id, safeMode.revision)).toMatchObject({ alreadyApplied: false });
      expect(await live(admin)).toEqual(before);
      await expectEnded(admin, safeMode, 'APPLIED');
    },
  );

  test.each(afterClosing)(
    'with nothing left to write, at “%s”: it is applied without a new revision, and a repeat says so',
    async (checkpoint) => {
      const { admin, safeMode, before } = await aSatisfiedOne();
      await server.dieAt(checkpoint, () => admin.apply(safeMode.id, safeMode.revision));
      expect(await live(admin)).toEqual(before);
      expect(await admin.apply(safeMode.id, safeMode.revision)).toMatchObject({ alreadyApplied: true });
      expect(await live(admin)).toEqual(before);
      await expectEnded(admin, safeMode, 'APPLIED');
    },
  );
});

describe('killed while a safe mode is deleted', () => {
  async function aSafeMode() {
    const admin = await anAdmin();
    const { id } = await admin.start();
    await admin.in({ id }).createProfile({ name: 'Sales' });
    return { admin, safeMode: await admin.find(id), before: await live(admin) };
  }

  test('at “closed, not committed”: it is there with all its changes, and a repeat deletes it', async () => {
    const { admin, safeMode, before } = await aSafeMode();
    await server.dieAt('closed, not committed', () => admin.delete(safeMode.id));
    expect(await admin.list()).toEqual([safeMode]);
    expect(await admin.active()).toMatchObject({ id: safeMode.id });
    expect(await admin.delete(safeMode.id)).toBe(true);
    await expectEnded(admin, safeMode, 'DISCARDED');
    expect(await live(admin)).toEqual(before);
  });

  test.each(afterClosing)('at “%s”: it is gone, and a repeat changes nothing', async (checkpoint) => {
    const { admin, safeMode, before } = await aSafeMode();
    await server.dieAt(checkpoint, () => admin.delete(safeMode.id));
    await expectEnded(admin, safeMode, 'DISCARDED');
    expect(await admin.delete(safeMode.id)).toBe(true);
    expect(await live(admin)).toEqual(before);
  });
});
