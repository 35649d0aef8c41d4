import fc from 'fast-check';
import { type Change, type Id, type Kind, kinds } from '../../src/change/core/task';
import { aConfigKey, aProfile } from '../../src/change/core/testing/builders';
import { count, expectReached } from '../../src/change/core/testing/reached';
import { type ConfigurationReader } from '../../src/configuration/configuration-reader';
import { ContentStore, type ListPosition, type Stored } from '../../src/configuration/content.store';
import { ContentWriter } from '../../src/configuration/content.writer';
import { descriptors } from '../../src/configuration/descriptors';
import { LiveReader } from '../../src/configuration/live-reader';
import { Overlay } from '../../src/configuration/overlay';
import { OverlayReader } from '../../src/configuration/overlay-reader';
import { tables } from '../../src/configuration/tables';
import { roles } from '../../src/access/role';
import { type Database } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { Sealer } from '../../src/storage/sealer';
import { aGeneration } from '../parts/generation';
import { aPlace, type Place } from '../parts/place';
import { type ListRun, listRun, overlayRun, type Run } from './overlay-runs';

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

async function liveReader(...writes: Change[][]): Promise<LiveReader> {
  return new LiveReader(database, content, await aGeneration(database, writer, ...writes));
}

/** The same configuration twice: with the changes laid over it, and with them written into it. */
async function bothReaders({ live, changes }: Run) {
  return {
    overlaid: new OverlayReader(await liveReader(live), new Overlay(changes)),
    written: await liveReader(live, changes),
  };
}

test('every list that is read with changes laid over it is the list that has them written', async () => {
  await fc.assert(
    fc.asyncProperty(overlayRun, fc.array(listRun, { minLength: 12, maxLength: 12 }), async (run, lists) => {
      const { overlaid, written } = await bothReaders(run);
      for (const list of lists) {
        const pages = await pagesOf(written, list);
        expect(await pagesOf(overlaid, list)).toEqual(pages);
        const total = pages.flat().length;
        expect(await overlaid.count(list.kind, list.query)).toBe(total);
        expect(await written.count(list.kind, list.query)).toBe(total);
        countList(list, total);
      }
    }),
    runs,
  );
  expectReached(
    ...kinds.flatMap((kind) => Object.keys(tables[kind].sorts).map((sort) => `by ${kind} ${sort}`)),
  );
  expectReached(...roles.map((role) => `found something for ${role}`));
  expectReached('found something backwards', 'found something by search', 'found nothing');
});

test('every object, holder of a key and referrer is found as if the changes were written', async () => {
  await fc.assert(
    fc.asyncProperty(overlayRun, async (run) => {
      const { overlaid, written } = await bothReaders(run);
      for (const { kind, id } of namesIn(run)) {
        const object = await written.object(kind, id);
        expect(await overlaid.object(kind, id)).toEqual(object);
        const referrers = await written.referrers(kind, id);
        expect(await overlaid.referrers(kind, id)).toEqual(referrers);
        count(object ? 'an object' : 'no object');
        if (referrers.length > 0) count('referrers');
      }
      for (const [kind, key] of keysIn(run)) {
        const holder = await written.withKey(kind, key);
        expect(await overlaid.withKey(kind, key)).toEqual(holder);
        count(holder ? 'a holder' : 'no holder');
      }
    }),
    runs,
  );
  expectReached('an object', 'no object', 'referrers', 'a holder', 'no holder');
});

test('an object that only a task in conflict creates is found by its id and nowhere else', async () => {
  const draft = { kind: 'PROFILE', id: 'mine', value: aProfile('mine', { name: 'Sales' }) } as const;
  const live = await liveReader([
    { kind: 'PROFILE', id: 'theirs', after: aProfile('theirs', { name: 'sales' }) },
  ]);
  const reader = new OverlayReader(live, new Overlay([], [draft]));
  expect(await reader.object('PROFILE', 'mine')).toEqual(draft.value);
  expect((await reader.withKey('PROFILE', 'sales'))?.id).toBe('theirs');
  expect((await reader.list('PROFILE', {}, 10)).map(({ id }) => id)).toEqual(['theirs']);
  expect(await reader.count('PROFILE', {})).toBe(1);
});

test('a draft hides neither what is live nor that something is deleted', async () => {
  const [here, gone, drafted] = ['here', 'gone', 'draft'].map((id) => aConfigKey(id));
  const live = await liveReader([
    { kind: 'CONFIG_KEY', id: 'here', after: here },
    { kind: 'CONFIG_KEY', id: 'gone', after: gone },
  ]);
  const overlay = new Overlay(
    [{ kind: 'CONFIG_KEY', id: 'gone', before: gone }],
    ['here', 'gone', 'draft'].map((id) => ({ kind: 'CONFIG_KEY', id, value: drafted! })),
  );
  const reader = new OverlayReader(live, overlay);
  expect(await reader.object('CONFIG_KEY', 'here')).toEqual(here);
  expect(await reader.object('CONFIG_KEY', 'gone')).toBeUndefined();
  expect(await reader.object('CONFIG_KEY', 'draft')).toEqual(drafted);
});

