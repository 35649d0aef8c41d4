import { rotateKey } from '../../src/rotate-key';
import { type Database } from '../../src/storage/database';
import { exchangeServerKey, KeyStillInUse } from '../../src/storage/key-exchange';
import { openDatabase } from '../../src/storage/open-database';
import { Sealer } from '../../src/storage/sealer';
import { WrongServerKey } from '../../src/storage/server-key';
import { keepDoing } from '../cluster/parts/insistent';
import { aPlace, type Place, sideBySide } from '../parts/place';
import { TestServer, testSettings } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';

const oldKey = '01'.repeat(32);
const newKey = '02'.repeat(32);
const onlyOld = { SERVER_KEY: oldKey };
const onlyNew = { SERVER_KEY: newKey };
const both = { SERVER_KEY: newKey, SERVER_KEY_OTHER: oldKey };

let place: Place;
beforeEach(async () => void (place = await aPlace()));
afterEach(() => place.remove());

/** Serves the place for as long as the work takes. */
async function served<T>(
  environment: Record<string, string>,
  work: (admin: SafeModeClient, server: TestServer) => Promise<T>,
): Promise<T> {
  const server = await TestServer.start({ LOG_LEVEL: 'silent', ...environment }, place);
  try {
    return await work(await SafeModeClient.ofAdmin(server), server);
  } finally {
    await server.halt();
  }
}

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(testSettings(place));
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const rotate = () => rotateKey(testSettings(place, { ...both, LOG_LEVEL: 'silent' }));

const secretValue = async ({ configuration }: SafeModeClient, key: string) => {
  const { configKey } = await configuration.unit<{ configKey: { value: unknown } | null }>(
    `configKey(key: "${key}") { value }`,
  );
  return configKey?.value;
};

/** Secrets everywhere: live, in the history, in an open safe mode, in a link. Answers what to look for later. */
async function fill(admin: SafeModeClient) {
  const { configuration } = admin;
  await configuration.setConfigKey('live', { value: 'live before', secret: true });
  await configuration.setConfigKey('looks sealed', { value: 'sealed:1:AAAA' });
  await configuration.installPlugin(
    'org.keeping',
    { secretKeys: ['token'] },
    { configuration: { token: { deep: 'hidden' }, a: 1 } },
  );
  const applied = await admin.start();
  await admin.in(applied).setConfigKey('live', { value: 'live after', secret: true });
  await admin.apply(applied.id);
  const open = await admin.start({ name: 'Open' });
  await admin.in(open).setConfigKey('recorded', { value: 'recorded', secret: true });
  await admin.leave();
  const { inviteUrl } = await configuration.mutate<{ inviteUrl: string }>(
    'addMember',
    'AddMemberInput',
    { email: 'new@example.org', name: 'New', role: 'USER' },
    'inviteUrl',
  );
  return { applied, open, invitation: inviteUrl.split('/').at(-1) };
}

/** What `fill` has hidden is all there. */
async function findAll(
  admin: SafeModeClient,
  { applied, open, invitation }: Awaited<ReturnType<typeof fill>>,
) {
  expect(await secretValue(admin, 'live')).toBe('live after');
  expect(await secretValue(admin, 'looks sealed')).toBe('sealed:1:AAAA');
  const { plugins } = await admin.configuration.unit<{ plugins: { nodes: { configuration: object }[] } }>(
    'plugins { nodes { configuration } }',
  );
  expect(plugins.nodes[0]!.configuration).toEqual({ token: { deep: 'hidden' }, a: 1 });
  const { members } = await admin.configuration.unit<{ members: { nodes: { inviteUrl: string | null }[] } }>(
    'members { nodes { inviteUrl } }',
  );
  const links = members.nodes.map(({ inviteUrl }) => inviteUrl?.split('/').at(-1));
  expect(links).toContain(invitation);
  expect((await admin.find(open.id)).unreadable).toBe(false);
  const undo = await admin.undo(applied.id);
  await admin.apply(undo.id);
  expect(await secretValue(admin, 'live')).toBe('live before');
  await admin.apply(open.id);
  expect(await secretValue(admin, 'recorded')).toBe('recorded');
}

