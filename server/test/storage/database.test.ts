import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { type Database, RolledBack } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { InstallationEntity } from '../../src/storage/storage.entity';
import { aPlace, type Place } from '../parts/place';

let place: Place;
let database: Database;

beforeAll(async () => {
  place = await aPlace();
  database = await openDatabase(place);
});
afterAll(async () => {
  await database.close();
  await place.remove();
});
beforeEach(() =>
  database.transaction(async ({ manager }) => void (await manager.deleteAll(InstallationEntity))),
);

const names = () =>
  database.read(async (db) => (await db.rows('SELECT name FROM installation ORDER BY name')).flat());

const add = (name: string) =>
  database.transaction(async ({ manager }) => {
    await manager.insert(InstallationEntity, { name, value: '' });
  });

test('a failing transaction beside a succeeding one takes nothing of it along', async () => {
  const failing = database.transaction(async ({ manager }) => {
    await manager.insert(InstallationEntity, { name: 'failing', value: '' });
    await pause(50);
    throw new Error('no');
  });
  const succeeding = add('succeeding');
  await expect(failing).rejects.toThrow('no');
  await succeeding;
  expect(await names()).toEqual(['succeeding']);
});

test('a reader sees nothing of an open transaction, and all of it once committed', async () => {
  let seenInside: unknown[] = [];
  await database.transaction(async ({ manager }) => {
    await manager.insert(InstallationEntity, { name: 'first', value: '' });
    seenInside = await names();
    await manager.insert(InstallationEntity, { name: 'second', value: '' });
  });
  expect(seenInside).toEqual([]);
  expect(await names()).toEqual(['first', 'second']);
});

test('a snapshot keeps its state while others commit, and holds none of them up', async () => {
  await add('before');
  await database.snapshot(async (db) => {
    const read = async () => (await db.rows('SELECT name FROM installation ORDER BY name')).flat();
    expect(await read()).toEqual(['before']);
    await add('meanwhile');
    expect(await names()).toEqual(['before', 'meanwhile']);
    expect(await read()).toEqual(['before']);
  });
});

test('work that answers RolledBack leaves nothing behind and hands its value out', async () => {
  const value = await database.transaction(async ({ manager }) => {
    await manager.insert(InstallationEntity, { name: 'undone', value: '' });
    return new RolledBack('kept');
  });
  expect(value).toBe('kept');
  expect(await names()).toEqual([]);
});

test('writes of the same row one after another lose no increment', async () => {
  await database.transaction(({ manager }) =>
    manager.insert(InstallationEntity, { name: 'count', value: '0' }),
  );
  const increment = () =>
    database.transaction(async (db) => {
      await db.run('UPDATE installation SET value = value + 1 WHERE name = ?', ['count']);
      await pause(1);
    });
  await Promise.all(Array.from({ length: 20 }, increment));
  const [[value]] = (await database.read((db) => db.rows('SELECT value FROM installation'))) as [[string]];
  expect(Number(value)).toBe(20);
});

test('texts are equal only when they are the same, byte by byte, and sorted that way', async () => {
  const texts = ['a', 'A', 'á', 'a ', 'ß', 'ss', 'z', '😀', '\uffee'];
  for (const text of texts) await add(text);
  const inBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(await names()).toEqual(inBytes);
});

test('run answers the number of rows that matched', async () => {
  await add('one');
  const touched = await database.transaction((db) =>
    db.run('UPDATE installation SET value = ? WHERE name = ?', ['', 'one']),
  );
  expect(touched).toBe(1);
});

test('a statement that was used before answers rows to one and objects to another, as each asks', async () => {
  await add('one');
  const sql = 'SELECT name FROM installation';
  await database.read(async (db) => {
    for (let round = 0; round < 2; round++) {
      expect(await db.rows(sql)).toEqual([['one']]);
      expect(await db.manager.query(sql)).toEqual([{ name: 'one' }]);
    }
  });
});

test('a statement that was used before sees what has changed since, and its own parameters', async () => {
  const sql = 'SELECT name FROM installation WHERE name = ?';
  const found = (name: string) => database.read((db) => db.rows(sql, [name]));
  expect(await found('one')).toEqual([]);
  await add('one');
  expect([await found('one'), await found('two')]).toEqual([[['one']], []]);
});

if (globalThis.testedDatabase === 'sqlite') {
  test('the event loop has a turn between two transactions in line, so that others are not held up by all', async () => {
    let turn = 0;
    const began: number[] = [];
    let isOver = false;
    const counting = (async () => {
      for (; !isOver; turn++) await nextTurn();
    })();
    await Promise.all(
      Array.from({ length: 5 }, () => database.transaction(() => Promise.resolve(void began.push(turn)))),
    );
    isOver = true;
    await counting;
    expect(new Set(began).size).toBe(5);
  });
}

if (globalThis.testedDatabase === 'mariadb') {
  test('a MariaDB server is known for what it is, also behind a mysql:// address', async () => {
    const databaseUrl = place.databaseUrl!.replace('mariadb:', 'mysql:');
    const other = await openDatabase({ ...place, databaseUrl });
    expect(other.dialect).toBe('mariadb');
    await other.close();
  });
}
