/** Marked places of work that must survive a stop at any moment; tests stop the process there. */
export type CheckpointName =
  'generation made' | 'mid-load' | 'loaded' | 'before move' | 'moved, not committed' | 'committed, not told';

export type Checkpoint = (name: CheckpointName) => void;

/** Production does nothing there. */
export const noCheckpoint: Checkpoint = () => undefined;
