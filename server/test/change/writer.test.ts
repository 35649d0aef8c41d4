import fc from 'fast-check';
import { evaluate } from '../../src/change/evaluate';
import { byKind, type Slice } from '../../src/change/slice';
import { sliceLoader } from '../../src/change/slice.loader';
import { loadSlice } from '../../src/change/slice-request';
import { type Change, kinds } from '../../src/change/task';
import { aConfigKey, aPlugin, aProfile } from '../../src/change/testing/builders';
import { intents } from '../../src/change/testing/intents';
import { beginning, fileOf, minter } from '../../src/change/testing/run';
import { landed, plain, told } from '../../src/change/testing/world';
import { wholeSlice } from '../../src/change/whole-configuration';
import { ContentStore } from '../../src/configuration/content.store';
import { ContentWriter } from '../../src/configuration/content.writer';
import { type Database, RolledBack } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { Sealer } from '../../src/storage/sealer';
import { aGeneration, creationOf } from '../parts/generation';
import { aPlace, type Place } from '../parts/place';

const sealer = new Sealer('ab'.repeat(32));
const content = new ContentStore(sealer);
const writer = new ContentWriter(sealer);
const runs = process.env.PROPERTY_RUNS
  ? { numRuns: Number(process.env.PROPERTY_RUNS) }
  : { numRuns: 60, seed: 20260101 };

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

/** A generation with the configuration that every run begins with. */
const aBeginning = () => aGeneration(database, writer, creationOf(beginning));

/** Everything that stands in the tables of a generation. */
async function stored(generationId: string): Promise<Slice> {
  const objects = byKind(() => new Map());
  await database.read(async (db) => {
    for (const kind of kinds) {
      for (const { id, value } of await content.list(db, generationId, kind, {}, 5000))
        objects[kind].set(id, value);
    }
  });
  return wholeSlice(objects);
}

test('what the writer writes under immediate constraints is what the core said, in any order of changes', async () => {
  const generationId = await aBeginning();
  let written = 0;
  await fc.assert(
    fc.asyncProperty(intents(12), fc.infiniteStream(fc.nat()), async (intended, numbers) => {
      const tasks = fileOf(beginning, intended, minter());
      const { changes, conflicts } = evaluate(beginning, tasks);
      expect(conflicts).toEqual([]);
      const shuffled = changes
        .map((change) => ({ change, place: Number(numbers.next().value) }))
        .sort((a, b) => a.place - b.place)
        .map(({ change }) => change);
      const found = await database.transaction<unknown>(async (db) => {
        await writer.write(db, generationId, shuffled);
        const objects = byKind(() => new Map());
        for (const kind of kinds) {
          for (const { id, value } of await content.list(db, generationId, kind, {}, 1000))
            objects[kind].set(id, value);
        }
        return new RolledBack(plain(wholeSlice(objects)));
      });
      expect(found).toEqual(plain(landed(beginning, changes)));
      written += changes.length;
    }),
    runs,
  );
  expect(written).toBeGreaterThan(runs.numRuns);
  expect(plain(await stored(generationId))).toEqual(plain(beginning));
});

test('evaluating the slice that was loaded gives what evaluating everything gives', async () => {
  const generationId = await aBeginning();
  await fc.assert(
    fc.asyncProperty(intents(9), async (intended) => {
      const tasks = fileOf(beginning, intended, minter());
      const slice = await database.read((db) => loadSlice(sliceLoader(db, content, generationId), tasks));
      const [ofSlice, ofEverything] = [evaluate(slice, tasks), evaluate(beginning, tasks)];
      expect(told(ofSlice.conflicts)).toEqual(told(ofEverything.conflicts));
      expect(new Set(ofSlice.changes.map((change) => JSON.stringify(change)))).toEqual(
        new Set(ofEverything.changes.map((change) => JSON.stringify(change))),
      );
    }),
    runs,
  );
});

