import { type Descriptor, asJson } from '../../change/core/descriptor';
import {
  isJsonObject,
  type Json,
  own,
  type Pointer,
  pointerNames,
  pointerTo,
  withKey,
} from '../../change/core/json';
import { nameKey, storedName } from '../../change/core/name-key';
import { type Fault, type Id } from '../../change/core/task';
import {
  booleanRule,
  entriesRule,
  fault,
  nameRule,
  objectRule,
  optionalTextRule,
  textRule,
  unknownFieldFaults,
} from '../field-rules';
import { jsonFaults, sizeFaults } from '../json-limits';
import { iconFaults } from './icon';
import { areasOf, defaultLayout, layouts } from './layout';
import { type Application, type Workspace } from './workspace';

const maxId = 36;
const maxPosition = 2 ** 31 - 1;

export const workspaceDescriptor: Descriptor<Workspace> = {
  kind: 'WORKSPACE',
  key: 'name',
  unique: false,
  fields: {
    name: 'scalar',
    icon: 'json',
    layout: 'scalar',
    shared: 'scalar',
    owner: 'scalar',
    applications: 'applications',
  },
  keyOf: ({ name }) => (typeof name === 'string' ? nameKey(name) : undefined),

  stored: (workspace) => ({
    ...workspace,
    name: typeof workspace.name === 'string' ? storedName(workspace.name) : workspace.name,
    layout: workspace.layout === undefined ? defaultLayout : workspace.layout,
    shared: workspace.shared === undefined ? true : workspace.shared,
    applications: workspace.applications === undefined ? {} : workspace.applications,
  }),

  refersTo: ['PLUGIN'],
  references: (id, { applications }) =>
    applicationsOf(applications).flatMap(([application, { pluginId }]) =>
      typeof pluginId === 'string'
        ? [
            {
              place: `workspace:${id}#${application}`,
              path: pointerTo('applications', application),
              to: 'PLUGIN',
              id: pluginId,
            },
          ]
        : [],
    ),

  drop(workspace, reference) {
    const [, application = ''] = pointerNames(reference.path);
    return { ...workspace, applications: withKey(workspace.applications, application, undefined) };
  },

  redirect: (workspace, found) => ({
    ...workspace,
    applications: Object.fromEntries(
      applicationsOf(workspace.applications).map(([id, application]) => [
        id,
        { ...application, pluginId: found('PLUGIN', application.pluginId) },
      ]),
    ),
  }),

  settle(workspace, before) {
    const areas = areasOf(workspace.layout);
    if (!areas || !before) return workspace;
    const moved = applicationsOf(workspace.applications).map(([id, application]): [Id, Application] => {
      const untouched = own(before.applications, id)?.area === application.area;
      return [
        id,
        untouched && !areas.includes(application.area) ? { ...application, area: areas[0] } : application,
      ];
    });
    return { ...workspace, applications: Object.fromEntries(moved) };
  },

  validate: (workspace) => [
    ...unknownFieldFaults(asJson(workspace), workspaceDescriptor.fields),
    ...nameRule('/name', workspace.name),
    ...(workspace.icon === undefined ? [] : iconFaults('/icon', workspace.icon)),
    ...(areasOf(workspace.layout)
      ? []
      : [fault('/layout', `must be one of ${Object.keys(layouts).join(', ')}`)]),
    ...booleanRule('/shared', workspace.shared),
    ...optionalTextRule('/owner', workspace.owner, 254),
    ...entriesRule('/applications', workspace.applications, maxId, (application, path) =>
      applicationFaults(application, path, workspace.layout),
    ),
    ...jsonFaults(asJson(workspace)),
    ...sizeFaults(asJson(workspace)),
  ],

  validateEdit: (before, after) => [
    ...(before.owner === after.owner ? [] : [fault('/owner', 'cannot be changed')]),
    ...applicationsOf(after.applications).flatMap(([id, application]) => {
      const was = own(before.applications, id);
      return was === undefined || was.pluginId === application.pluginId
        ? []
        : [
            fault(
              pointerTo('applications', id, 'pluginId'),
              'cannot be changed; remove the application and add another',
            ),
          ];
    }),
  ],

  displayName: ({ name }) => name,
  secrets: () => [],
};

function applicationFaults(application: Json, path: Pointer, layout: unknown): Fault[] {
  if (!isJsonObject(application)) return objectRule(path, application);
  const { pluginId, area, position, configuration } = application;
  return [
    ...Object.keys(application)
      .filter((key) => !['pluginId', 'area', 'position', 'configuration'].includes(key))
      .map((key) => fault(path + pointerTo(key), 'is not a field of an application')),
    ...textRule(`${path}/pluginId`, pluginId, maxId),
    ...areaFaults(`${path}/area`, area, layout),
    ...(typeof position === 'number' && Number.isInteger(position) && Math.abs(position) <= maxPosition
      ? []
      : [fault(`${path}/position`, 'must be a whole number')]),
    ...objectRule(`${path}/configuration`, configuration),
  ];
}

function areaFaults(path: Pointer, area: Json | undefined, layout: unknown): Fault[] {
  const areas = areasOf(layout);
  if (!areas || (typeof area === 'string' && areas.includes(area))) return [];
  return [fault(path, `must be an area of the layout: ${areas.join(', ')}`)];
}

function applicationsOf(applications: unknown): [Id, Application][] {
  if (!isJsonObject(applications)) return [];
  return Object.entries(applications).filter((entry): entry is [Id, Application] => isJsonObject(entry[1]));
}