describe('with 1,000 changes of 5,000 objects', () => {
  const key = (number: number) => `key ${String(number).padStart(4, '0')}`;
  const keys = Array.from({ length: 5_000 }, (_, number) => key(number));
  const update = (id: Id): Change => ({
    kind: 'CONFIG_KEY',
    id,
    before: aConfigKey(id),
    after: aConfigKey(id, { value: 'changed' }),
  });
  const removal = (id: Id): Change => ({ kind: 'CONFIG_KEY', id, before: aConfigKey(id) });
  let live: LiveReader;

  beforeAll(async () => {
    live = await liveReader(keys.map((id) => ({ kind: 'CONFIG_KEY', id, after: aConfigKey(id) })));
  });

  test.each([
    ['updates here and there', 5, update, 1],
    ['updates of the first thousand', 1, update, 1],
    ['removals here and there', 5, removal, 2],
    ['removal of the first thousand', 1, removal, 3],
  ])('a page of 50 over %s takes few live pages', async (_, step, change, most) => {
    const changed = keys.filter((_, number) => number % step === 0).slice(0, 1_000);
    const counted = countingLists(live);
    const reader = new OverlayReader(counted.reader, new Overlay(changed.map(change)));

    const page = await reader.list('CONFIG_KEY', {}, 50);

    const remaining = change === update ? keys : keys.filter((id) => !changed.includes(id));
    expect(page.map(({ id }) => id)).toEqual(remaining.slice(0, 50));
    expect(page.filter(({ value }) => value.value === 'changed')).toHaveLength(
      change === update ? 50 / step : 0,
    );
    expect(counted.calls()).toBeLessThanOrEqual(most);
  });

  test('what changes far behind long removed stretches waits for what is unchanged before it', async () => {
    const stretch = fc.record({ from: fc.nat(4_999), length: fc.integer({ min: 1, max: 400 }) });
    const few = fc.array(stretch, { minLength: 1, maxLength: 4 });
    const spots = fc.array(fc.nat(4_999), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        few,
        spots,
        fc.boolean(),
        fc.nat(4_999),
        async (stretches, added, descending, start) => {
          const removed = new Set(stretches.flatMap(({ from, length }) => keys.slice(from, from + length)));
          const created = new Set(added.map((number) => `${key(number)} and more`));
          const creations = [...created].map((id): Change => ({
            kind: 'CONFIG_KEY',
            id,
            after: aConfigKey(id),
          }));
          const counted = countingLists(live);
          const reader = new OverlayReader(
            counted.reader,
            new Overlay([...[...removed].map(removal), ...creations]),
          );
          const ascending = [...keys.filter((id) => !removed.has(id)), ...created].sort();
          const expected = descending
            ? ascending.filter((id) => id < key(start)).reverse()
            : ascending.filter((id) => id > key(start));

          const page = await reader.list('CONFIG_KEY', { descending }, 50, {
            sortValue: key(start),
            id: key(start),
          });

          expect(page.map(({ id }) => id)).toEqual(expected.slice(0, 50));
          expect(counted.calls()).toBeLessThanOrEqual(3);
          count(`${counted.calls()} live pages`);
        },
      ),
      runs,
    );
    expectReached('1 live pages', '2 live pages', '3 live pages');
  });

  test('a kind without changes is read as it is', async () => {
    const counted = countingLists(live);
    const reader = new OverlayReader(
      counted.reader,
      new Overlay([{ kind: 'PROFILE', id: 'new', after: aProfile('new') }]),
    );
    expect(await reader.list('CONFIG_KEY', {}, 2)).toEqual(await live.list('CONFIG_KEY', {}, 2));
    expect(counted.calls()).toBe(1);
  });
});

async function pagesOf(reader: ConfigurationReader, { kind, query, pageSize }: ListRun): Promise<Stored[][]> {
  const sort = tables[kind].sorts[query.sort ?? Object.keys(tables[kind].sorts)[0]!]!;
  const pages: Stored[][] = [];
  let after: ListPosition | undefined;
  for (;;) {
    const page = await reader.list(kind, query, pageSize, after);
    pages.push(page);
    const last = page.at(-1);
    if (!last || page.length < pageSize) return pages;
    after = { sortValue: sort.of(last.id, last.value), id: last.id };
  }
}

function countList({ kind, query: { sort, search, viewer, descending } }: ListRun, total: number): void {
  if (total === 0) return count('found nothing');
  if (sort !== undefined) count(`by ${kind} ${sort}`);
  if (viewer) count(`found something for ${viewer.role}`);
  if (search !== undefined) count('found something by search');
  if (descending) count('found something backwards');
}

const namesIn = ({ live, changes }: Run) => [...live, ...changes, { kind: 'PROFILE' as const, id: 'nobody' }];

function keysIn({ live, changes }: Run): [Kind, string][] {
  const values = [...live, ...changes].flatMap(({ kind, before, after }) =>
    [before, after].flatMap((value) => (value ? [{ kind, value }] : [])),
  );
  return values.flatMap(({ kind, value }): [Kind, string][] => {
    const key = descriptors[kind].unique ? descriptors[kind].keyOf(value) : undefined;
    return key === undefined ? [] : [[kind, key]];
  });
}

function countingLists(live: ConfigurationReader): { reader: ConfigurationReader; calls: () => number } {
  const list = jest.fn(live.list.bind(live));
  const reader: ConfigurationReader = {
    object: (kind, id) => live.object(kind, id),
    withKey: (kind, key) => live.withKey(kind, key),
    referrers: (kind, id) => live.referrers(kind, id),
    count: (kind, query) => live.count(kind, query),
    list,
  };
  return { reader, calls: () => list.mock.calls.length };
}
