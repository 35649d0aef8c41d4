import { type Actor } from '../access/actor';
import { may } from '../access/abilities';
import { type UserEntity } from '../access/user.entity';
import { Forbidden, Unauthenticated } from '../refusal';

/** What decides who has a hold on an account. */
export interface HeldAccount {
  user: Pick<UserEntity, 'organisationAdmin'>;
  /** The units that the user is in. */
  unitIds: readonly string[];
}

/** Whether the actor may decide about the members of a unit: who is in it, and with which role. */
export const managesMembers = (actor: Actor, unitId: string): boolean =>
  actor.organisationAdmin || may(actor, 'manageMembers', unitId);

/** Throws `Unauthenticated` or `Forbidden` unless the actor may decide about the members of the unit. */
export function mustManageMembers(actor: Actor | undefined, unitId: string): asserts actor is Actor {
  if (!actor) throw new Unauthenticated();
  if (!managesMembers(actor, unitId)) throw new Forbidden();
}

/**
 * Whether the actor may reset the password of an account or deactivate it: organisation admins, or the admin of the
 * only unit that it belongs to, but never on an organisation admin.
 */
export function holdsAccount(actor: Actor, { user, unitIds }: HeldAccount): boolean {
  if (actor.organisationAdmin) return true;
  const [onlyUnit, ...others] = unitIds;
  return (
    !user.organisationAdmin &&
    onlyUnit !== undefined &&
    others.length === 0 &&
    may(actor, 'manageMembers', onlyUnit)
  );
}

/** Throws `Forbidden` unless the actor has a hold on the account. */
export function mustHoldAccount(actor: Actor, account: HeldAccount): void {
  if (holdsAccount(actor, account)) return;
  throw new Forbidden(
    account.user.organisationAdmin
      ? 'Only an organisation admin may do this with the account of an organisation admin.'
      : 'This account also belongs to another unit. Only an organisation admin may do this.',
  );
}
