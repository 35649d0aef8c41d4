import { Busy, Refusal } from '../refusal';
import { DerivationBusy } from './format/age/derivation-queue';
import { BackupError } from './format/backup-error';

/** What the file format refuses, as the rest of the server refuses things; anything else as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof BackupError) return new Refusal(error.code, error.message);
  return error instanceof DerivationBusy ? new Busy(error.message) : error;
}
