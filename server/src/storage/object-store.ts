import { type Readable } from 'node:stream';

/**
 * Files of the product: exports, uploads, safe modes. Keys are paths of letters, digits, `-`, `_`, `.` and `/`, made
 * by the server and never reused, so an object never changes once written.
 */
export interface ObjectStore {
  /** Durable once resolved; a reader sees the whole object or none. Answers the bytes written. */
  put(key: string, content: Readable): Promise<number>;
  /** Throws `ObjectMissing`. `start` is a byte offset, `end` the last byte wanted. */
  get(key: string, range?: { start: number; end?: number }): Promise<Readable>;
  /** Bytes of the object; throws `ObjectMissing`. */
  size(key: string): Promise<number>;
  /** Nothing happens where there is no such object. */
  remove(key: string): Promise<void>;
  /** Keys that begin with the prefix, in no order. */
  list(prefix: string): AsyncIterable<{ key: string; modifiedAt: Date }>;
}

export class ObjectMissing extends Error {
  constructor(readonly key: string) {
    super(`No object ${key}`);
  }
}
