/** Marked places of recording, applying and deleting that must survive a stop at any moment; tests stop there. */
export const safeModeCheckpoints = [
  'file announced',
  'file stored',
  'pointer moved, not committed',
  'pointer moved',
  'evaluated',
  'written',
  'closed, not committed',
  'committed, not told',
  'told, file not removed',
  'file removed',
] as const;

export type SafeModeCheckpointName = (typeof safeModeCheckpoints)[number];

/** Told that a place is reached, and waited for. Those within a transaction may be reached again after a lost race. */
export type SafeModeCheckpoint = (name: SafeModeCheckpointName) => void | Promise<void>;

/** Production does nothing there. */
export const noSafeModeCheckpoint: SafeModeCheckpoint = () => undefined;
