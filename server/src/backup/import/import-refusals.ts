import { Forbidden, Refusal } from '../../refusal';
import { BackupError } from '../format/backup-error';

/** The unit moved since the plan was made. */
export class PlanStale extends Refusal {
  constructor() {
    super('PLAN_STALE', new BackupError('PLAN_STALE', {}).message);
  }
}

/** The uploaded file is gone. */
export class UploadExpired extends Refusal {
  constructor() {
    super('UPLOAD_EXPIRED', new BackupError('UPLOAD_EXPIRED', {}).message);
  }
}

/** The bytes in the store are not those that were validated. */
export class UploadChanged extends Refusal {
  constructor() {
    super('UPLOAD_CHANGED', new BackupError('UPLOAD_CHANGED', {}).message);
  }
}

export class ConfirmationRequired extends Refusal {
  constructor(unitName: string) {
    super(
      'CONFIRMATION_REQUIRED',
      `This backup was made somewhere else. To replace the configuration of this unit with it, type its name: ${unitName}.`,
    );
  }
}

/** Whoever began the work was demoted, taken out of the unit or deactivated meanwhile. */
export class NoAdminAnyMore extends Forbidden {
  constructor() {
    super('Whoever began this is no admin of the unit any more. Nothing was changed.');
  }
}

export class NotUndoable extends Refusal {
  constructor(message = 'This import can no longer be undone. Import a backup instead.') {
    super('NOT_UNDOABLE', message);
  }
}
