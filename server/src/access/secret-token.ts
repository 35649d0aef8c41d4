import { createHash, randomBytes } from 'node:crypto';

/** A random secret of 256 bits that can stand in a cookie, a header and a link. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/**
 * What is stored of a secret: SHA-256, hex. No slow hash is needed, because nobody can try out 256 random bits.
 */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
