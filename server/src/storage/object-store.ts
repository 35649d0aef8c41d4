import { type Readable } from 'node:stream';
import { ServiceUnavailable } from '../refusal';

/**
 * Files of the product: exports, uploads, safe modes. Keys are paths of letters, digits, `-`, `_`, `.` and `/`, made
 * by the server and never reused, so an object never changes once written.
 *
 * Everything throws `ObjectStoreAway` where the store cannot do what is asked: retry later. A stream that was handed
 * out and breaks off ends with that error, never as if it were complete.
 */
export interface ObjectStore {
  /**
   * Durable once resolved; a reader sees the whole object or none. Answers the bytes written. Throws `ObjectExists`,
   * and what `content` fails with; then there is no object.
   */
  put(key: string, content: Readable): Promise<number>;
  /**
   * Throws `ObjectMissing`. `start` is a byte offset, `end` the last byte wanted; past the end there is nothing to read.
   * Whoever asks reads the stream or destroys it.
   */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** Bytes of the object; throws `ObjectMissing`. */
  size(key: string): Promise<number>;
  /** Nothing happens where there is no such object. */
  remove(key: string): Promise<void>;
  /** Keys that begin with the prefix, in no order. */
  list(prefix: string): AsyncIterable<{ key: string; modifiedAt: Date }>;
  /** Removes what crashes left half written before this time. */
  removeUnfinished(before: Date): Promise<void>;
}

export interface ByteRange {
  start: number;
  end?: number;
}

export class ObjectMissing extends Error {
  constructor(readonly key: string) {
    super(`No object ${key}`);
  }
}

/** A key was to be used twice: a fault of ours. The object stays as it is. */
export class ObjectExists extends Error {
  constructor(readonly key: string) {
    super(`There is an object ${key} already`);
  }
}

/** The store is away, full, or does not let us in. The cause is for the log, not for callers. */
export class ObjectStoreAway extends ServiceUnavailable {
  constructor(override readonly cause: unknown) {
    super('The object store cannot be reached. Nothing was changed; try again in a moment.');
  }
}

/** Told, for the log, why a store could not do what was asked. */
export type ReportStoreFault = (cause: unknown) => void;

/** Keys are made by the server: any other one is a fault of ours. */
export function mustBeObjectKey(key: string): void {
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(key) || key.split('/').includes('..'))
    throw new Error(`Unfit object key ${key}`);
}