test('names are swapped, and objects that are created together point at each other', async () => {
  const generationId = await aBeginning();
  const [first, second] = ['q1', 'q2'] as const;
  const plugin = beginning.objects.PLUGIN.get('p1')!;
  const profile = (id: string) => beginning.objects.PROFILE.get(id)!;
  const changes: Change[] = [
    { kind: 'PROFILE', id: 'r1', before: profile('r1'), after: { ...profile('r1'), name: 'b' } },
    { kind: 'PROFILE', id: 'r2', before: profile('r2'), after: { ...profile('r2'), name: 'A' } },
    {
      kind: 'PLUGIN',
      id: first,
      after: { ...plugin, bundle: 'org.q1', mappings: { k: { pluginId: second, name: 'm' } } },
    },
    {
      kind: 'PLUGIN',
      id: second,
      after: { ...plugin, bundle: 'org.q2', mappings: { k: { pluginId: first, name: 'm' } } },
    },
  ];
  await database.transaction((db) => writer.write(db, generationId, changes));
  expect(plain(await stored(generationId))).toEqual(plain(landed(beginning, changes)));
});

test('more names than one statement holds are passed on in a ring, and nothing else is touched', async () => {
  const count = 1_201;
  const numbers = Array.from({ length: count }, (_, number) => number);
  const before = numbers.flatMap((number): Change[] => [
    { kind: 'PROFILE', id: `r${number}`, after: aProfile(`name ${number}`, { roles: ['USER'] }) },
    { kind: 'PLUGIN', id: `p${number}`, after: aPlugin(`name-${number}`) },
  ]);
  const bystanders: Change[] = [
    { kind: 'PROFILE', id: 'bystander', after: aProfile('Bystander') },
    { kind: 'PLUGIN', id: 'bystander', after: aPlugin('bystander') },
  ];
  const generationId = await aGeneration(database, writer, [...before, ...bystanders]);
  const changes = before.map(({ kind, id, after }, index): Change => {
    const next = before[(index + 2) % before.length]!.after!;
    const handedOn = kind === 'PROFILE' ? { name: next.name } : { bundle: next.bundle, enabled: false };
    return { kind, id, before: after, after: { ...after, ...handedOn } };
  });

  await database.transaction((db) => writer.write(db, generationId, changes));

  const objects = byKind(() => new Map());
  for (const { kind, id, after } of [...bystanders, ...changes]) objects[kind].set(id, after);
  expect(plain(await stored(generationId))).toEqual(plain(wholeSlice(objects)));
});

test('a name that somebody else has is an error of the database, which overwrites nobody', async () => {
  const generationId = await aBeginning();
  const profile = beginning.objects.PROFILE.get('r1')!;
  const taking: Change = { kind: 'PROFILE', id: 'r1', before: profile, after: { ...profile, name: 'B' } };
  await expect(database.transaction((db) => writer.write(db, generationId, [taking]))).rejects.toThrow(
    /name_key/,
  );
  expect(plain(await stored(generationId))).toEqual(plain(beginning));
});

test('values that are larger together than one packet of the database are written, created or updated', async () => {
  const ids = Array.from({ length: 7 }, (_, number) => `large ${number}`);
  const large = (id: string, letter: string) => aConfigKey(id, { value: letter.repeat(3 * 1024 * 1024) });
  const creations = ids.map((id): Change => ({ kind: 'CONFIG_KEY', id, after: large(id, 'a') }));
  const updates = ids.map((id): Change => ({
    kind: 'CONFIG_KEY',
    id,
    before: large(id, 'a'),
    after: large(id, 'b'),
  }));
  const generationId = await aGeneration(database, writer, creations, updates);
  const found = await database.read((db) => content.list(db, generationId, 'CONFIG_KEY', {}, 10));
  expect(found.map(({ id, value }) => [id, value.value === large(id, 'b').value])).toEqual(
    ids.map((id) => [id, true]),
  );
});
