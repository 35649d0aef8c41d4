import { nfc } from '../../nfc';

/**
 * What two names are compared by where they must be unique: without case, in one Unicode form, without space around.
 * Idempotent, and the same for a name, its upper case and its lower case.
 */
export function nameKey(name: string): string {
  // JavaScript has no case folding. One lower-casing alone would keep "STRASSE" and "straße" apart.
  return nfc(nfc(name).trim().toLowerCase().toUpperCase().toLowerCase());
}

/** A name as it is stored: NFC and without space around. */
export function storedName(name: string): string {
  return nfc(name).trim();
}
