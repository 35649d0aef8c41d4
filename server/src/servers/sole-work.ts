import { randomUUID } from 'node:crypto';

/** Which server process this is among all, and what is left to one of them. */
export interface SoleWork {
  readonly id: string;
  /** A round that only the eldest server does, and the next one once that is gone. Two may do it for a moment. */
  ifEldest(round: () => Promise<unknown>): () => Promise<unknown>;
}

/** For work on a database that no other server knows. */
export const alone = (): SoleWork => ({ id: randomUUID(), ifEldest: (round) => round });
