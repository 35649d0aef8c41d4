import { ChangeLogStore } from '../../src/change/log/change-log.store';
import { countHistory } from '../../src/change/log/history-query';
import { type Change } from '../../src/change/core/task';
import { aConfigKey, aProfile } from '../../src/change/core/testing/builders';
import { ContentWriter } from '../../src/configuration/content.writer';
import { type Database } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { Sealer } from '../../src/storage/sealer';
import { UnitEntity } from '../../src/unit/unit.entity';
import { aGeneration } from '../parts/generation';
import { aPlace, type Place } from '../parts/place';

const sealer = new Sealer('ab'.repeat(32));
const log = new ChangeLogStore(sealer);

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

async function aUnitId(): Promise<string> {
  const liveGenerationId = await aGeneration(database, new ContentWriter(sealer));
  const unit = await database.read(({ manager }) =>
    manager.findOneByOrFail(UnitEntity, { liveGenerationId }),
  );
  return unit.id;
}

const append = (unitId: string, changes: Change[], revision = 2) =>
  database.transaction((db) =>
    log.append(db, { unitId, revision, cause: 'EDIT', byUserId: null, at: new Date() }, changes),
  );

test('objects that are larger together than one packet of the database are logged before and after', async () => {
  const unitId = await aUnitId();
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const large = (id: string, letter: string) => aConfigKey(id, { value: letter.repeat(2 * 1024 * 1024) });
  await append(
    unitId,
    ids.map((id) => ({ kind: 'CONFIG_KEY', id, before: large(id, 'x'), after: large(id, 'y') })),
  );
  const before = await database.read((db) => log.statesAt(db, unitId, 1, 'CONFIG_KEY', ids));
  expect(ids.map((id) => before.get(id)?.value === large(id, 'x').value)).toEqual(ids.map(() => true));
  expect(await database.read((db) => countHistory(db, { unitId }))).toBe(ids.length);
});

test('more changes than one statement holds keep their order, each with what it did', async () => {
  const unitId = await aUnitId();
  const operations = ['CREATE', 'UPDATE', 'DELETE'] as const;
  const changes = Array.from({ length: 1_100 }, (_, number): Change => {
    const [id, operation] = [`r${number}`, operations[number % 3]];
    return {
      kind: 'PROFILE',
      id,
      ...(operation !== 'CREATE' && { before: aProfile(`before ${number}`) }),
      ...(operation !== 'DELETE' && { after: aProfile(`after ${number}`) }),
    };
  });
  await append(unitId, changes);
  const lines = await database.read((db) => log.history(db, { unitId }, 2_000));
  expect(lines.map(({ number, objectId, operation }) => [number, objectId, operation])).toEqual(
    changes.map(({ id }, number) => [number, id, operations[number % 3]]),
  );
  expect(lines[1]).toMatchObject({ objectName: 'after 1', revision: 2 });
  expect(lines[2]).toMatchObject({ objectName: 'before 2' });
});

test('what an object was at a revision is what its first change since then found', async () => {
  const unitId = await aUnitId();
  const states = Array.from({ length: 5 }, (_, value) => aConfigKey('a', { value }));
  for (let revision = 2; revision <= 5; revision++) {
    const [before, after] = [states[revision - 2]!, states[revision - 1]!];
    await append(unitId, [{ kind: 'CONFIG_KEY', id: 'a', before, after }], revision);
  }
  await append(unitId, [{ kind: 'CONFIG_KEY', id: 'b', after: aConfigKey('b') }], 6);
  const at = async (revision: number) => {
    const found = await database.read((db) =>
      log.statesAt(db, unitId, revision, 'CONFIG_KEY', ['a', 'b', 'c']),
    );
    return [...found].map(([id, state]) => [id, state?.value]).sort();
  };
  expect(await at(1)).toEqual([
    ['a', 0],
    ['b', undefined],
  ]);
  expect(await at(3)).toEqual([
    ['a', 2],
    ['b', undefined],
  ]);
  expect(await at(5)).toEqual([['b', undefined]]);
  expect(await at(6)).toEqual([]);
});
