import { type Role } from '../../access/role';
import { type Id } from '../../change/core/task';

export type Profile = {
  name: string;
  /** Sorted by name. */
  roles: Role[];
  /** Ids of workspaces in the order they are shown. */
  workspaces: Id[];
};
