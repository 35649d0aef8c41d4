import { nameKey } from '../../change/core/name-key';
import { isTrue, type KindTables } from '../kind-tables';
import { type Application, type Workspace } from './workspace';

type Row = [string, string, string, string | null, string, unknown, string | null];

export const workspaceTables: KindTables<Workspace> = {
  kind: 'WORKSPACE',
  table: 'workspace',
  columns: ['id', 'name', 'sort_key', 'icon', 'layout', 'shared', 'owner'],
  sharedKeyColumn: 'sort_key',
  searchColumn: 'sort_key',
  children: [
    {
      name: 'application',
      owner: 'workspace_id',
      columns: ['workspace_id', 'id', 'plugin_id', 'area', 'position', 'configuration'],
      orderBy: 'area, position, id',
    },
  ],
  references: [{ table: 'application', owner: 'workspace_id', column: 'plugin_id', to: 'PLUGIN' }],
  sorts: { NAME: { column: 'sort_key', of: (_, { name }) => nameKey(name) } },

  encode(id, workspace) {
    return {
      row: [
        id,
        workspace.name,
        nameKey(workspace.name),
        workspace.icon === undefined ? null : JSON.stringify(workspace.icon),
        workspace.layout,
        workspace.shared,
        workspace.owner ?? null,
      ],
      children: [
        Object.entries(workspace.applications).map(([applicationId, application]) => [
          id,
          applicationId,
          application.pluginId,
          application.area,
          application.position,
          JSON.stringify(application.configuration),
        ]),
      ],
    };
  },

  decode(row, [applications = []]) {
    const [, name, , icon, layout, shared, owner] = row as Row;
    return {
      name,
      ...(icon !== null && { icon: JSON.parse(icon) as Workspace['icon'] }),
      layout,
      shared: isTrue(shared),
      ...(owner !== null && { owner }),
      applications: Object.fromEntries(applications.map(applicationOf)),
    };
  },

  visible: {
    condition: ({ role, email }) =>
      role === 'ADMIN' ? undefined : { sql: '(shared = 1 OR owner = ?)', parameters: [email] },
    judge: ({ role, email }, { shared, owner }) => role === 'ADMIN' || shared || owner === email,
  },
};

function applicationOf(row: readonly unknown[]): [id: string, application: Application] {
  const [, id, pluginId, area, position, configuration] = row as [
    string,
    string,
    string,
    string,
    number,
    string,
  ];
  return [
    id,
    { pluginId, area, position, configuration: JSON.parse(configuration) as Application['configuration'] },
  ];
}
