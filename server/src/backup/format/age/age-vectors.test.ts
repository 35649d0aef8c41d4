import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { ageFile } from '../../../../test/builders/age-file';
import { gathered, inPieces, throughAgeHere } from '../../../../test/builders/backup-file';
import { BackupError } from '../backup-error';
import { defaultLimits } from '../limits';
import { inspectAgeHeader } from './age-header';
import { decryptStream } from './age-stream';
import { tryPasswords } from './age-work';

/** The public test vectors of the age format (C2SP CCTV): what each file is, and what must come of reading it. */

interface Vector {
  expect: string;
  file: Buffer;
  fileKey: Buffer;
  passphrase: string | undefined;
  armored: boolean;
  /** SHA-256 of what is read before the end or the failure. */
  payload: string | undefined;
}

/** A vector is lines that tell about it, an empty line and the file, packed or not. */
function vectorIn(bytes: Uint8Array): Vector {
  const all = Buffer.from(bytes);
  const end = all.indexOf('\n\n');
  const facts = new Map(
    all
      .subarray(0, end)
      .toString()
      .split('\n')
      .map((line) => line.split(': ') as [string, string]),
  );
  const file = all.subarray(end + 2);
  return {
    expect: facts.get('expect')!,
    file: facts.get('compressed') === 'zlib' ? inflateSync(file) : file,
    fileKey: Buffer.from(facts.get('file key') ?? '', 'hex'),
    passphrase: facts.get('passphrase'),
    armored: facts.get('armored') === 'yes',
    payload: facts.get('payload'),
  };
}

const published = jest.requireActual<Record<string, Uint8Array>>('cctv-age');
const vectors = Object.entries(published).map(([name, bytes]) => [name, vectorIn(bytes)] as const);
const select = (wanted: (name: string, vector: Vector) => boolean) =>
  vectors.filter(([name, vector]) => wanted(name, vector));

const isBackupError = (error: unknown): error is BackupError => error instanceof BackupError;

/** Hash of what is in the file; where it cannot be read, the word for why. */
async function read(file: Uint8Array, password: string): Promise<string> {
  try {
    const header = inspectAgeHeader(file, file.length, defaultLimits);
    const opening = await tryPasswords(header.bytes, [password]);
    if (opening.outcome !== 'opened') return opening.outcome;
    const plain = decryptStream(inPieces(file), opening.fileKey, defaultLimits, throughAgeHere);
    return createHash('sha256')
      .update(await gathered(plain))
      .digest('hex');
  } catch (error) {
    if (isBackupError(error)) return error.code;
    throw error;
  }
}

/** What each expectation of the vectors is called here. */
const outcomes: Record<string, readonly string[]> = {
  'no match': ['wrongPassword'],
  'HMAC failure': ['headerChanged'],
  'header failure': ['DAMAGED', 'NOT_A_BACKUP', 'KDF_TOO_COSTLY', 'EMPTY_FILE', 'TRUNCATED'],
  'payload failure': ['DAMAGED', 'TRUNCATED'],
};
const expected = ({ expect: outcome, payload }: Vector): readonly string[] =>
  outcome === 'success' ? [payload!] : outcomes[outcome]!;

const forPasswords = select((_, { passphrase, armored }) => passphrase !== undefined && !armored);
const streams = select((name) => name.startsWith('stream_') && !name.endsWith('_nonce'));
const others = select((_, { passphrase, armored }) => passphrase === undefined || armored);

test('the vectors are all there', () => {
  expect([forPasswords.length, streams.length]).toEqual([25, 26]);
  expect(others.length).toBeGreaterThan(80);
});

test.each(forPasswords)('%s', async (name, vector) => {
  // A stanza of a type that nobody knows is skipped there; here only files for a password are backups.
  const codes = name === 'scrypt_uppercase' ? ['NOT_A_BACKUP'] : expected(vector);
  expect(codes).toContain(await read(vector.file, vector.passphrase!));
});

test.each(streams)('%s, as the payload of a file for a password', async (_, vector) => {
  const mac = vector.file.indexOf('\n--- ');
  const payload = vector.file.subarray(vector.file.indexOf('\n', mac + 1) + 1);
  const whole = ageFile({ fileKey: vector.fileKey });
  const headerEnd = whole.indexOf('\n', whole.indexOf('\n--- ') + 1) + 1;
  const file = Buffer.concat([whole.subarray(0, headerEnd), payload]);
  expect(expected(vector)).toContain(await read(file, 'pass'));
});

test.each(others)('%s: not for a password, so not a backup', async (_, { file }) => {
  // What is for a key of the newest kind has a longer header than any password needs.
  expect([...outcomes['header failure']!, 'TOO_LARGE']).toContain(await read(file, 'password'));
});
