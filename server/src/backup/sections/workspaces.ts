import { type Id } from '../../change/core/task';
import { isTrue } from '../../configuration/kind-tables';
import { tables } from '../../configuration/tables';
import { type SectionTables } from './section-tables';

type ReadColumns = [string, string, string | null, string, unknown, string | null];

interface Parts {
  id: Id;
  name: string;
  icon: string | null;
  layout: string;
  shared: boolean;
  owner: string | null;
}

export const workspaces: SectionTables<'workspaces'> = {
  section: 'workspaces',
  table: 'workspace',
  readColumns: ['id', 'name', 'icon', 'layout', 'shared', 'owner'],
  loadColumns: tables.WORKSPACE.columns,

  textOfColumns(columns) {
    const [id, name, icon, layout, shared, owner] = columns as ReadColumns;
    return textOf({ id, name, icon, layout, shared: isTrue(shared), owner });
  },

  textOfRow: (row) =>
    textOf({
      ...row,
      icon: row.icon === undefined ? null : JSON.stringify(row.icon),
      owner: row.owner ?? null,
    }),

  tableRows: ({ id, ...workspace }) => ({
    row: tables.WORKSPACE.encode(id, { ...workspace, applications: {} }).row,
    children: [],
  }),
};

function textOf({ id, name, icon, layout, shared, owner }: Parts): string {
  const iconField = icon === null ? '' : `,"icon":${icon}`;
  const ownerField = owner === null ? '' : `,"owner":${JSON.stringify(owner)}`;
  return (
    `{"id":${JSON.stringify(id)},"name":${JSON.stringify(name)}${iconField}` +
    `,"layout":${JSON.stringify(layout)},"shared":${shared}${ownerField}}`
  );
}
