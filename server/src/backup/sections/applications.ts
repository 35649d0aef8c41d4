import { type ApplicationRow } from '../format/rows/section';
import { type SectionTables } from './section-tables';

type ReadColumns = [string, string, string, string, number, string];

const columns = ['id', 'workspace_id', 'plugin_id', 'area', 'position', 'configuration'] as const;

export const applications: SectionTables<'applications'> = {
  section: 'applications',
  table: 'application',
  readColumns: columns,
  loadColumns: columns,

  textOfColumns(row) {
    const [id, workspaceId, pluginId, area, position, configuration] = row as ReadColumns;
    return textOf({ id, workspaceId, pluginId, area, position, configuration });
  },

  textOfRow: (row) => textOf({ ...row, configuration: JSON.stringify(row.configuration) }),

  tableRows: ({ id, workspaceId, pluginId, area, position, configuration }) => ({
    row: [id, workspaceId, pluginId, area, position, JSON.stringify(configuration)],
    children: [],
  }),
};

function textOf(parts: Omit<ApplicationRow, 'configuration'> & { configuration: string }): string {
  return (
    `{"id":${JSON.stringify(parts.id)},"workspaceId":${JSON.stringify(parts.workspaceId)}` +
    `,"pluginId":${JSON.stringify(parts.pluginId)},"area":${JSON.stringify(parts.area)}` +
    `,"position":${parts.position},"configuration":${parts.configuration}}`
  );
}
