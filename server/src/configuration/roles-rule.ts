import { roles } from '../access/role';
import { type Json, type Pointer } from '../change/core/json';
import { type Fault } from '../change/core/task';
import { fault, listRule } from './field-rules';

/** A set of roles. */
export function rolesRule(path: Pointer, value: Json | undefined): Fault[] {
  return listRule(path, value, (role, at) =>
    roles.some((known) => known === role) ? [] : [fault(at, `must be one of ${roles.join(', ')}`)],
  );
}
