import { Readable } from 'node:stream';
import { type ReadableStream } from 'node:stream/web';
import { gzipSync } from 'node:zlib';
import { Encrypter } from 'age-encryption';
import { startStreamWork, tryPasswords, type FileKey } from '../../src/backup/format/age/age-work';
import { inspectAgeHeader } from '../../src/backup/format/age/age-header';
import { CipherRefused, type ThroughAge } from '../../src/backup/format/age/stream-through-worker';
import { defaultLimits } from '../../src/backup/format/limits';
import { type BackupFacts } from '../../src/backup/format/lines/backup-header';
import { rowLine } from '../../src/backup/format/rows/row-line';
import { noCounts, type Rows, type Section, sections } from '../../src/backup/format/rows/section';
import { type BackupSource, type LineBatch } from '../../src/backup/format/writer';

export type SampleRows = { [S in Section]: Rows[S][] };

/** The rows of a small unit; sections that are given replace those of the sample. */
export function someRows(rows: Partial<SampleRows> = {}): SampleRows {
  return {
    plugins: [
      {
        id: '0190-clock',
        bundle: 'org.example.clock',
        manifest: {
          bundle: 'org.example.clock',
          name: 'Clock',
          author: { name: 'A. Writer' },
          version: '1.2.0',
        },
        enabled: true,
        configuration: { zone: 'Europe/Vienna', apiKey: 'k-1' },
        permissions: { 'clock.set': ['ADMIN', 'POWER_USER'] },
        mappings: { 'open.story': { pluginId: '0190-wire', name: 'openStory' } },
      },
      {
        id: '0190-wire',
        bundle: 'org.example.wire',
        manifest: { bundle: 'org.example.wire', name: 'Wire', author: [{ name: 'B' }], version: '0.9.1' },
        manifestUrl: 'https://plugins.example.org/wire.json',
        enabled: false,
        configuration: {},
        permissions: {},
        mappings: {},
      },
    ],
    workspaces: [
      {
        id: '0191-desk',
        name: 'News desk – Zürich',
        icon: { initials: 'ND', colour: '#224466' },
        layout: 'two-columns',
        shared: true,
      },
      { id: '0191-own', name: 'Mine', layout: 'single', shared: false, owner: 'ada@example.org' },
    ],
    applications: [
      {
        id: '0192-a',
        workspaceId: '0191-desk',
        pluginId: '0190-clock',
        area: 'side',
        position: 1,
        configuration: { size: 2 },
      },
      {
        id: '0192-b',
        workspaceId: '0191-own',
        pluginId: '0190-wire',
        area: 'main',
        position: 0,
        configuration: {},
      },
    ],
    profiles: [
      { id: '0193-all', name: 'Everybody', roles: ['ADMIN', 'USER'], workspaces: ['0191-own', '0191-desk'] },
      { id: '0193-none', name: 'Admins only', roles: [], workspaces: [] },
    ],
    configKeys: [
      { key: 'banner', value: 'Good morning', description: 'Shown on top', secret: false },
      {
        key: 'feed',
        value: { url: 'https://feed.example.org', tags: ['a', 'ü'], retry: null },
        secret: true,
      },
      { key: '\u{ff5e}', value: 1.5, secret: false },
      { key: '\u{1f600}', value: [true, false], secret: false },
    ],
    ...rows,
  };
}

export function factsFor(rows: SampleRows): BackupFacts {
  const counts = noCounts();
  for (const name of sections) counts[name] = rows[name].length;
  return {
    backupId: '01936f5e-0000-7000-8000-000000000001',
    createdAt: '2026-11-22T06:00:00.000Z',
    createdBy: { id: '0194-ada', name: 'Ada' },
    note: 'before the election',
    appVersion: '0.1.0',
    unit: { id: '0195-news', name: 'Newsroom', environment: 'dev' },
    unitRevision: 7,
    counts,
  };
}

export function sourceOf(rows: SampleRows): BackupSource {
  const batches = <S extends Section>(name: S): AsyncIterable<LineBatch> =>
    asStream(
      rows[name].length === 0
        ? []
        : [{ text: rows[name].map((row) => rowLine(name, row)).join(''), rows: rows[name].length }],
    );
  return {
    plugins: batches('plugins'),
    workspaces: batches('workspaces'),
    applications: batches('applications'),
    profiles: batches('profiles'),
    configKeys: batches('configKeys'),
  };
}

export async function* asStream<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

/** A file in pieces, as an upload gives it. */
export function inPieces(file: Uint8Array, pieceBytes = 10_000): AsyncIterable<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < file.length; at += pieceBytes) pieces.push(file.subarray(at, at + pieceBytes));
  return asStream(pieces);
}

export async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Any bytes under a password, as another program would encrypt them: no padding, no promise about the content. */
export async function encryptedByHand(plain: Uint8Array, password = 'pass', workFactor = 1): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(password);
  encrypter.setScryptWorkFactor(workFactor);
  return Buffer.from(await encrypter.encrypt(plain));
}

/** The text of a backup, packed and encrypted by hand. */
export function fileOfText(text: string | Uint8Array): Promise<Buffer> {
  return encryptedByHand(gzipSync(text, { level: 1 }));
}

/** The key of a file, derived in this thread. */
export async function keyOf(file: Uint8Array, password = 'pass'): Promise<FileKey> {
  const header = inspectAgeHeader(file, file.length, defaultLimits);
  const opening = await tryPasswords(header.bytes, [password]);
  if (opening.outcome !== 'opened') throw new Error(opening.outcome);
  return opening.fileKey;
}

/** The age library in this thread, for tests that read hundreds of files. */
export const throughAgeHere: ThroughAge = async function* (work, source) {
  let sourceFailure: Error | undefined;
  const watched = Readable.from(piecesOf(source));
  watched.on('error', (error: Error) => (sourceFailure = error));
  try {
    yield* await startStreamWork(work, Readable.toWeb(watched) as ReadableStream<Uint8Array>);
  } catch (error) {
    throw sourceFailure ?? new CipherRefused(String(error));
  }
};

async function* piecesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source)
    for (let at = 0; at < chunk.length; at += 65_536) yield new Uint8Array(chunk.subarray(at, at + 65_536));
}
