import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const mark = 'sealed:1:';
const sealedTexts = /sealed:1:[A-Za-z0-9+/]+={0,2}/g;
const ivBytes = 12;
const tagBytes = 16;

/** What of a text was sealed under which key. */
export interface Resealed {
  /** Everything in it that was sealed under the other key, sealed under the own one. */
  text: string;
  /** How many were. */
  resealed: number;
  /** How many look as if they were sealed, but neither key opens them. */
  unopened: number;
}

/**
 * Encryption at rest under the server key: AES-256-GCM, a fresh nonce each time. A sealed text is `sealed:1:` and
 * base64 of nonce, tag and ciphertext. While the key is exchanged for another, texts under either are opened.
 */
export class Sealer {
  private readonly own: ServerKey;
  private readonly other: ServerKey | undefined;

  /**
   * @param serverKey 64 hexadecimal digits; what is sealed from now on is sealed under this one
   * @param otherKey opens what was sealed under it, and seals nothing
   */
  constructor(serverKey: string, otherKey?: string) {
    this.own = new ServerKey(serverKey);
    this.other = otherKey === undefined ? undefined : new ServerKey(otherKey);
  }

  /** Tells whether a database was written with the key that seals, without giving it away. */
  get checkValue(): string {
    return this.own.checkValue;
  }

  /** The check values of the keys that open. */
  get knownCheckValues(): string[] {
    return this.other ? [this.own.checkValue, this.other.checkValue] : [this.own.checkValue];
  }

  seal(text: string): string {
    return this.own.seal(text);
  }

  /**
   * The same 22 characters (base64url) for the same text, under this key. Whoever lacks the key can neither read the
   * text out of it nor try out texts.
   */
  fingerprint(text: string): string {
    return this.own.fingerprint(text);
  }

  /** Throws when the text was not sealed under this key, or the other one, or was changed since. */
  open(sealed: string): string {
    if (!this.other) return this.own.open(sealed);
    try {
      return this.own.open(sealed);
    } catch {
      return this.other.open(sealed);
    }
  }

  /** Seals what a text holds of the other key under the own one, wherever in it that stands. */
  reseal(text: string): Resealed {
    let resealed = 0;
    let unopened = 0;
    const next = text.replace(sealedTexts, (sealed) => {
      if (isOpenedBy(this.own, sealed)) return sealed;
      // Whoever types such a text has sealed nothing: no key opens it, and it stays what it is.
      if (!this.other || !isOpenedBy(this.other, sealed)) {
        unopened++;
        return sealed;
      }
      resealed++;
      return this.own.seal(this.other.open(sealed));
    });
    return { text: next, resealed, unopened };
  }
}

/** What is made of one server key. */
class ServerKey {
  readonly checkValue: string;
  private readonly sealing: Buffer;
  private readonly fingerprinting: Buffer;

  constructor(serverKey: string) {
    const root = Buffer.from(serverKey, 'hex');
    const derived = (purpose: string) =>
      Buffer.from(hkdfSync('sha256', root, '', `safeboard ${purpose}`, 32));
    this.sealing = derived('sealing');
    this.fingerprinting = derived('fingerprint');
    this.checkValue = createHmac('sha256', derived('key check')).update('safeboard').digest('hex');
  }

  seal(text: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.sealing, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return mark + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  fingerprint(text: string): string {
    return createHmac('sha256', this.fingerprinting).update(text).digest('base64url').slice(0, 22);
  }

  open(sealed: string): string {
    if (!sealed.startsWith(mark)) throw new Error('Not a sealed text');
    const bytes = Buffer.from(sealed.slice(mark.length), 'base64');
    const decipher = createDecipheriv(algorithm, this.sealing, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  }
}

function isOpenedBy(key: ServerKey, sealed: string): boolean {
  try {
    key.open(sealed);
    return true;
  } catch {
    return false;
  }
}
