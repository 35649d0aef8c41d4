import type { Role } from '../../apollo/generated/graphql';
import { roles } from '../../texts';
import { isObject } from '../../ui/json-text';

/** Permission id → the roles that have it, in the roles' usual order. */
export type Permissions = Record<string, Role[]>;

/** Reads the stored map; a permission that nobody has is the same as none. */
export function permissionsOf(stored: unknown): Permissions {
  const entries = Object.entries(isObject(stored) ? stored : {}).map(([id, value]): [string, Role[]] => [
    id,
    roles.filter((role) => Array.isArray(value) && value.includes(role)),
  ]);
  return Object.fromEntries(entries.filter(([, chosen]) => chosen.length > 0));
}
