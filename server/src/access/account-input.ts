import { nfc } from '../nfc';
import { BadUserInput, type FieldFault } from '../refusal';

const longestEmail = 254;
const longestName = 200;
const leastPassword = 8;
const longestPasswordBytes = 1024;

/** What accounts are compared by: trimmed, NFC, lower case. */
export const normalEmail = (email: string): string => nfc(email).trim().toLowerCase();

/** A name as it is stored: NFC, without space around. */
export const normalName = (name: string): string => nfc(name).trim();

export function emailFault(email: string): string | undefined {
  const normal = normalEmail(email);
  if (normal.length > longestEmail) return `must have at most ${longestEmail} characters`;
  if (!/^[^\s@\p{Cc}\p{Surrogate}]+@[^\s@\p{Cc}\p{Surrogate}]+$/u.test(normal))
    return 'must be an e-mail address';
  return undefined;
}

/** Names of people, units and tokens. */
export function nameFault(name: string): string | undefined {
  const normal = normalName(name);
  if (normal === '') return 'must not be empty';
  if (normal.length > longestName) return `must have at most ${longestName} characters`;
  if (/\p{Cc}/u.test(normal)) return 'must not hold control characters';
  if (/\p{Surrogate}/u.test(normal)) return 'must not hold half a character (a lone surrogate)';
  return undefined;
}

/** Length is counted in characters after NFC; nothing is trimmed. */
export function passwordFault(password: string): string | undefined {
  const normal = nfc(password);
  if ([...normal].length < leastPassword) return `must have at least ${leastPassword} characters`;
  if (isTooLongForPassword(normal)) return `must have at most ${longestPasswordBytes} bytes`;
  return undefined;
}

export const isTooLongForPassword = (password: string): boolean =>
  Buffer.byteLength(password) > longestPasswordBytes;

/** Throws `BadUserInput` with every fault that was found; `faults` by path. */
export function mustBeFaultless(faults: Readonly<Record<string, string | undefined>>): void {
  const found: FieldFault[] = Object.entries(faults).flatMap(([path, message]) =>
    message === undefined ? [] : [{ path, message }],
  );
  if (found.length > 0) throw new BadUserInput(found);
}
