import { Busy, Refusal } from '../refusal';
import { DerivationBusy } from './format/age/derivation-queue';
import { isBackupError } from './rejection';

/** What the file format refuses, as the rest of the server refuses things; anything else as it is. */
export function refusalOf(error: unknown): unknown {
  if (isBackupError(error)) return new Refusal(error.code, error.message);
  return error instanceof DerivationBusy ? new Busy(error.message) : error;
}
