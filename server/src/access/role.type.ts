import { registerEnumType } from 'type-graphql';
import { type Role } from './role';

/** The roles as the API names them. */
export const RoleEnum: { readonly [R in Role]: R } = {
  ADMIN: 'ADMIN',
  POWER_USER: 'POWER_USER',
  USER: 'USER',
  READONLY: 'READONLY',
};
registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What a member may do in a unit.',
  valuesConfig: {
    ADMIN: { description: 'Changes everything, sees everything.' },
    POWER_USER: { description: 'Creates and edits shared workspaces and own ones.' },
    USER: { description: 'Uses workspaces.' },
    READONLY: { description: 'Looks, and changes nothing at all.' },
  },
});
