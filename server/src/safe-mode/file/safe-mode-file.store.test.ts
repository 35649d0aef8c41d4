import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { aUnit, recorded, remove } from '../../change/core/testing/builders';
import { DirectoryStore } from '../../storage/directory-store';
import { type ObjectStore } from '../../storage/object-store';
import { NewerVersion, Unreadable } from './file-refusals';
import { type SafeModeFile } from './safe-mode-file';
import { type FilePointer, SafeModeFileStore } from './safe-mode-file.store';
import { aFile, anotherKey, serverKey } from './testing/a-file';

let directory: string;
let objects: DirectoryStore;
let files: SafeModeFileStore;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'safe-mode-files-'));
  objects = new DirectoryStore(directory);
  files = new SafeModeFileStore(objects, serverKey);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const live = aUnit({ configKeys: { k: { value: 'hidden', secret: true } }, profiles: { r: {} } });
const tasks = recorded(live, remove('CONFIG_KEY', 'k'), remove('PROFILE', 'r'));

async function put(file: SafeModeFile, store = files): Promise<FilePointer> {
  const objectKey = store.newKey(file);
  const { content, sha256, bytes } = store.encode(file);
  await store.put(objectKey, content);
  return { objectKey, sha256, bytes };
}

const overwrite = ({ objectKey }: FilePointer, content: Uint8Array) =>
  writeFile(path.join(directory, objectKey), content);
const sha256Of = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const refusalOf = (reading: Promise<SafeModeFile>) =>
  reading.then(
    () => undefined,
    (error: unknown) => error,
  );
const damaged = expect.objectContaining({
  code: 'SAFE_MODE_UNREADABLE',
  fault: 'DAMAGED',
  extensions: { fault: 'DAMAGED' },
}) as unknown;

test('a file is read as it was put', async () => {
  const file = aFile({ revision: 3, tasks });
  expect(await files.read(await put(file), file)).toStrictEqual(file);
});

test('a key tells unit, safe mode and revision, and is never given twice', () => {
  const keys = Array.from({ length: 100 }, () => files.newKey(aFile({ revision: 3 })));
  expect(new Set(keys).size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^safe-modes\/unit\/safe-mode\/3-[0-9a-f]{16}\.json$/);
});

test('what is encoded is told by its length and its hash', () => {
  const { content, sha256, bytes } = files.encode(aFile({ tasks }));
  expect(bytes).toBe(content.length);
  expect(sha256).toBe(sha256Of(content));
  expect(content.includes('hidden')).toBe(false);
});

test('a file that is gone is unreadable, and only deleting is left', async () => {
  const pointer = await put(aFile());
  await objects.remove(pointer.objectKey);
  const refusal = await refusalOf(files.read(pointer, aFile()));
  expect(refusal).toBeInstanceOf(Unreadable);
  expect(refusal).toMatchObject({ code: 'SAFE_MODE_UNREADABLE', fault: 'GONE' });
  expect((refusal as Unreadable).message).toMatch(/gone.*delete the safe mode/);
});

test('a file with any byte changed is never accepted', async () => {
  const file = aFile({ tasks });
  const pointer = await put(file);
  const { content } = files.encode(file);
  await overwrite(pointer, content);
  const current = { ...pointer, sha256: sha256Of(content) };
  for (let flip = 0; flip < 1000; flip += 1) {
    const flipped = Buffer.from(content);
    const at = Math.floor(Math.random() * flipped.length);
    flipped[at]! ^= 1 << Math.floor(Math.random() * 8);
    await overwrite(current, flipped);
    expect(await refusalOf(files.read(current, file))).toEqual(damaged);
  }
});

test('a file that was cut or went on is never accepted', async () => {
  const file = aFile({ tasks });
  const pointer = await put(file);
  const { content } = files.encode(file);
  for (let length = 0; length < content.length; length += 7) {
    await overwrite(pointer, content.subarray(0, length));
    expect(await refusalOf(files.read(pointer, file))).toEqual(damaged);
  }
  for (const more of [' ', '\n', '{}', ' '.repeat(100_000)]) {
    await overwrite(pointer, Buffer.concat([content, Buffer.from(more)]));
    expect(await refusalOf(files.read(pointer, file))).toEqual(damaged);
  }
});

