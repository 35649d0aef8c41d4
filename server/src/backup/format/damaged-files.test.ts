import { gzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient, Encrypter, armor } from 'age-encryption';
import {
  asStream,
  collected,
  encryptedByHand,
  factsFor,
  gathered,
  inPieces,
  keyOf,
  someRows,
  sourceOf,
  throughAgeHere,
} from '../../../test/builders/backup-file';
import { inspectAgeHeader } from './age/age-header';
import { openHeader } from './age/age-stream';
import { type FileKey, tryPasswords } from './age/age-work';
import { BackupError } from './backup-error';
import { type BackupLimits, defaultLimits } from './limits';
import { openBackup } from './reader';
import { backupText, writeBackup } from './writer';

const isBackupError = (error: unknown): error is BackupError => error instanceof BackupError;

/** The code that reading a file ends with; `read` when it is accepted. */
async function outcome(
  file: Uint8Array,
  key: FileKey,
  limits: BackupLimits = defaultLimits,
): Promise<string> {
  try {
    const backup = await openBackup(inPieces(file), key, { limits, throughAge: throughAgeHere });
    await collected(backup.batches());
    return 'read';
  } catch (error) {
    if (isBackupError(error)) return error.code;
    throw error;
  }
}

/** The same, from the password on, as validating an upload does it. */
async function outcomeFromPassword(file: Uint8Array, password = 'pass'): Promise<string> {
  try {
    const header = inspectAgeHeader(file, file.length, defaultLimits);
    const opening = await tryPasswords(header.bytes, [password]);
    if (opening.outcome !== 'opened') return opening.outcome;
    return await outcome(file, opening.fileKey);
  } catch (error) {
    if (isBackupError(error)) return error.code;
    throw error;
  }
}

const inspected = (file: Uint8Array) => errorOf(() => inspectAgeHeader(file, file.length, defaultLimits));

