import { Refusal } from '../../refusal';

/** The file of a safe mode is not as it was written, or not there: its changes are lost. */
export class Unreadable extends Refusal {
  /** @param fault which of the two it is; `cause` says more for the log, never what stands in the file */
  constructor(
    readonly fault: 'DAMAGED' | 'GONE',
    override readonly cause?: unknown,
  ) {
    super(
      'SAFE_MODE_UNREADABLE',
      `The file of this safe mode is ${faultInWords[fault]}. All that is left is to delete the safe mode.`,
      { fault },
    );
  }
}

const faultInWords = {
  DAMAGED: 'damaged, or was sealed under another server key: it cannot be read',
  GONE: 'gone from the object store',
};

/** A newer version of the product wrote the file; this one leaves it alone. */
export class NewerVersion extends Refusal {
  /**
   * @param found schema version of the file
   * @param known the newest that this server reads
   */
  constructor(found: number, known: number) {
    super(
      'NEWER_VERSION',
      `A newer version of Safeboard wrote this safe mode (file format ${found}; this server reads up to ${known}). ` +
        'Nothing is lost: ask for it again once all servers are up to date.',
      { found, known },
    );
  }
}
