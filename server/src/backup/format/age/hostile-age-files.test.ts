import { type AgeFile, ageFile, base64, pieceBytes } from '../../../../test/builders/age-file';
import { gathered, inPieces, throughAgeHere } from '../../../../test/builders/backup-file';
import { BackupError } from '../backup-error';
import { defaultLimits } from '../limits';
import { inspectAgeHeader } from './age-header';
import { decryptStream } from './age-stream';
import { tryPasswords } from './age-work';

/** The kinds of files for a password that the test vectors of the age format are about, made by hand. */

const isBackupError = (error: unknown): error is BackupError => error instanceof BackupError;

/** What is in the file; the word for why it cannot be read. */
async function read(file: Uint8Array, password = 'pass'): Promise<Buffer | string> {
  try {
    const header = inspectAgeHeader(file, file.length, defaultLimits);
    const opening = await tryPasswords(header.bytes, [password]);
    if (opening.outcome !== 'opened') return opening.outcome;
    return await gathered(decryptStream(inPieces(file), opening.fileKey, defaultLimits, throughAgeHere));
  } catch (error) {
    if (isBackupError(error)) return error.code;
    throw error;
  }
}

const large = Buffer.alloc(2 * pieceBytes + 5, 'abc');

test.each<[string, Partial<AgeFile>]>([
  ['one short piece', {}],
  ['nothing', { plain: Buffer.alloc(0) }],
  ['exactly one piece', { plain: large.subarray(0, pieceBytes) }],
  ['exactly two pieces', { plain: large.subarray(0, 2 * pieceBytes) }],
  ['several pieces', { plain: large }],
  ['a cost of 10', { cost: 10 }],
])('%s: what an honest program wrote is read', async (_, given) => {
  expect(await read(ageFile(given))).toEqual(given.plain ?? Buffer.from('hello'));
});

const salted = (salt: string): Partial<AgeFile> => ({
  stanzas: ({ args, body }) => [args.replace(/scrypt \S+/, `scrypt ${salt}`), body],
});
const args = (change: (args: string) => string): Partial<AgeFile> => ({
  stanzas: (honest) => [change(honest.args), honest.body],
});
const body = (change: (body: string) => string): Partial<AgeFile> => ({
  stanzas: (honest) => [honest.args, change(honest.body)],
});
const mac = (macLine: AgeFile['macLine']): Partial<AgeFile> => ({ macLine });
const pieces = (made: AgeFile['pieces']): Partial<AgeFile> => ({ pieces: made });
const key = '-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc';

