import { isUtf8 } from 'node:buffer';

const magics: readonly (readonly [bytes: string, words: string])[] = [
  ['PK\x03\x04', 'a ZIP archive'],
  ['PK\x05\x06', 'a ZIP archive'],
  ['\x1f\x8b', 'a gzip file'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard file'],
  ['\xfd7zXZ', 'an xz file'],
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['%PDF-', 'a PDF document'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['\x89PNG', 'an image (PNG)'],
  ['\xff\xd8\xff', 'an image (JPEG)'],
  ['GIF8', 'an image (GIF)'],
  [
    '-----BEGIN AGE ENCRYPTED FILE-----',
    'an age file in armored form; encrypt it again without the option for armor',
  ],
  ['-----BEGIN PGP', 'an OpenPGP file'],
];

const unencryptedBackup = /^\s*\{\s*"t"\s*:\s*"header"\s*,\s*"magic"\s*:\s*"safeboard-backup"/;
/** A comment ends at its first `-->` and nowhere else: with a choice, comments without a page take for ever. */
const htmlPage = /^\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype html|html|head|body)\b/is;
const sampleBytes = 4_096;

/**
 * What a file that is no backup looks like, judged by its first bytes, in words that complete "it looks like …".
 * Its name and extension are not asked.
 */
export function looksLike(start: Uint8Array): string {
  const sample = Buffer.from(start.buffer, start.byteOffset, Math.min(start.byteLength, sampleBytes));
  const latin = sample.toString('latin1');
  if (sample.length === 0) return 'nothing at all';
  const known = magics.find(([bytes]) => latin.startsWith(bytes));
  if (known) return known[1];
  if (latin.startsWith('RIFF') && latin.slice(8, 12) === 'WEBP') return 'an image (WebP)';
  if (!isText(sample)) return 'binary data of an unknown kind';
  return looksLikeText(sample.toString('utf8'));
}

function looksLikeText(text: string): string {
  if (unencryptedBackup.test(text)) return 'the text of a backup that is not encrypted';
  if (htmlPage.test(text)) return 'an HTML page';
  if (/^\s*<(?:\?xml|svg)\b/i.test(text)) return 'XML';
  if (/^\s*[{[]/.test(text)) return 'JSON';
  return text.trim() === '' ? 'nothing but blanks' : 'plain text';
}

function isText(sample: Buffer): boolean {
  if (sample.includes(0)) return false;
  // The sample may end inside a character of up to four bytes.
  return [0, 1, 2, 3].some((missing) => isUtf8(sample.subarray(0, sample.length - missing)));
}
