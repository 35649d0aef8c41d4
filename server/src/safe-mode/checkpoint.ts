/** Marked places of recording and applying that must survive a stop at any moment; tests stop the process there. */
export type SafeModeCheckpointName =
  | 'file announced'
  | 'file stored'
  | 'pointer moved, not committed'
  | 'pointer moved'
  | 'evaluated'
  | 'written'
  | 'closed, not committed'
  | 'committed, not told'
  | 'told, file not removed';

export type SafeModeCheckpoint = (name: SafeModeCheckpointName) => void;

/** Production does nothing there. */
export const noSafeModeCheckpoint: SafeModeCheckpoint = () => undefined;
