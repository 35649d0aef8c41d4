import { type Actor } from '../access/actor';
import { type SafeMode } from './safe-mode.store';
import { NotOwner } from './safe-mode-refusals';

/** Throws `NOT_OWNER` for everybody else. That the actor is an admin is judged by the operation's rule. */
export function mustOwn({ userId }: Actor, { ownerId }: SafeMode): void {
  if (ownerId !== userId) throw new NotOwner();
}
