import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DirectoryStore } from '../../src/storage/directory-store';
import { ObjectMissing, ObjectStoreAway } from '../../src/storage/object-store';
import { fromSource } from '../parts/from-source';
import { allOf, content, MiB } from './parts/content';

const run = promisify(execFile);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'safeboard-store-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test('where the disk takes no more, the store is away and leaves nothing half written', async () => {
  // A limit on the size of files stands for the full disk: any user may set it, and writing fails in the same place.
  const script = path.join(__dirname, 'parts/put-on-a-full-disk.ts');
  const command = `ulimit -f 1024 && exec "$0" -r "$1" "$2" "$3" ${4 * MiB}`;
  const { stdout } = await run('bash', ['-c', command, process.execPath, fromSource, script, directory], {
    env: { ...process.env, TMPDIR: directory },
  });
  expect(JSON.parse(stdout)).toEqual({ away: true, cause: 'EFBIG', written: 1 });
  expect(await readdir(path.join(directory, 'too'))).toEqual([]);
  expect((await allOf(new DirectoryStore(directory).list(''))).map(({ key }) => key)).toEqual([
    'small/enough',
  ]);
});

test('what a crash left half written is no object, and goes when it is old', async () => {
  const store = new DirectoryStore(directory);
  await store.put('exports/whole', content('x'));
  await mkdir(path.join(directory, 'uploads'));
  const old = path.join(directory, 'exports', 'old.0a1b2c3d4e5f.part');
  const young = path.join(directory, 'uploads', 'young.0a1b2c3d4e5f.part');
  await writeFile(old, 'half');
  await writeFile(young, 'half');
  const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
  await utimes(old, twoDaysAgo, twoDaysAgo);
  expect((await allOf(store.list(''))).map(({ key }) => key)).toEqual(['exports/whole']);

  await store.removeUnfinished(new Date(Date.now() - 24 * 3_600_000));
  expect(await readdir(path.join(directory, 'exports'))).toEqual(['whole']);
  expect(await readdir(path.join(directory, 'uploads'))).toEqual(['young.0a1b2c3d4e5f.part']);
});

test('a store without its directory is empty, until something is put', async () => {
  const store = new DirectoryStore(path.join(directory, 'not', 'yet'));
  expect(await allOf(store.list(''))).toEqual([]);
  await store.removeUnfinished(new Date());
  await store.put('a', content('x'));
  expect(await store.size('a')).toBe(1);
});

test('an object is missing only where the directory is there: a volume that is not mounted is a store that is away', async () => {
  const root = path.join(directory, 'volume', 'files');
  const faults: unknown[] = [];
  const store = new DirectoryStore(root, (fault) => faults.push(fault));
  await store.put('a', content('x'));
  await expect(store.get('b')).rejects.toThrow(ObjectMissing);
  await expect(store.size('b')).rejects.toThrow(ObjectMissing);
  expect(faults).toEqual([]);
  await rm(root, { recursive: true });
  await expect(store.get('a')).rejects.toThrow(ObjectStoreAway);
  await expect(store.size('a')).rejects.toThrow(ObjectStoreAway);
  expect(faults).toEqual(Array(2).fill(new Error(`There is no directory ${root}`)));
});

test('a list has everything that is below many directories', async () => {
  const store = new DirectoryStore(directory);
  const keys = Array.from({ length: 40 }, (_, index) => `safe-modes/unit-${index}/one/file.json`);
  for (const key of keys) await store.put(key, content('x'));
  expect((await allOf(store.list('safe-modes/'))).map(({ key }) => key).sort()).toEqual(keys.sort());
});
