import { type Actor } from '../access/actor';

/** Who edits, and where the edit is to go. */
export interface Editor extends Actor {
  /** The request's header X-Safe-Mode: the id of a safe mode, `none` for what is live; `undefined` where it is missing. */
  readonly safeModeHeader: string | undefined;
}
