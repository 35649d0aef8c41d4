import { Readable } from 'node:stream';
import { ServiceUnavailable } from '../../src/refusal';
import {
  ObjectExists,
  ObjectMissing,
  type ObjectStore,
  ObjectStoreAway,
} from '../../src/storage/object-store';
import { describeOnSwift } from '../parts/swift';
import { bytesOf, content, digestOf, failingContent, MiB, someBytes, textOf } from './parts/content';
import { aDirectory, aSwiftBucket, type TestedStore } from './parts/drivers';

/** As the product makes them: exports, parts of uploads, safe modes. */
const keysOfTheProduct = [
  'exports/01900000-0000-7000-8000-0000000000e1.backup.age',
  'uploads/01900000-0000-7000-8000-0000000000a1/0-01900000-0000-7000-8000-0000000000b1',
  'uploads/01900000-0000-7000-8000-0000000000a1/8388608-01900000-0000-7000-8000-0000000000b2',
  'safe-modes/01900000-0000-7000-8000-0000000000c1/01900000-0000-7000-8000-0000000000d1/1-9f41c0ffee.json',
  'safe-modes/01900000-0000-7000-8000-0000000000c1/01900000-0000-7000-8000-0000000000d1/12-9f41c0ffef.json',
];

describe('in a directory', () => keepsTheContract(aDirectory));
describeOnSwift('on S3', () => keepsTheContract(aSwiftBucket));

