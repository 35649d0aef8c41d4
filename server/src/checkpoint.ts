/**
 * Marked places of work that must survive a stop or a fault at any moment, by the work. Tests stop the server and take
 * its parts away at every one of them: a new place is tested without another word.
 */
export const checkpoints = {
  edit: ['edit written, not committed', 'edit committed, not told'],
  record: ['file announced', 'file stored', 'pointer moved, not committed', 'pointer moved'],
  apply: [
    'evaluated',
    'written',
    'closed, not committed',
    'committed, not told',
    'told, file not removed',
    'file removed',
  ],
  export: ['export announced', 'export written', 'export checked', 'export noted, not committed'],
  upload: ['part announced', 'part stored', 'part noted, not committed', 'upload judged, not committed'],
  import: [
    'generation made',
    'mid-load',
    'loaded',
    'before move',
    'moved, not committed',
    'import committed, not told',
  ],
  undoImport: ['moved back, not committed', 'undo committed, not told'],
  purge: ['generations marked', 'rows removed'],
  sweep: ['removal begun', 'object removed, note left'],
  relay: ['message not sent', 'message sent'],
} as const;

/** What is worked on where places are marked. */
export type MarkedWork = keyof typeof checkpoints;

export type CheckpointName = (typeof checkpoints)[MarkedWork][number];

/** Told that a place is reached, and waited for. Some are reached several times, those within a transaction also again after a lost race. */
export type Checkpoint = (name: CheckpointName) => void | Promise<void>;

/** Production does nothing there. */
export const noCheckpoint: Checkpoint = () => undefined;
