import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { readSettings } from '../../src/settings';
import { openObjectStore } from '../../src/storage/open-object-store';
import { freePort } from '../parts/free-port';
import { describeOnSwift } from '../parts/swift';
import { aBucket, type Bucket } from '../parts/swift-bucket';
import { content } from './parts/content';

interface Line {
  level: number;
  msg: string;
  text: string;
}

/** A log, and the next line that it gets. */
function aLog() {
  let heard: (line: Line) => void;
  const next = new Promise<Line>((resolve) => (heard = resolve));
  const log = pino({}, { write: (text) => heard({ ...(JSON.parse(text) as Line), text }) });
  return { log, next };
}

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'safeboard-open-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('without a bucket files are in the data directory', async () => {
  const { log } = aLog();
  await openObjectStore(readSettings({ DATA_DIR: dataDir }), log).put('a/b', content('x'));
  expect(await openObjectStore({ dataDir }, log).size('a/b')).toBe(1);
});

test('a store that is away at the start is logged, and keeps nobody from starting', async () => {
  const { log, next } = aLog();
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const location = {
    bucket: 'board',
    prefix: '',
    endpoint,
    forcePathStyle: true,
    checksums: 'WHEN_REQUIRED' as const,
  };
  const credentials = { accessKeyId: 'key', secretAccessKey: 'very-secret' };
  openObjectStore({ s3: { ...location, credentials }, dataDir }, log);
  const line = await next;
  expect([line.level, line.msg]).toEqual([50, 'S3 cannot be reached.']);
  expect(line.text).toContain('ECONNREFUSED');
  expect(line.text).not.toContain('very-secret');
});

describeOnSwift('a bucket at the start', () => {
  let bucket: Bucket;
  beforeAll(async () => {
    bucket = await aBucket();
  });
  afterAll(() => bucket.remove());

  const firstLine = async (changes: Record<string, string>) => {
    const { log, next } = aLog();
    openObjectStore(readSettings({ ...bucket.environment, DATA_DIR: dataDir, ...changes }), log);
    return next;
  };

  test('that answers is said to be used', async () => {
    const { level, msg } = await firstLine({});
    expect([level, msg]).toEqual([30, `Files are in the bucket ${bucket.environment.S3_BUCKET}`]);
  });

  test('that is not there is logged by its name', async () => {
    const { level, msg } = await firstLine({ S3_BUCKET: 'nobody-made-it' });
    expect([level, msg]).toEqual([50, expect.stringContaining('there is no bucket nobody-made-it')]);
  });

  test('that refuses the credentials is logged, and the secret is not', async () => {
    const { level, msg, text } = await firstLine({ AWS_SECRET_ACCESS_KEY: 'wrongly-remembered' });
    expect([level, msg]).toEqual([50, expect.stringContaining('refuses the credentials')]);
    expect(text).not.toContain('wrongly-remembered');
    expect(text).not.toMatch(/authorization/i);
  });
});
