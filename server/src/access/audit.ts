import { v7 as uuidv7 } from 'uuid';
import { type Database, type Db } from '../storage/database';
import { AuditEntity } from './audit.entity';
import { type Clock } from './clock';

export type AuditEvent =
  | 'SIGNED_IN'
  | 'SIGN_IN_FAILED'
  | 'SIGNED_OUT'
  | 'PASSWORD_CHANGED'
  | 'PASSWORD_CHANGE_FAILED'
  | 'PASSWORD_RESET_ISSUED'
  | 'PASSWORD_RESET'
  | 'INVITATION_ACCEPTED'
  | 'TOKEN_CREATED'
  | 'TOKEN_REVOKED'
  | 'TOKEN_USED'
  | 'SET_UP'
  | 'UNIT_CREATED'
  | 'MEMBER_ADDED'
  | 'MEMBER_CHANGED'
  | 'MEMBER_REMOVED'
  | 'SECRET_READ'
  | 'BACKUP_EXPORTED'
  | 'BACKUP_IMPORTED'
  | 'BACKUP_PASSWORD_FAILED';

export interface AuditEntry {
  event: AuditEvent;
  /** Who did it, where known. */
  userId?: string;
  unitId?: string;
  /** What else is worth knowing; never a secret. */
  detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** The record of what is worth asking about later. */
export class Audit {
  constructor(
    private readonly database: Database,
    private readonly now: Clock,
  ) {}

  /** Records together with the work: it stands exactly when the work does. */
  async record(db: Db, { event, userId, unitId, detail = {} }: AuditEntry): Promise<void> {
    await db.manager.insert(AuditEntity, {
      id: uuidv7(),
      at: this.now(),
      event,
      userId: userId ?? null,
      unitId: unitId ?? null,
      detail: JSON.stringify(detail),
    });
  }

  /** Records something that writes nothing else: a failure, a reading. */
  async note(entry: AuditEntry): Promise<void> {
    await this.database.transaction((db) => this.record(db, entry));
  }
}
