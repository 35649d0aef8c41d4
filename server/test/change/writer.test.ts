import fc from 'fast-check';
import { sameObject } from '../../src/change/core/canonical';
import { evaluate } from '../../src/change/core/evaluation/evaluate';
import { record } from '../../src/change/core/recording/record';
import { byKind, type Slice } from '../../src/change/core/slice';
import { sliceLoader } from '../../src/change/slice.loader';
import { loadSlice } from '../../src/change/core/slice-request';
import { type Change, kinds } from '../../src/change/core/task';
import { aConfigKey, aPlugin, aProfile } from '../../src/change/core/testing/builders';
import { intents } from '../../src/change/core/testing/intents';
import { afterEdits, beginning, fileOf, minter, recording } from '../../src/change/core/testing/run';
import { landed, plain, sorted, told } from '../../src/change/core/testing/world';
import { wholeSlice } from '../../src/change/core/whole-configuration';
import { ContentStore } from '../../src/configuration/content.store';
import { ContentWriter } from '../../src/configuration/content.writer';
import { type Database, type Db, RolledBack } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { Sealer } from '../../src/storage/sealer';
import { aGeneration, creationOf } from '../parts/generation';
import { aPlace, type Place } from '../parts/place';

const sealer = new Sealer('ab'.repeat(32));
const content = new ContentStore(sealer);
const writer = new ContentWriter(sealer);
const { PROPERTY_RUNS: askedRuns, PROPERTY_SEED: seed } = process.env;
const runs = {
  numRuns: askedRuns ? Number(askedRuns) : 60,
  ...(askedRuns && !seed ? {} : { seed: Number(seed ?? 20260101) }),
};

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
const stored = (generationId: string): Promise<Slice> => database.read((db) => storedIn(db, generationId));

async function storedIn(db: Db, generationId: string): Promise<Slice> {
  const objects = byKind(() => new Map());
  for (const kind of kinds) {
    for (const { id, value } of await content.list(db, generationId, kind, {}, 5000))
      objects[kind].set(id, value);
  }
  return wholeSlice(objects);
}

/** What turns one configuration into another. */
function changesBetween(from: Slice, to: Slice): Change[] {
  return kinds.flatMap((kind) => {
    const [before, after] = [from.objects[kind], to.objects[kind]];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
      const change: Change = { kind, id, before: before.get(id), after: after.get(id) };
      return sameObject(change.before, change.after) ? [] : [change];
    });
  });
}

test('what the writer writes under immediate constraints is what the core said, in any order of changes', async () => {
  const generationId = await aBeginning();
  let written = 0;
  await fc.assert(
    fc.asyncProperty(intents(12), intents(5), fc.infiniteStream(fc.nat()), async (mine, theirs, numbers) => {
      const mint = minter();
      const tasks = fileOf(beginning, mine, mint);
      const live = afterEdits(beginning, theirs, mint);
      const { changes } = evaluate(live, tasks);
      const shuffled = changes
        .map((change) => ({ change, place: Number(numbers.next().value) }))
        .sort((a, b) => a.place - b.place)
        .map(({ change }) => change);
      const found = await database.transaction<unknown>(async (db) => {
        await writer.write(db, generationId, changesBetween(beginning, live));
        await writer.write(db, generationId, shuffled);
        return new RolledBack(plain(await storedIn(db, generationId)));
      });
      expect(found).toEqual(plain(landed(live, changes)));
      written += changes.length;
    }),
    runs,
  );
  expect(written).toBeGreaterThan(runs.numRuns);
  expect(plain(await stored(generationId))).toEqual(plain(beginning));
});

test('13: evaluating and recording on the slice that was loaded gives what everything gives', async () => {
  const generationId = await aBeginning();
  let [inConflict, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(intents(5), intents(9), intents(5), async (mine, theirs, later) => {
      const mint = minter();
      const tasks = fileOf(beginning, mine, mint);
      const live = afterEdits(beginning, theirs, mint);
      const steps = recording(live, later, mint, tasks);
      const slices = await database.transaction<Slice[]>(async (db) => {
        await writer.write(db, generationId, changesBetween(beginning, live));
        const load = sliceLoader(db, content, generationId);
        const loaded = [await loadSlice(load, tasks)];
        for (const { before, operation } of steps) loaded.push(await loadSlice(load, before, [operation]));
        return new RolledBack(loaded);
      });
      const [ofSlice, ofEverything] = [evaluate(slices[0]!, tasks), evaluate(live, tasks)];
      expect(told(ofSlice.conflicts)).toEqual(told(ofEverything.conflicts));
      expect(ofSlice.satisfied).toEqual(ofEverything.satisfied);
      expect(inFull(ofSlice.changes)).toEqual(inFull(ofEverything.changes));
      inConflict += ofSlice.conflicts.length;
      steps.forEach(({ before, operation }, index) => {
        const onSlice = record(slices[index + 1]!, before, [operation]);
        const onEverything = record(live, before, [operation]);
        expect(inFull(onSlice.tasks ?? [])).toEqual(inFull(onEverything.tasks ?? []));
        expect(told(onSlice.refused ?? [])).toEqual(told(onEverything.refused ?? []));
        if (onSlice.refused) refused += 1;
      });
    }),
    runs,
  );
  expect(inConflict).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

/** Tasks or changes, whatever their order and that of their keys. */
const inFull = (items: readonly unknown[]) => items.map((item) => JSON.stringify(sorted(item))).sort();

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
    { kind: 'PROFILE', id: `r${number}`, after: aProfile(`näme ${number} 🎉`, { roles: ['USER'] }) },
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
  // Not `rejects.toThrow`: the driver makes its errors where it was first loaded, which may be in another suite.
  const refused = await database
    .transaction((db) => writer.write(db, generationId, [taking]))
    .catch((error: unknown) => error as Error);
  expect(refused?.message).toMatch(/name_key/);
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
