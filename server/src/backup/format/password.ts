import { nfc } from '../../nfc';

const fewestCharacters = 4;
const mostBytes = 1_024;

/**
 * Why a password cannot protect a new backup, in words for its user; nothing when it can. Characters are code points of
 * the NFC form; spaces at the ends count.
 */
export function passwordProblem(password: string): string | undefined {
  const composed = nfc(password);
  if ([...composed].length < fewestCharacters)
    return `The password needs at least ${fewestCharacters} characters.`;
  if (Buffer.byteLength(composed) > mostBytes) return `The password may have at most ${mostBytes} bytes.`;
  return undefined;
}

/** The form that a new backup is encrypted with. */
export function encryptionForm(password: string): string {
  return nfc(password);
}

/**
 * The forms to open a backup with, likeliest first. Other programs encrypt with what the keyboard sent, so the raw form
 * follows where it differs. Empty for passwords that are too long to be anybody's.
 */
export function openingForms(password: string): string[] {
  if (Buffer.byteLength(password) > mostBytes * 4) return [];
  return [...new Set([nfc(password), password])];
}