test('a file of another length than its pointer says is never accepted', async () => {
  const pointer = await put(aFile({ tasks }));
  for (const bytes of [0, pointer.bytes - 1, pointer.bytes + 1])
    expect(await refusalOf(files.read({ ...pointer, bytes }, aFile()))).toEqual(damaged);
});

test('an object that never ends is not read to its end', async () => {
  let given = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) {
        given += 1000;
        yield Buffer.alloc(1000);
      }
    })(),
    { highWaterMark: 1 },
  );
  const reading = new SafeModeFileStore({ ...away, get: () => Promise.resolve(endless) }, serverKey).read(
    { objectKey: 'x', sha256: '', bytes: 5000 },
    aFile(),
  );
  expect(await refusalOf(reading)).toEqual(damaged);
  expect(endless.destroyed).toBe(true);
  expect(given).toBeLessThan(10_000);
});

test('the file of another safe mode or revision is damaged, however whole', async () => {
  const pointer = await put(aFile({ revision: 2, tasks }));
  expect(await refusalOf(files.read(pointer, { safeModeId: 'another', revision: 2 }))).toEqual(damaged);
  expect(await refusalOf(files.read(pointer, { safeModeId: 'safe-mode', revision: 3 }))).toEqual(damaged);
});

test('a file that was put in the place of another is damaged', async () => {
  const [mine, others] = [aFile({ tasks }), aFile({ safeModeId: 'another', tasks })];
  const pointer = await put(mine);
  await overwrite(pointer, files.encode(others).content);
  expect(await refusalOf(files.read(pointer, mine))).toEqual(damaged);
});

test('secrets sealed under another server key make a file damaged', async () => {
  const file = aFile({ tasks });
  const pointer = await put(file, new SafeModeFileStore(objects, anotherKey));
  expect(await refusalOf(files.read(pointer, file))).toEqual(damaged);
});

test('a file of a newer version is refused as such, and not as damaged', async () => {
  const content = Buffer.from(JSON.stringify({ schemaVersion: 2 }));
  await objects.put('newer.json', Readable.from([content]));
  const pointer = { objectKey: 'newer.json', sha256: sha256Of(content), bytes: content.length };
  const refusal = await refusalOf(files.read(pointer, aFile()));
  expect(refusal).toBeInstanceOf(NewerVersion);
  expect(refusal).toMatchObject({ code: 'NEWER_VERSION', extensions: { found: 2, known: 1 } });
});

const unreachable = new Error('connection refused');
const away: ObjectStore = {
  put: () => Promise.reject(unreachable),
  get: () => Promise.reject(unreachable),
  size: () => Promise.reject(unreachable),
  remove: () => Promise.reject(unreachable),
  removeUnfinished: () => Promise.reject(unreachable),
  // eslint-disable-next-line require-yield -- It fails before it has anything to give.
  async *list() {
    await Promise.reject(unreachable);
  },
};

test('a store that is away says nothing about the file', async () => {
  const store = new SafeModeFileStore(away, serverKey);
  const pointer = { objectKey: 'x', sha256: '', bytes: 10 };
  expect(await refusalOf(store.read(pointer, aFile()))).toBe(unreachable);
  await expect(store.put('x', Buffer.from('x'))).rejects.toBe(unreachable);
});

test('nor does one that goes away while it is read', async () => {
  const breaking = Readable.from(
    (async function* () {
      yield Buffer.from('{"schema');
      await Promise.reject(unreachable);
    })(),
  );
  const store = new SafeModeFileStore({ ...away, get: () => Promise.resolve(breaking) }, serverKey);
  const reading = store.read({ objectKey: 'x', sha256: '', bytes: 10 }, aFile());
  expect(await refusalOf(reading)).toBe(unreachable);
});
