import { nameKey } from '../../change/core/name-key';
import { type KindTables } from '../kind-tables';
import { type Profile } from './profile';

type Row = [string, string, string, string];

export const profileTables: KindTables<Profile> = {
  kind: 'PROFILE',
  table: 'profile',
  columns: ['id', 'name', 'name_key', 'roles'],
  keyColumn: 'name_key',
  searchColumn: 'name_key',
  children: [
    {
      name: 'profile_workspace',
      owner: 'profile_id',
      columns: ['profile_id', 'workspace_id', 'position'],
      orderBy: 'position',
    },
  ],
  references: [{ table: 'profile_workspace', owner: 'profile_id', column: 'workspace_id', to: 'WORKSPACE' }],
  sorts: { NAME: { column: 'name_key', of: (_, { name }) => nameKey(name) } },

  encode(id, profile) {
    return {
      row: [id, profile.name, nameKey(profile.name), JSON.stringify(profile.roles)],
      children: [profile.workspaces.map((workspaceId, position) => [id, workspaceId, position])],
    };
  },

  decode(row, [workspaces = []]) {
    const [, name, , roles] = row as Row;
    return {
      name,
      roles: JSON.parse(roles) as Profile['roles'],
      workspaces: workspaces.map(([, workspaceId]) => workspaceId as string),
    };
  },

  visible: {
    // Roles stand as a JSON list, each between quotes: no role's name is part of another quoted one.
    condition: ({ role }) =>
      role === 'ADMIN' ? undefined : { sql: 'roles LIKE ?', parameters: [`%"${role}"%`] },
    judge: ({ role }, { roles }) => role === 'ADMIN' || roles.includes(role),
  },
};
