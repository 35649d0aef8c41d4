import { Forbidden, NotFound, Unauthenticated } from '../refusal';
import { type Actor } from './actor';
import { type Role } from './role';

const everyone: readonly Role[] = ['ADMIN', 'POWER_USER', 'USER', 'READONLY'];
const admins: readonly Role[] = ['ADMIN'];

/** Who may do what in a unit, by role. What depends on the single object (own private workspaces) is judged where it is known. */
export const abilities = {
  /** The unit itself, workspaces, plugins, profiles: as far as each is open to the role. */
  readUnit: everyone,
  /** Plugin configuration, permissions, mappings; config keys; private workspaces of others; history; jobs. */
  readConfiguration: admins,
  readMembers: admins,
  /** Shared and own workspaces; admins any. */
  editWorkspaces: ['ADMIN', 'POWER_USER'],
  editConfiguration: admins,
  /** Start own ones, preview everybody's; what only the owner may is judged where the safe mode is known. */
  useSafeModes: admins,
  manageMembers: admins,
  backUp: admins,
  /** Own API tokens. */
  makeTokens: ['ADMIN', 'POWER_USER', 'USER'],
} as const satisfies Record<string, readonly Role[]>;

export type Ability = keyof typeof abilities;

/** Whether the actor has the ability in the unit. */
export function may(actor: Actor | undefined, ability: Ability, unitId: string): boolean {
  const role = actor?.roles.get(unitId);
  return role !== undefined && (abilities[ability] as readonly Role[]).includes(role);
}

/** Throws `Unauthenticated` or `Forbidden` unless the actor has the ability. Units of others and unknown units look the same. */
export function mustBeAble(
  actor: Actor | undefined,
  ability: Ability,
  unitId: string,
): asserts actor is Actor {
  if (!actor) throw new Unauthenticated();
  if (!may(actor, ability, unitId)) throw new Forbidden();
}

/**
 * The object, for an actor who has the ability in its unit. Throws `Unauthenticated` or `Forbidden`; for an object of a
 * unit that the actor is not in `NotFound`: as if there were no such object.
 *
 * @param what in words: `job`
 */
export function mustReach<T extends { readonly unitId: string }>(
  actor: Actor | undefined,
  ability: Ability,
  object: T | null | undefined,
  what: string,
): T {
  if (!actor) throw new Unauthenticated();
  if (!object || !may(actor, 'readUnit', object.unitId)) throw new NotFound(what);
  mustBeAble(actor, ability, object.unitId);
  return object;
}

/** The actor of an operation whose rule lets only signed-in callers pass. */
export function signedIn({ actor }: { actor: Actor | undefined }): Actor {
  if (!actor) throw new Unauthenticated();
  return actor;
}
