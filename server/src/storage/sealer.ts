import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const mark = 'sealed:1:';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encryption at rest under the server key: AES-256-GCM, a fresh nonce each time. A sealed text is `sealed:1:` and
 * base64 of nonce, tag and ciphertext.
 */
export class Sealer {
  private readonly key: Buffer;
  private readonly fingerprintKey: Buffer;
  /** Tells whether a database was written with this key, without giving it away. */
  readonly checkValue: string;

  /** @param serverKey 64 hexadecimal digits */
  constructor(serverKey: string) {
    const root = Buffer.from(serverKey, 'hex');
    this.key = Buffer.from(hkdfSync('sha256', root, '', 'safeboard sealing', 32));
    this.fingerprintKey = Buffer.from(hkdfSync('sha256', root, '', 'safeboard fingerprint', 32));
    this.checkValue = createHmac(
      'sha256',
      Buffer.from(hkdfSync('sha256', root, '', 'safeboard key check', 32)),
    )
      .update('safeboard')
      .digest('hex');
  }

  seal(text: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return mark + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /**
   * The same 22 characters (base64url) for the same text, under this key. Whoever lacks the key can neither read the
   * text out of it nor try out texts.
   */
  fingerprint(text: string): string {
    return createHmac('sha256', this.fingerprintKey).update(text).digest('base64url').slice(0, 22);
  }

  /** Throws when the text was not sealed under this key or was changed since. */
  open(sealed: string): string {
    if (!sealed.startsWith(mark)) throw new Error('Not a sealed text');
    const bytes = Buffer.from(sealed.slice(mark.length), 'base64');
    const decipher = createDecipheriv(algorithm, this.key, bytes.subarray(0, ivBytes));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  }
}