test.each<[string, Partial<AgeFile>, string | string[]]>([
  ['no work factor', args((line) => line.replace(/ 1$/, '')), 'DAMAGED'],
  ['a work factor of zero', { factor: '0' }, 'DAMAGED'],
  ['a work factor with a zero in front', { factor: '01' }, 'DAMAGED'],
  ['a work factor with a plus', { factor: '+1' }, 'DAMAGED'],
  ['a work factor below zero', { factor: '-1' }, 'DAMAGED'],
  ['a work factor in hexadecimal', { factor: '0x1' }, 'DAMAGED'],
  ['a work factor with letters behind', { factor: '1e1' }, 'DAMAGED'],
  ['a work factor with a space before', { factor: ' 1' }, 'DAMAGED'],
  ['a work factor of 23', { factor: '23' }, 'KDF_TOO_COSTLY'],
  ['a work factor beyond 64 bits', { factor: '18446744073709551617' }, 'DAMAGED'],
  ['another work factor than it was made with', { factor: '2' }, 'wrongPassword'],
  ['one argument more', args((line) => `${line} 1`), 'DAMAGED'],
  ['an empty argument', args((line) => line.replace('scrypt ', 'scrypt  ')), 'DAMAGED'],
  ['another type', args((line) => line.replace('scrypt', 'Scrypt')), 'NOT_A_BACKUP'],
  ['no type', args(() => '-> '), 'DAMAGED'],
  ['no arrow', args((line) => line.replace('-> ', '->')), 'DAMAGED'],
  ['a letter that is no ASCII', args((line) => `${line}\u00e9`), 'DAMAGED'],
  ['a control character', args((line) => `${line}\t`), 'DAMAGED'],
  ['no salt', args((line) => line.replace(/scrypt \S+ /, 'scrypt ')), 'DAMAGED'],
  ['a salt that is too short', salted(base64(Buffer.alloc(15, 7))), 'DAMAGED'],
  ['a salt that is too long', salted(base64(Buffer.alloc(17, 7))), 'DAMAGED'],
  ['a salt with padding', salted(`${base64(Buffer.alloc(16, 7))}==`), 'DAMAGED'],
  ['a salt whose unused bits are set', salted(base64(Buffer.alloc(16, 7)).replace(/.$/, 'x')), 'DAMAGED'],
  ['a salt in the alphabet of addresses', salted('-_cHBwcHBwcHBwcHBwcHBw'), 'DAMAGED'],
  ['a key for the file that is too long', { fileKey: Buffer.alloc(32, 9) }, 'DAMAGED'],
  [
    'a changed wrapped key',
    body((line) => (line.startsWith('A') ? 'B' : 'A') + line.slice(1)),
    'wrongPassword',
  ],
  ['a wrapped key with padding', body((line) => `${line}=`), 'DAMAGED'],
  ['a wrapped key in two lines', body((line) => `${line.slice(0, 20)}\n${line.slice(20)}`), 'DAMAGED'],
  ['no wrapped key', body(() => ''), 'DAMAGED'],
  ['the password twice', { stanzas: (one) => [one.args, one.body, one.args, one.body] }, 'DAMAGED'],
  ['a password and a key', { stanzas: (one) => [one.args, one.body, key, one.body] }, 'DAMAGED'],
  ['a key and a password', { stanzas: (one) => [key, one.body, one.args, one.body] }, 'NOT_A_BACKUP'],
  ['no stanza at all', { stanzas: () => [] }, 'DAMAGED'],
  ['lines that end as on Windows', { lineEnd: '\r\n' }, ['DAMAGED', 'NOT_A_BACKUP']],
  ['another MAC', mac(() => `--- ${base64(Buffer.alloc(32))}`), 'headerChanged'],
  ['no MAC', mac(() => '---'), 'DAMAGED'],
  ['a MAC without its space', mac((line) => line.replace(' ', '')), 'DAMAGED'],
  ['a MAC with a space more', mac((line) => line.replace(' ', '  ')), 'DAMAGED'],
  ['a MAC with a space behind', mac((line) => `${line} `), 'DAMAGED'],
  ['a MAC that is cut', mac((line) => line.slice(0, -4)), 'DAMAGED'],
  ['a MAC with padding', mac((line) => `${line}=`), 'DAMAGED'],
  ['no pieces', pieces(() => []), 'TRUNCATED'],
  [
    'a piece without its tag',
    pieces((seal) => [seal(large.subarray(0, 9), 0, true).subarray(0, 9)]),
    'TRUNCATED',
  ],
  [
    'no last piece',
    pieces((seal) => [seal(large.subarray(0, pieceBytes), 0, false)]),
    ['TRUNCATED', 'DAMAGED'],
  ],
  [
    'an empty piece at the end',
    pieces((seal) => [seal(large.subarray(0, pieceBytes), 0, false), seal(Buffer.alloc(0), 1, true)]),
    'TRUNCATED',
  ],
  [
    'two last pieces',
    pieces((seal) => [seal(large.subarray(0, pieceBytes), 0, true), seal(large.subarray(0, 9), 1, true)]),
    'DAMAGED',
  ],
  [
    'pieces in another order',
    pieces((seal) => [
      seal(large.subarray(0, pieceBytes), 1, false),
      seal(large.subarray(0, pieceBytes), 0, false),
      seal(large.subarray(0, 5), 2, true),
    ]),
    'DAMAGED',
  ],
  [
    'a short piece in the middle',
    pieces((seal) => [seal(large.subarray(0, 99), 0, false), seal(large.subarray(0, 9), 1, true)]),
    ['DAMAGED', 'TRUNCATED'],
  ],
  [
    'something behind the last piece',
    pieces((seal) => [seal(large.subarray(0, 99), 0, true), Buffer.alloc(40)]),
    ['DAMAGED', 'TRUNCATED'],
  ],
])('%s: refused', async (_, given, codes) => {
  expect([codes].flat()).toContain(await read(ageFile(given)));
});

test('another password is a wrong one', async () => {
  expect(await read(ageFile(), 'other')).toBe('wrongPassword');
});
