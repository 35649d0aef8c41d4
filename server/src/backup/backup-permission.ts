import { mustBeAble } from '../access/abilities';
import { type Actor } from '../access/actor';
import { Refusal } from '../refusal';

/** What the operator decides about backups. */
export interface BackupSettings {
  environment: string;
  backupEnabled: boolean;
}

export class BackupDisabled extends Refusal {
  constructor(environment: string) {
    super(
      'BACKUP_DISABLED',
      `Backup is switched off in this environment (${environment}). The operator can turn it on with BACKUP_ENABLED.`,
    );
  }
}

/** Throws unless backups are on in this environment. */
export function mustBeOn({ environment, backupEnabled }: BackupSettings): void {
  if (!backupEnabled) throw new BackupDisabled(environment);
}

/** Throws unless the actor is an admin of the unit, and backups are on in this environment. */
export function mustBackUp(
  actor: Actor | undefined,
  unitId: string,
  settings: BackupSettings,
): asserts actor is Actor {
  mustBeAble(actor, 'backUp', unitId);
  mustBeOn(settings);
}