/** What every driver promises. Each test has keys of its own below one prefix. */
function keepsTheContract(open: () => Promise<TestedStore>): void {
  let tested: TestedStore;
  let store: ObjectStore;
  let count = 0;
  beforeAll(async () => {
    tested = await open();
    store = tested.store;
  });
  afterAll(() => tested.close());
  beforeEach(() => void tested.faults.splice(0));

  const aKey = () => `tests/${++count}/object.json`;
  const keysBelow = async (prefix: string) => {
    const keys: string[] = [];
    for await (const { key } of store.list(prefix)) keys.push(key);
    return keys.sort();
  };
  const outcomeOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  test.each(keysOfTheProduct)(
    'what is put under %s is got again, and goes when it is removed',
    async (key) => {
      const text = `{"of": "${key}", "sign": "ü😀"}`;
      expect(await store.put(key, content(text))).toBe(Buffer.byteLength(text));
      expect(await store.size(key)).toBe(Buffer.byteLength(text));
      expect(await textOf(await store.get(key))).toBe(text);
      await store.remove(key);
      await expect(store.size(key)).rejects.toThrow(ObjectMissing);
      expect(tested.faults).toEqual([]);
    },
  );

  test('a part is read from a byte to the last one wanted, or to the end', async () => {
    const key = aKey();
    await store.put(key, content('0123456789'));
    const part = async (start: number, end?: number) => textOf(await store.get(key, { start, end }));
    expect(await part(0)).toBe('0123456789');
    expect(await part(0, 0)).toBe('0');
    expect(await part(3, 5)).toBe('345');
    expect(await part(7)).toBe('789');
    expect(await part(8, 1_000)).toBe('89');
    expect(await part(10)).toBe('');
    expect(await part(1_000, 2_000)).toBe('');
  });

  test('an empty object is an object', async () => {
    const key = aKey();
    expect(await store.put(key, content())).toBe(0);
    expect(await store.size(key)).toBe(0);
    expect(await textOf(await store.get(key))).toBe('');
    expect(await textOf(await store.get(key, { start: 0 }))).toBe('');
    expect(await keysBelow(key)).toEqual([key]);
  });

  test('what is not there is missing, and removing it does nothing', async () => {
    const key = aKey();
    for (const ask of [() => store.get(key), () => store.get(key, { start: 5 }), () => store.size(key)]) {
      const error = await outcomeOf(ask());
      expect(error).toBeInstanceOf(ObjectMissing);
      expect(error).toMatchObject({ key });
    }
    await store.remove(key);
    expect(tested.faults).toEqual([]);
  });

  test('a list has every key that begins with the prefix, on however many pages, with its time', async () => {
    const keys = Array.from({ length: 10 }, (_, index) => `lists/a${index % 2}/b${index}.json`);
    const before = Date.now();
    for (const key of [...keys, 'lists-not/a0/b0.json']) await store.put(key, content(key));

    expect(await keysBelow('lists/')).toEqual([...keys].sort());
    expect(await keysBelow('lists/a1/')).toEqual(keys.filter((key) => key.includes('a1')).sort());
    expect(await keysBelow('lists/a1/b')).toEqual(await keysBelow('lists/a1/'));
    expect(await keysBelow('lists')).toEqual([...keys, 'lists-not/a0/b0.json'].sort());
    expect(await keysBelow('nothing/')).toEqual([]);
    expect(await keysBelow('')).toEqual(expect.arrayContaining(keys));
    for await (const { modifiedAt } of store.list('lists/')) {
      // Stores tell whole seconds, and clocks of other machines differ.
      expect(Math.abs(modifiedAt.getTime() - before)).toBeLessThan(120_000);
    }
  });

  test('a key that has an object is refused, and the object stays as it is', async () => {
    const key = aKey();
    await store.put(key, content('first'));
    expect(await outcomeOf(store.put(key, content('second')))).toBeInstanceOf(ObjectExists);
    expect(await textOf(await store.get(key))).toBe('first');
    await store.remove(key);
    await store.put(key, content('third'));
    expect(await textOf(await store.get(key))).toBe('third');
  });

  test('twenty megabytes of unknown length arrive as they were sent', async () => {
    const key = aKey();
    const size = 20 * MiB + 17;
    expect(await store.put(key, Readable.from(someBytes(size), { objectMode: false }))).toBe(size);
    expect(await store.size(key)).toBe(size);
    expect(await digestOf(await store.get(key))).toEqual(await digestOf(someBytes(size)));
    const tail = await bytesOf(await store.get(key, { start: size - 100_000 }));
    expect(tail).toEqual(Buffer.concat([...someBytes(size)]).subarray(-100_000));
  });

  test.each([0, 10, 12 * MiB])('content that fails after %d bytes leaves no object', async (bytes) => {
    const key = aKey();
    const failure = new Error('the job was cancelled');
    expect(await outcomeOf(store.put(key, failingContent(bytes, failure)))).toBe(failure);
    await expect(store.get(key)).rejects.toThrow(ObjectMissing);
    expect(await keysBelow(key)).toEqual([]);
    expect(tested.faults).toEqual([]);
  });

  test('content that is given up half-way leaves no object', async () => {
    const key = aKey();
    const given = new Readable({ read: () => undefined });
    given.push('half');
    setTimeout(() => given.destroy(), 100);
    expect(await outcomeOf(store.put(key, given))).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(await keysBelow(key)).toEqual([]);
  });

  test('whoever stops reading, or never begins, is no fault of the store', async () => {
    const key = aKey();
    await store.put(key, Readable.from(someBytes(4 * MiB), { objectMode: false }));
    const unread = await store.get(key);
    unread.destroy();
    for await (const chunk of (await store.get(key)) as AsyncIterable<Buffer>) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(await store.size(key)).toBe(4 * MiB);
    expect(tested.faults).toEqual([]);
  });

  test.each(['', '/etc/passwd', 'a/../../b', 'a//b', 'a/', 'ü', 'a b', '..'])(
    'the key %j is a fault of ours, not of the store',
    async (key) => {
      for (const work of [store.put(key, content('x')), store.get(key), store.size(key), store.remove(key)]) {
        const error = await outcomeOf(work);
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(ObjectStoreAway);
      }
    },
  );

  test('a store that is away refuses everything, says so, and has lost nothing when it is back', async () => {
    const key = aKey();
    const another = aKey();
    await store.put(key, content('kept'));
    await tested.takeAway();
    const works: (() => Promise<unknown>)[] = [
      () => store.put(another, content('lost')),
      () => store.get(key),
      () => store.size(key),
      () => store.remove(key),
      () => keysBelow('tests/'),
    ];
    for (const work of works) {
      tested.faults.splice(0);
      const begun = Date.now();
      const error = await outcomeOf(work());
      expect(Date.now() - begun).toBeLessThan(12_000);
      expect(error).toBeInstanceOf(ObjectStoreAway);
      expect(error).toBeInstanceOf(ServiceUnavailable);
      expect((error as ObjectStoreAway).code).toBe('SERVICE_UNAVAILABLE');
      expect((error as ObjectStoreAway).message).toMatch(
        /object store cannot be reached. Nothing was changed/,
      );
      expect(tested.faults).toEqual([(error as ObjectStoreAway).cause]);
    }
    await tested.bringBack();
    expect(await textOf(await store.get(key))).toBe('kept');
    expect(await keysBelow(another)).toEqual([]);
    await store.put(another, content('again'));
    expect(await store.size(another)).toBe(5);
  });
}
