import { Refusal } from '../refusal';
import { type SafeModeStatus } from './safe-mode.entity';

/** How a safe mode ended, for those who still name it. */
export interface Closing {
  status: Exclude<SafeModeStatus, 'OPEN'>;
  name: string;
  by: { id: string; name: string } | null;
  at: Date | null;
}

/** A request names a safe mode that is unknown, applied or deleted: nothing falls through to what is live. */
export class SafeModeClosed extends Refusal {
  /** @param closing left out where there is no such safe mode, or none that the caller may know of */
  constructor(closing?: Closing) {
    super('SAFE_MODE_CLOSED', closedMessage(closing), closing && { closing: { ...closing } });
  }
}

function closedMessage(closing: Closing | undefined): string {
  const wayOut = 'Send X-Safe-Mode: none to work on what is live.';
  if (!closing) return `There is no such safe mode. ${wayOut}`;
  const by = closing.by ? ` by ${closing.by.name}` : '';
  const ended = closing.status === 'APPLIED' ? 'applied for all users' : 'deleted';
  return `The safe mode “${closing.name}” was ${ended}${by}. ${wayOut}`;
}

/** Only the owner changes what a safe mode holds, renames, deletes or applies it. */
export class NotOwner extends Refusal {
  constructor() {
    super('NOT_OWNER', 'Only the owner of the safe mode may do this.');
  }
}

/** An edit while previewing somebody else's safe mode. */
export class SafeModeReadOnly extends Refusal {
  constructor() {
    super(
      'SAFE_MODE_READ_ONLY',
      'This is a preview of another admin’s safe mode: nothing can be changed in it. Discard it to edit.',
    );
  }
}

/** A write that does not say where it goes, by somebody who is in a safe mode. */
export class SafeModeContextLost extends Refusal {
  constructor() {
    super(
      'SAFE_MODE_CONTEXT_LOST',
      'You are in a safe mode, but this request does not say so. Send X-Safe-Mode with the id of the safe mode, or none for what is live.',
    );
  }
}

/** Something that is executed at once or not at all. */
export class NotRecordable extends Refusal {
  constructor() {
    super(
      'NOT_RECORDABLE',
      'A safe mode records changes of the configuration only. Send X-Safe-Mode: none to do this for everybody at once.',
    );
  }
}

/** The safe mode, or a conflict of it, is not as the caller saw it any more. */
export class StaleRevision extends Refusal {
  /** @param revision the present one */
  constructor(message: string, revision: number) {
    super('STALE_REVISION', message, { revision });
  }
}

/** What was applied cannot be taken back. */
export class NotUndoable extends Refusal {
  constructor(message: string) {
    super('NOT_UNDOABLE', message);
  }
}
