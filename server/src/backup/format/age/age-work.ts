import { Decrypter, Encrypter } from 'age-encryption';
import { type ReadableStream } from 'node:stream/web';

/** The random key of one age file: opens this file only, without its password. 16 bytes; guard it like the password. */
export type FileKey = Uint8Array;

/** Work on a stream of bytes. */
export type StreamWork =
  { kind: 'encrypt'; password: string; workFactor: number } | { kind: 'decrypt'; fileKey: FileKey };

/** What trying passwords on an age header comes to. */
export type Opening =
  { outcome: 'opened'; fileKey: FileKey } | { outcome: 'wrongPassword' | 'headerChanged' };

/** Puts a stream through the age library, in the calling thread. Encrypting derives the key before it resolves. */
export function startStreamWork(
  work: StreamWork,
  source: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  return work.kind === 'encrypt' ? encrypt(work, source) : decrypt(work, source);
}

/** Tries the forms of a password one after another on an age header, in the calling thread: one derivation each. */
export async function tryPasswords(header: Uint8Array, forms: readonly string[]): Promise<Opening> {
  for (const form of forms) {
    const opening = await tryPassword(header, form);
    if (opening.outcome !== 'wrongPassword') return opening;
  }
  return { outcome: 'wrongPassword' };
}

function encrypt(work: StreamWork & { kind: 'encrypt' }, source: ReadableStream<Uint8Array>) {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(work.password);
  encrypter.setScryptWorkFactor(work.workFactor);
  return encrypter.encrypt(source);
}

function decrypt(work: StreamWork & { kind: 'decrypt' }, source: ReadableStream<Uint8Array>) {
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: () => work.fileKey });
  return decrypter.decrypt(source);
}

async function tryPassword(header: Uint8Array, password: string): Promise<Opening> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(password);
  try {
    return { outcome: 'opened', fileKey: await decrypter.decryptHeader(header) };
  } catch (error) {
    // The library tells its outcomes apart only by these words; a test holds them fast.
    if (hasWords(error, "no identity matched any of the file's recipients"))
      return { outcome: 'wrongPassword' };
    if (hasWords(error, 'invalid header HMAC')) return { outcome: 'headerChanged' };
    throw error;
  }
}

function hasWords(error: unknown, words: string): boolean {
  return error instanceof Error && error.message === words;
}
