import { type Opening, type StreamWork } from './age-work';

/** What a worker is started for. */
export type WorkOrder = StreamWork | { kind: 'open'; header: Uint8Array; forms: string[] };

/** From the starting thread. `piece` answers one `wanted`; `taken` gives back one place in the window. */
export type ToWorker =
  { type: 'piece'; bytes: Uint8Array<ArrayBuffer> } | { type: 'end' } | { type: 'taken' };

/** From the worker. */
export type FromWorker =
  | { type: 'wanted' }
  | { type: 'data'; bytes: Uint8Array }
  | { type: 'end' }
  | { type: 'opening'; opening: Opening }
  /** `cipher`: the bytes do not pass the age library. `fault`: something else, a mistake of ours. */
  | { type: 'failed'; cause: 'cipher' | 'fault'; message: string };

/** How many pieces of output may be under way unanswered, each at most 64 KiB and a tag. */
export const outputWindow = 8;

/** Input travels in pieces of at most this many bytes, so that at most one sealed piece is opened per piece of input. */
export const inputPieceBytes = 64 * 1024;
