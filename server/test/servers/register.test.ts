import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { systemClock } from '../../src/access/clock';
import { createLogger } from '../../src/logger';
import { ServerProcessEntity } from '../../src/servers/server-process.entity';
import { type ServerMessages, ServerRegister } from '../../src/servers/server-register';
import { thisProcess } from '../../src/servers/this-process';
import { type Database } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { aPlace, type Place } from '../parts/place';

const lease = 1_500;
let place: Place;
let database: Database;
const entered: ServerRegister[] = [];
const left = jest.fn();
beforeAll(async () => {
  place = await aPlace();
  database = await openDatabase(place);
});
afterEach(async () => {
  for (const register of entered.splice(0)) await register.leave();
  await database.transaction((db) => db.run('DELETE FROM server_process'));
});
afterAll(async () => {
  await database.close();
  await place.remove();
});

/** A Redis that is a set of those who listen to it. */
function aRedis() {
  const listeners = new Set<string>();
  let isConnected = true;
  return {
    lose: () => (isConnected = false),
    find: () => (isConnected = true),
    joinedBy(id: string): ServerMessages {
      listeners.add(id);
      return {
        get isConnected() {
          return isConnected;
        },
        hasListener: (other) =>
          isConnected ? Promise.resolve(listeners.has(other)) : Promise.reject(new Error('away')),
      };
    },
  };
}

function aRegister(redis?: ReturnType<typeof aRedis>): ServerRegister {
  const id = uuid();
  const register = new ServerRegister({
    database,
    id,
    version: '1',
    messages: redis?.joinedBy(id),
    now: systemClock,
    log: createLogger('silent'),
    lease,
    left,
    reportFault: (error) => {
      throw error;
    },
  });
  entered.push(register);
  return register;
}

/** A row of a server that gives no sign of life any more. */
async function aDeadServer(facts: Partial<ServerProcessEntity>): Promise<void> {
  const row = {
    id: uuid(),
    ...thisProcess(),
    version: '1',
    messages: 'NONE' as const,
    startedAt: new Date(),
    leaseUntil: new Date(Date.now() + 15_000),
    ...facts,
  };
  await database.transaction(({ manager }) => manager.insert(ServerProcessEntity, row));
}

test('a server that is alone enters, and leaves no trace', async () => {
  const register = aRegister();
  await register.enter();
  expect(register.living.map(({ id }) => id)).toEqual([register.id]);
  expect(register.isEldest).toBe(true);
  await register.leave();
  expect(await database.read((db) => db.rows('SELECT id FROM server_process'))).toEqual([]);
});

test('without Redis it refuses to run beside one that gives signs of life', async () => {
  await aRegister().enter();
  const second = aRegister();
  await expect(second.enter()).rejects.toThrow(/Another server runs on this database \(.+, process \d+\)\./);
  expect(await database.read((db) => db.rows('SELECT id FROM server_process'))).toHaveLength(1);
});

test('after one that was killed it starts at once, where the process can be seen to be gone', async () => {
  const { pid } = spawnSync('true');
  await aDeadServer({ pid });
  const register = aRegister();
  await register.enter();
  expect(register.living.map(({ id }) => id)).toEqual([register.id]);
});

test('after one that was killed elsewhere it waits until its lease has run out', async () => {
  const leaseUntil = new Date(Date.now() + 600);
  await aDeadServer({ machine: 'another', leaseUntil });
  const register = aRegister();
  await register.enter();
  expect(Date.now()).toBeGreaterThanOrEqual(leaseUntil.getTime());
  expect(register.living.map(({ id }) => id)).toEqual([register.id]);
});

test('of two that start at the same moment at most one enters', async () => {
  const outcomes = await Promise.allSettled([aRegister().enter(), aRegister().enter()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
});

const [testOnSqlite, describeOnServer] =
  globalThis.testedDatabase === 'sqlite' ? [test, describe.skip] : [test.skip, describe];

testOnSqlite('on SQLite two refuse each other whatever their Redis', async () => {
  const redis = aRedis();
  await aRegister(redis).enter();
  await expect(aRegister(redis).enter()).rejects.toThrow('SQLite is for one server');
});

describeOnServer('on a database server', () => {
  test('with the same Redis they run side by side, and the eldest does what one is enough for', async () => {
    const redis = aRedis();
    const [first, second] = [aRegister(redis), aRegister(redis)];
    await first.enter();
    await pause(2);
    await second.enter();
    expect([first.isEldest, second.isEldest]).toEqual([true, false]);
    const sweep = jest.fn(() => Promise.resolve());
    await second.ifEldest(sweep)();
    expect(sweep).not.toHaveBeenCalled();
    await first.ifEldest(sweep)();
    expect(sweep).toHaveBeenCalledTimes(1);
  });

  test('when one is gone the next one is the eldest, and its listeners look again', async () => {
    const redis = aRedis();
    const [first, second] = [aRegister(redis), aRegister(redis)];
    await first.enter();
    await pause(2);
    await second.enter();
    left.mockClear();
    await first.leave();
    while (!second.isEldest) await pause(20);
    expect(left).toHaveBeenCalledTimes(1);
  });

  test('one with Redis and one without refuse each other', async () => {
    await aRegister(aRedis()).enter();
    await expect(aRegister().enter()).rejects.toThrow('It has a REDIS_URL, and this one has none');
    for (const register of entered.splice(0)) await register.leave();
    await aRegister().enter();
    await expect(aRegister(aRedis()).enter()).rejects.toThrow('It has no REDIS_URL, and this one has');
  });

  test('with another Redis it refuses', async () => {
    await aRegister(aRedis()).enter();
    await expect(aRegister(aRedis()).enter()).rejects.toThrow('leads to another Redis');
  });

  test('one that finds out only later that its Redis is another has to end', async () => {
    await aRegister(aRedis()).enter();
    const redis = aRedis();
    redis.lose();
    const second = aRegister(redis);
    await second.enter();
    redis.find();
    expect((await second.mustEnd).message).toContain('leads to another Redis');
  });
});
