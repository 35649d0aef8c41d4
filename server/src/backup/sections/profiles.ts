import { type Role } from '../../access/role';
import { canonicalField } from '../../change/core/canonical';
import { type Id } from '../../change/core/task';
import { tables } from '../../configuration/tables';
import { type SectionTables } from './section-tables';

type ReadColumns = [string, string, string];

export const profiles: SectionTables<'profiles'> = {
  section: 'profiles',
  table: 'profile',
  readColumns: ['id', 'name', 'roles'],
  loadColumns: tables.PROFILE.columns,
  child: {
    table: 'profile_workspace',
    owner: 'profile_id',
    columns: ['profile_id', 'workspace_id', 'position'],
    orderBy: 'position',
  },

  textOfColumns(columns, children) {
    const [id, name, roles] = columns as ReadColumns;
    return textOf(
      id,
      name,
      roles,
      children.map(([, workspaceId]) => workspaceId as Id),
    );
  },

  textOfRow: ({ id, name, roles, workspaces }) =>
    textOf(id, name, JSON.stringify(storedRoles(roles)), workspaces),

  tableRows({ id, ...profile }) {
    const { row, children } = tables.PROFILE.encode(id, { ...profile, roles: storedRoles(profile.roles) });
    return { row, children: children[0] ?? [] };
  },
};

/** Other programs may write them in any order. */
const storedRoles = (roles: readonly string[]): Role[] => canonicalField('set', [...roles]) as Role[];

const textOf = (id: Id, name: string, roles: string, workspaces: readonly Id[]): string =>
  `{"id":${JSON.stringify(id)},"name":${JSON.stringify(name)},"roles":${roles}` +
  `,"workspaces":${JSON.stringify(workspaces)}}`;
