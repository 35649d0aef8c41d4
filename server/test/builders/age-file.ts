import { createCipheriv, createHmac, hkdfSync, scryptSync } from 'node:crypto';

/** An age file for a password, put together by hand from the format's description, so that any part can be wrong. */
export interface AgeFile {
  password: string;
  plain: Uint8Array;
  /** Base-2 logarithm of the cost that the key is really derived with. */
  cost: number;
  /** What the stanza says of it. */
  factor: string;
  salt: Buffer;
  fileKey: Buffer;
  /** Lines between the first one and the MAC. */
  stanzas(honest: Stanza): string[];
  /** The line of the MAC, over the lines before it. */
  macLine(honest: string): string;
  /** The line feed of the header. */
  lineEnd: string;
  /** The sealed pieces of the payload. */
  pieces(seal: Seal): Buffer[];
}

/** The two lines of the stanza of the password. */
export interface Stanza {
  args: string;
  body: string;
}

/** Seals one piece of a payload: its place, and whether it says that it is the last. */
export type Seal = (plain: Uint8Array, place: number, last: boolean) => Buffer;

export const pieceBytes = 64 * 1024;
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

const hkdf = (key: Uint8Array, salt: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, 32));

function sealed(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** As an honest program would write it, but for what is given. */
export function ageFile(given: Partial<AgeFile> = {}): Buffer {
  const file: AgeFile = {
    password: 'pass',
    plain: Buffer.from('hello'),
    cost: 1,
    factor: String(given.cost ?? 1),
    salt: Buffer.alloc(16, 7),
    fileKey: Buffer.alloc(16, 9),
    stanzas: ({ args, body }) => [args, body],
    macLine: (honest) => honest,
    lineEnd: '\n',
    pieces: (seal) => honestPieces(file.plain, seal),
    ...given,
  };
  const wrapping = scryptSync(
    file.password,
    Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), file.salt]),
    32,
    { N: 2 ** file.cost, r: 8, p: 1 },
  );
  const stanza = {
    args: `-> scrypt ${base64(file.salt)} ${file.factor}`,
    body: base64(sealed(wrapping, Buffer.alloc(12), file.fileKey)),
  };
  const lines = ['age-encryption.org/v1', ...file.stanzas(stanza)].map((line) => line + file.lineEnd);
  const mac = createHmac('sha256', hkdf(file.fileKey, Buffer.alloc(0), 'header'))
    .update(`${lines.join('')}---`)
    .digest();
  const header = `${lines.join('')}${file.macLine(`--- ${base64(mac)}`)}${file.lineEnd}`;

  const nonce = Buffer.alloc(16, 5);
  const payloadKey = hkdf(file.fileKey, nonce, 'payload');
  const seal: Seal = (plain, place, last) => {
    const counter = Buffer.alloc(12);
    counter.writeUIntBE(place, 5, 6);
    counter[11] = last ? 1 : 0;
    return sealed(payloadKey, counter, plain);
  };
  return Buffer.concat([Buffer.from(header, 'latin1'), nonce, ...file.pieces(seal)]);
}

export function honestPieces(plain: Uint8Array, seal: Seal): Buffer[] {
  const count = Math.max(1, Math.ceil(plain.length / pieceBytes));
  return Array.from({ length: count }, (_, place) =>
    seal(plain.subarray(place * pieceBytes, (place + 1) * pieceBytes), place, place === count - 1),
  );
}