function errorOf(act: () => unknown): BackupError {
  try {
    act();
  } catch (error) {
    if (isBackupError(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

async function refusal(file: Uint8Array, limits: BackupLimits = defaultLimits): Promise<BackupError> {
  const reading = openBackup(inPieces(file), await keyOf(file), { limits, throughAge: throughAgeHere });
  const error: unknown = await reading
    .then((backup) => collected(backup.batches()))
    .catch((thrown: unknown) => thrown);
  if (isBackupError(error)) return error;
  throw new Error(`not refused: ${String(error)}`);
}

let file: Buffer;
let text: Buffer;
let key: FileKey;

beforeAll(async () => {
  const rows = someRows();
  text = await gathered(backupText(factsFor(rows), sourceOf(rows)));
  file = await gathered(writeBackup(factsFor(rows), sourceOf(rows), { password: 'pass', workFactor: 1 }));
  key = await keyOf(file);
});

describe('before any password', () => {
  test('a file of 0 bytes is empty', () => {
    expect(inspected(Buffer.alloc(0)).code).toBe('EMPTY_FILE');
  });

  test.each([
    ['a ZIP archive', Buffer.from('PK\x03\x04rest', 'latin1')],
    ['a gzip file', gzipSync('x')],
    ['JSON', Buffer.from(' {"plugins": []}')],
    [
      'the text of a backup that is not encrypted',
      Buffer.from('{"t":"header","magic":"safeboard-backup"}\n'),
    ],
    ['an HTML page', Buffer.from('<!doctype html><title>Sign in</title>')],
    ['XML', Buffer.from('<?xml version="1.0"?><a/>')],
    ['an image (PNG)', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['an image (JPEG)', Buffer.from('\xff\xd8\xff\xe0', 'latin1')],
    ['an image (GIF)', Buffer.from('GIF89a')],
    ['an image (WebP)', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['a PDF document', Buffer.from('%PDF-1.7')],
    ['an SQLite database', Buffer.from('SQLite format 3\0')],
    ['plain text', Buffer.from('Dear admin, the backup is attached. Grüße')],
    ['binary data of an unknown kind', Buffer.from([1, 0, 200, 3])],
    ['an age file of another version of that format', Buffer.from('age-encryption.org/v9\n-> x\n')],
  ])('a file that looks like %s is not a backup and says so', (words, bytes) => {
    const error = inspected(bytes);
    expect(error.code).toBe('NOT_A_BACKUP');
    expect(error.message).toContain(words);
  });

  test('an age file for a key is not a backup, and neither is an armored one', async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()));
    const forKey = await encrypter.encrypt('x');
    expect(inspected(forKey).message).toContain('for a key instead of a password');
    expect(inspected(Buffer.from(armor.encode(file))).message).toContain('armored form');
  });

  test('a work factor above the limit is refused without deriving anything', async () => {
    const costly = Buffer.from(file.toString('latin1').replace(/^(-> scrypt \S+) 1$/m, '$1 19'), 'latin1');
    const error = inspected(costly);
    expect([error.code, error.facts]).toEqual(['KDF_TOO_COSTLY', { found: 19, maximum: 18 }]);
    const raised = { ...defaultLimits, workFactor: 20 };
    expect(inspectAgeHeader(costly, costly.length, raised).workFactor).toBe(19);
    expect(await outcome(costly, key)).toBe('KDF_TOO_COSTLY');
  });

  test('a header beyond its limit is too large', () => {
    const long = Buffer.from(`age-encryption.org/v1\n-> scrypt ${'A'.repeat(2_000)}`);
    expect([
      inspected(long.subarray(0, 1_500)).code,
      inspected(Buffer.concat([long, Buffer.from('\n')])).code,
    ]).toEqual(['TRUNCATED', 'TOO_LARGE']);
    expect(errorOf(() => inspectAgeHeader(long.subarray(0, 1_024), 5_000, defaultLimits)).code).toBe(
      'TOO_LARGE',
    );
  });

  test('a header with anything malformed is damaged', () => {
    const headerEnd = inspectAgeHeader(file, file.length, defaultLimits).bytes.length;
    for (const at of [33, 60, 100, headerEnd - 3]) {
      const bad = Buffer.from(file);
      bad[at] = 0x2a;
      expect(inspected(bad).code).toBe('DAMAGED');
    }
  });
});

describe('with a password', () => {
  test('another password is wrong, and the password in its raw form is tried too', async () => {
    const decomposed = 'Zu\u0308rich';
    const byHand = await encryptedByHand(text, decomposed);
    const header = inspectAgeHeader(byHand, byHand.length, defaultLimits);
    await expect(openHeader(header, 'Z\u00fcrich!')).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
    expect(await outcome(byHand, await openHeader(header, decomposed))).toBe('read');
  });

  test('a header that was changed outside of the password part is damaged, and the password is said to be right', async () => {
    const header = inspectAgeHeader(file, file.length, defaultLimits);
    const mac = header.bytes.lastIndexOf('--- ') + 4;
    header.bytes[mac] = header.bytes[mac] === 0x41 ? 0x42 : 0x41;
    const opening = openHeader(header, 'pass');
    await expect(opening).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(opening).rejects.toThrow('The password is right');
  });

  test('a password that is too long to be one is wrong and derives nothing', async () => {
    const header = inspectAgeHeader(file, file.length, defaultLimits);
    await expect(openHeader(header, 'x'.repeat(5_000))).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
  });

  test('the whole file is read', async () => {
    expect(await outcomeFromPassword(file)).toBe('read');
  });

  test('a file cut anywhere is never read, and is told to be cut nearly everywhere', async () => {
    const codes = new Map<string, number>();
    for (let end = 0; end < file.length; end += 1) {
      const code = await outcomeFromPassword(file.subarray(0, end));
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(codes.get('EMPTY_FILE')).toBe(1);
    // Lengths that an export can have are taken for changed bytes: one in 64.
    expect([...codes.keys()].sort()).toEqual(['DAMAGED', 'EMPTY_FILE', 'TRUNCATED']);
    expect(codes.get('DAMAGED')).toBeLessThan(file.length / 50);
  });

  test('a file of several sealed pieces that is cut at a multiple of 4 KiB is told to be cut', async () => {
    const noise = Array.from({ length: 60_000 }, (_, at) => Math.imul(at + 1, 0x9e3779b1) >>> 0);
    const rows = someRows({ configKeys: [{ key: 'noise', value: noise, secret: false }] });
    const big = await gathered(
      writeBackup(factsFor(rows), sourceOf(rows), { password: 'pass', workFactor: 1 }),
    );
    const bigKey = await keyOf(big);
    expect(big.length).toBeGreaterThan(4 * 65_552);
    expect(await outcome(big, bigKey)).toBe('read');
    for (let end = 4_096; end < big.length; end += 4_096)
      expect([end, await outcome(big.subarray(0, end), bigKey)]).toEqual([end, 'TRUNCATED']);

    for (const at of [500, 70_000, 140_000, big.length - 70_000, big.length - 1]) {
      const flipped = Buffer.from(big);
      flipped[at]! ^= 1;
      expect([at, await outcome(flipped, bigKey)]).toEqual([at, 'DAMAGED']);
    }
    const withoutPiece = Buffer.concat([big.subarray(0, 166 - 1), big.subarray(166 - 1 + 65_552)]);
    expect(await outcome(withoutPiece, bigKey)).toBe('DAMAGED');
  });

  test('a thousand random flips of one bit: never read as something else, never an unexpected error', async () => {
    const headerEnd = inspectAgeHeader(file, file.length, defaultLimits).bytes.length;
    const random = pseudoRandom(42);
    const codes: Record<string, number> = {};
    for (let round = 0; round < 1_000; round += 1) {
      const flipped = Buffer.from(file);
      const at = random(file.length);
      flipped[at]! ^= 1 << random(8);
      const code = await outcomeFromPassword(flipped);
      codes[code] = (codes[code] ?? 0) + 1;
      if (at >= headerEnd) expect(code).toBe('DAMAGED');
    }
    const possible = ['DAMAGED', 'KDF_TOO_COSTLY', 'NOT_A_BACKUP', 'headerChanged', 'wrongPassword'];
    expect(Object.keys(codes).filter((code) => !possible.includes(code))).toEqual([]);
    expect(codes['DAMAGED']).toBeGreaterThan(500);
  });

  test('bytes after the end of the file are refused', async () => {
    for (const extra of [1, 16, 17, 70_000])
      expect(['TRUNCATED', 'DAMAGED']).toContain(
        await outcomeFromPassword(Buffer.concat([file, Buffer.alloc(extra)])),
      );
  });
});

describe('what was encrypted', () => {
  test.each([
    ['a ZIP archive', Buffer.from('PK\x03\x04rest', 'latin1')],
    ['JSON', Buffer.from('{"plugins": []}')],
    ['plain text', gzipSync('hello')],
    ['JSON', gzipSync('{"t":"header","magic":"other"}\n{}')],
    ['nothing at all', Buffer.alloc(0)],
    ['nothing at all', gzipSync('')],
  ])('something else is not a backup: it looks like %s', async (words, plain) => {
    const error = await refusal(await encryptedByHand(plain));
    expect(error.code).toBe('NOT_A_BACKUP');
    expect(error.message).toContain('The password opens this file');
    expect(error.message).toContain(words);
  });

  test('a gzip member that was cut before encrypting is cut, wherever that was', async () => {
    const member = gzipSync(text);
    for (let end = 2; end < member.length; end += 7)
      expect([end, (await refusal(await encryptedByHand(member.subarray(0, end)))).code]).toEqual([
        end,
        'TRUNCATED',
      ]);
  });

  test('a gzip member that was changed before encrypting is never read as something else', async () => {
    const member = gzipSync(text);
    const random = pseudoRandom(7);
    for (let round = 0; round < 200; round += 1) {
      const bad = Buffer.from(member);
      const at = 10 + random(member.length - 10);
      bad[at]! ^= 1 << random(8);
      const { code } = await refusal(await encryptedByHand(bad));
      expect([
        'DAMAGED',
        'TRUNCATED',
        'INCOMPLETE_BACKUP',
        'INVALID_CONTENT',
        'NEWER_VERSION',
        'NOT_A_BACKUP',
      ]).toContain(code);
    }
    const wrongSum = Buffer.from(member);
    wrongSum[member.length - 8]! ^= 1;
    expect((await refusal(await encryptedByHand(wrongSum))).facts).toEqual({ part: 'gzip' });
  });

  test('nothing may follow the gzip member: no bytes, no zeros, no second member', async () => {
    const member = gzipSync(text);
    for (const extra of [
      Buffer.from('x'),
      Buffer.alloc(512),
      gzipSync('{"t":"row"}\n'),
      Buffer.alloc(200_000),
    ]) {
      const error = await refusal(await encryptedByHand(Buffer.concat([member, extra])));
      expect([error.code, error.facts]).toEqual(['DAMAGED', { part: 'afterGzip' }]);
    }
  });

  test('a gzip header that never ends is damaged', async () => {
    const endless = Buffer.concat([Buffer.from('1f8b08080000000000ff', 'hex'), Buffer.alloc(100_000, 0x61)]);
    expect((await refusal(await encryptedByHand(endless))).facts).toEqual({ part: 'gzip' });
  });

  test('a bomb is refused by its ratio long before the limit on size', async () => {
    const header = text.subarray(0, text.indexOf('\n') + 1);
    const bomb = gzipSync(Buffer.concat([header, Buffer.alloc(64 * 1024 ** 2, 'x')]), { level: 9 });
    const error = await refusal(await encryptedByHand(bomb), { ...defaultLimits, lineBytes: 1024 ** 3 });
    expect([error.code, error.facts]).toMatchObject(['TOO_LARGE', { limit: 'ratio', maximum: 300 }]);
    expect(error.message).toContain('BACKUP_MAX_RATIO');
  });

  test.each([
    ['plainBytes', { plainBytes: 1_000 }],
    ['lineBytes', { lineBytes: 300 }],
    ['rows', { rows: 11 }],
    ['jsonDepth', { jsonDepth: 2 }],
  ] as const)('the limit %s is told with what was found and its setting', async (limit, changed) => {
    const error = await refusal(file, { ...defaultLimits, ...changed });
    expect([error.code, error.facts]).toMatchObject(['TOO_LARGE', { limit }]);
    expect(error.message).toMatch(/BACKUP_MAX_\w+\.$/);
  });

  test('text that was not packed has the same limit on its size', async () => {
    const error = await refusal(await encryptedByHand(text), { ...defaultLimits, plainBytes: 1_000 });
    expect(error.facts).toMatchObject({ limit: 'plainBytes', maximum: 1_000 });
  });

  test('an error of the storage comes out as it is', async () => {
    const away = new Error('storage away');
    const failing = (async function* () {
      yield* asStream([file.subarray(0, 100)]);
      throw away;
    })();
    await expect(openBackup(failing, key)).rejects.toBe(away);
  });
});

function pseudoRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
