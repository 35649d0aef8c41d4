import { type Caller, type Office } from './callers';
import { admins, editors, type Expectation, fieldOfUnit, members, mutation } from './expectation';

const aPlugin = (office: Office) => office.unit.installPlugin(`org.example.${office.unique()}`);
const aWorkspace = async (office: Office) =>
  (await office.unit.createWorkspace({ name: office.unique() })).id;
const everyRole = ['ADMIN', 'POWER_USER', 'USER', 'READONLY'];
const aProfile = (office: Office) => office.unit.createProfile({ name: office.unique(), roles: everyRole });

/** The first line of the newest write. */
async function anEntry(office: Office): Promise<string> {
  await aProfile(office);
  return `${office.unitId}.${await office.unit.revision()}.0`;
}

/** An object of the unit, read by its id. */
const oneOfUnit = (
  field: string,
  make: (office: Office) => Promise<string>,
  allowed = members,
): Expectation => ({
  allowed,
  call: async (office) => ({
    query: `query ($unit: ID!, $id: ID!) { unit(id: $unit) { ${field}(id: $id) { id } } }`,
    variables: { unit: office.unitId, id: await make(office) },
  }),
});

/** A mutation of one object of the configuration; `make` answers what the input needs beside the unit. */
const edit = (
  name: string,
  allowed: readonly Caller[],
  fields: string,
  make: (office: Office) => object | Promise<object>,
  inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`,
): [string, Expectation] => [
  `Mutation.${name}`,
  {
    allowed,
    call: async (office) =>
      mutation(name, inputType, `{ ${fields} }`, { unitId: office.unitId, ...(await make(office)) }),
  },
];

const manifest = (bundle: string, version = '1.0.0') => ({
  bundle,
  version,
  name: 'Clock',
  author: { name: 'Ada' },
});

export const configuration: Record<string, Expectation> = Object.fromEntries([
  edit('createWorkspace', editors, 'workspace { id }', (office) => ({ name: office.unique() })),
  edit('updateWorkspace', editors, 'workspace { id }', async (office) => ({
    id: await aWorkspace(office),
    name: 'Renamed',
  })),
  edit('deleteWorkspace', editors, 'id', async (office) => ({ id: await aWorkspace(office) }), 'DeleteInput'),
  edit('installPlugin', admins, 'plugin { id }', (office) => ({
    manifest: manifest(`org.example.${office.unique()}`),
  })),
  edit('updatePlugin', admins, 'plugin { id }', async (office) => {
    const bundle = `org.example.${office.unique()}`;
    return { id: await office.unit.installPlugin(bundle), manifest: manifest(bundle, '2.0.0') };
  }),
  edit('configurePlugin', admins, 'plugin { id }', async (office) => ({
    id: await aPlugin(office),
    enabled: false,
  })),
  edit('removePlugin', admins, 'id', async (office) => ({ id: await aPlugin(office) }), 'DeleteInput'),
  edit('setConfigKey', admins, 'configKey { id }', (office) => ({ key: office.unique(), value: 1 })),
  edit('removeConfigKey', admins, 'id', async (office) => {
    const key = office.unique();
    await office.unit.mutate('setConfigKey', 'SetConfigKeyInput', { key, value: 1 }, 'configKey { id }');
    return { key };
  }),
  edit('createProfile', admins, 'profile { id }', (office) => ({
    name: office.unique(),
    roles: [],
    workspaceIds: [],
  })),
  edit('updateProfile', admins, 'profile { id }', async (office) => ({
    id: await aProfile(office),
    name: office.unique(),
  })),
  edit('deleteProfile', admins, 'id', async (office) => ({ id: await aProfile(office) }), 'DeleteInput'),
]);

export const fieldsOfUnit: Record<string, Expectation> = {
  'Unit.id': fieldOfUnit('id'),
  'Unit.name': fieldOfUnit('name'),
  'Unit.revision': fieldOfUnit('revision'),
  'Unit.plugins': fieldOfUnit('plugins { totalCount }'),
  'Unit.plugin': oneOfUnit('plugin', aPlugin),
  'Unit.manifestAt': {
    ...fieldOfUnit('manifestAt(url: "http://127.0.0.1/manifest.json")', admins),
    // An address inside the operator's network: admins get as far as being told so.
    mayEndWith: ['BAD_USER_INPUT'],
  },
  'Unit.workspaces': fieldOfUnit('workspaces { totalCount }'),
  'Unit.workspace': oneOfUnit('workspace', aWorkspace),
  'Unit.profiles': fieldOfUnit('profiles { totalCount }'),
  'Unit.profile': oneOfUnit('profile', aProfile),
  'Unit.configKeys': fieldOfUnit('configKeys { totalCount }', admins),
  'Unit.configKey': {
    allowed: admins,
    call: async (office) => {
      const key = office.unique();
      await office.unit.mutate('setConfigKey', 'SetConfigKeyInput', { key, value: 1 }, 'configKey { id }');
      return {
        query: 'query ($unit: ID!, $key: String!) { unit(id: $unit) { configKey(key: $key) { value } } }',
        variables: { unit: office.unitId, key },
      };
    },
  },
  'Unit.members': fieldOfUnit('members { totalCount nodes { user { email } } }', admins),
  'Unit.history': fieldOfUnit('history { totalCount }', admins),
  'Unit.historyEntry': oneOfUnit('historyEntry', anEntry, admins),
  'Unit.historyAuthors': fieldOfUnit('historyAuthors { id }', admins),
  'Unit.jobs': fieldOfUnit('jobs { id }', admins),
};