test('after the exchange the new key opens everything, and the old one is not let in', async () => {
  const hidden = await served(onlyOld, fill);
  await expect(served(onlyNew, fill)).rejects.toThrow(WrongServerKey);
  // What somebody typed that only looks sealed stands in the configuration and in its history.
  // Servers with both keys go on while secrets are sealed anew.
  await served(both, async (admin) => {
    await admin.configuration.setConfigKey('meanwhile', { value: 'under the new key', secret: true });
    expect(await rotate()).toMatch(/^\d+ secrets were sealed anew.*\n2 texts look sealed/s);
    expect((await admin.find(hidden.open.id)).unreadable).toBe(false);
  });
  await expect(served(onlyOld, fill)).rejects.toThrow(WrongServerKey);
  await served(onlyNew, async (admin) => {
    expect(await secretValue(admin, 'meanwhile')).toBe('under the new key');
    await findAll(admin, hidden);
  });
  expect(await rotate()).toMatch(/^0 secrets/);
});

const testOnServers = globalThis.testedDatabase === 'mariadb' ? test : test.skip;

testOnServers(
  'two servers may write secrets all the while: none of them is left under the old key',
  async () => {
    await served(onlyOld, async ({ configuration }) => {
      for (const key of ['one', 'two']) await configuration.setConfigKey(key, { value: 0, secret: true });
    });
    const settings = { ...both, ...sideBySide() };
    const written: Record<string, number> = {};
    await served(settings, (atOne) =>
      served(settings, async (atTwo) => {
        const writers = Object.entries({ one: atOne, two: atTwo }).map(([key, { configuration }]) =>
          keepDoing(async (value) => {
            await configuration.setConfigKey(key, { value, secret: true });
            written[key] = value;
          }),
        );
        expect(await rotate()).toMatch(/^\d+ secrets were sealed anew/);
        for (const stop of writers) expect(await stop()).toBeGreaterThan(0);
      }),
    );
    await served(onlyNew, async (admin) => {
      for (const key of ['one', 'two']) expect(await secretValue(admin, key)).toBe(written[key]);
    });
  },
);

test('broken off anywhere, both keys open everything, neither alone is let in, and the next run finishes', async () => {
  const hidden = await served(onlyOld, fill);
  let left = 3;
  await withDatabase(async (database) => {
    const failing: Database = {
      dialect: database.dialect,
      read: (work) => database.read(work),
      snapshot: (work) => database.snapshot(work),
      transaction: (work) => (left-- > 0 ? database.transaction(work) : Promise.reject(new Error('killed'))),
      close: () => database.close(),
    };
    await served(both, () => Promise.resolve());
    await expect(
      exchangeServerKey(failing, new Sealer(newKey, oldKey), () => Promise.resolve(0)),
    ).rejects.toThrow('killed');
  });
  for (const alone of [onlyOld, onlyNew])
    await expect(served(alone, fill)).rejects.toThrow('SERVER_KEY_OTHER');
  await served(both, async (admin) => expect(await secretValue(admin, 'live')).toBe('live after'));
  await rotate();
  await served(onlyNew, (admin) => findAll(admin, hidden));
});

test('while a server goes on with the old key, the exchange does not say that it is over', async () => {
  await served(onlyOld, fill);
  await withDatabase(async (database) => {
    await served(both, () => Promise.resolve());
    const goesOn = () => Promise.resolve(1);
    await expect(exchangeServerKey(database, new Sealer(newKey, oldKey), goesOn)).rejects.toThrow(
      KeyStillInUse,
    );
  });
  await expect(served(onlyNew, fill)).rejects.toThrow('SERVER_KEY_OTHER');
});
