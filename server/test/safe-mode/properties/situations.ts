import { type JsonObject } from '../../../src/change/core/json';
import { type FieldType } from '../../../src/change/core/descriptor';
import { type Resolution } from '../../../src/change/core/outcome';
import { type Slice } from '../../../src/change/core/slice';
import {
  type ConfigurationObject,
  type ConflictCode,
  type Id,
  type Kind,
  type Operation,
} from '../../../src/change/core/task';
import {
  aPlugin,
  aProfile,
  aWorkspace,
  create,
  remove,
  update,
} from '../../../src/change/core/testing/builders';
import { manifestOf } from '../../../src/change/core/testing/intents';
import { descriptors } from '../../../src/configuration/descriptors';

/** What somebody asks for, from what they see: the ids of what is new are not known before. */
type Asked = (shown: Slice) => Operation;

/** What is recorded on the configuration that every run begins with, what others do then, and what that leads to. */
export interface Situation {
  mine: readonly Asked[];
  theirs: readonly Asked[];
  /** Of the conflicts that then stand, sorted. */
  codes: readonly ConflictCode[];
  /** Out of the first of them, besides removing its task. */
  ways?: readonly Resolution[];
  /** How the field is merged where nothing stands against it. */
  merged?: FieldType;
}

const does = (operation: Operation): Asked => {
  return () => operation;
};
const sets = (kind: Kind, id: Id, fields: ConfigurationObject) => does(update(kind, id, fields));
const named = (kind: Kind, key: string, { objects }: Slice): Id =>
  [...objects[kind]].find(([, value]) => descriptors[kind].keyOf(value) === key)![0];

const plugin = (name: string) =>
  create('PLUGIN', 'new', aPlugin('new', { bundle: `org.${name}`, manifest: manifestOf(`org.${name}`) }));
const profile = (name: string, workspaces: Id[] = []) =>
  create('PROFILE', 'new', aProfile('new', { name, workspaces }));
const workspace = (name: string) => create('WORKSPACE', 'new', aWorkspace('new', { name }));
const application = (pluginId: Id, area: string) => ({ pluginId, area, position: 0, configuration: {} });

const leadsTo = (id: Id, pluginId: Id) =>
  update('PLUGIN', id, { mappings: { k: { pluginId, name: 'exposed' } } });

/** The applications of a workspace, some of them otherwise. */
const applications =
  (id: Id, others: JsonObject): Asked =>
  ({ objects }) => {
    const { applications: present } = objects.WORKSPACE.get(id) as { applications: JsonObject };
    return update('WORKSPACE', id, { applications: { ...present, ...others } });
  };
const setsInApplication = (settings: JsonObject) =>
  applications('w1', { a1: { ...application('p1', 'main'), configuration: { k: { p: 1 }, ...settings } } });

export const situations = {
  'the same name twice': {
    mine: [does(profile('C'))],
    theirs: [does(profile('c'))],
    codes: ['NAME_TAKEN'],
    ways: ['VALUE'],
  },
  'changed and removed': {
    mine: [sets('WORKSPACE', 'w3', { name: 'C' })],
    theirs: [does(remove('WORKSPACE', 'w3', true))],
    codes: ['TARGET_MISSING'],
    ways: ['RECREATE'],
  },
  'removed twice': {
    mine: [does(remove('PROFILE', 'r1'))],
    theirs: [does(remove('PROFILE', 'r1'))],
    codes: ['TARGET_MISSING'],
    ways: [],
  },
  'one value, two changes': {
    mine: [sets('CONFIG_KEY', 'y', { value: 'mine' })],
    theirs: [sets('CONFIG_KEY', 'y', { value: 'theirs' })],
    codes: ['FIELD_CHANGED'],
    ways: ['MINE', 'THEIRS', 'VALUE'],
  },
  'one order, two changes': {
    mine: [sets('PROFILE', 'r1', { workspaces: ['w3', 'w1', 'w2'] })],
    theirs: [sets('PROFILE', 'r1', { workspaces: ['w2', 'w1', 'w3'] })],
    codes: ['FIELD_CHANGED'],
    ways: ['MINE', 'THEIRS', 'VALUE'],
  },
  'one key made twice': {
    mine: [does(create('CONFIG_KEY', 'z', { key: 'z', value: 'mine', secret: false }))],
    theirs: [does(create('CONFIG_KEY', 'z', { key: 'z', value: 'theirs', secret: false }))],
    codes: ['FIELD_CHANGED'],
    ways: ['MINE', 'THEIRS', 'VALUE'],
  },
  'removed and changed': {
    mine: [does(remove('PROFILE', 'r2'))],
    theirs: [sets('PROFILE', 'r2', { roles: ['ADMIN'] })],
    codes: ['DELETE_OF_CHANGED'],
    ways: ['MINE'],
  },
  'used and removed': {
    mine: [sets('PROFILE', 'r2', { workspaces: ['w2', 'w3'] })],
    theirs: [does(remove('WORKSPACE', 'w3', true))],
    codes: ['REFERENCE_MISSING'],
    ways: ['DETACH'],
  },
  'removed and used': {
    mine: [does(remove('WORKSPACE', 'w3', true))],
    theirs: [sets('PROFILE', 'r2', { workspaces: ['w2', 'w3'] })],
    codes: ['REFERENCE_GAINED'],
    ways: ['DETACH'],
  },
  'built on what is left out': {
    mine: [
      does(plugin('C')),
      (shown) => applications('w2', { new: application(named('PLUGIN', 'org.c', shown), 'main') })(shown),
      does(workspace('C')),
      (shown) => profile('C', [named('WORKSPACE', 'c', shown)]),
    ],
    theirs: [does(plugin('c'))],
    codes: ['DEPENDENCY_REMOVED', 'NAME_TAKEN'],
    ways: [],
  },
  'an area that is gone': {
    mine: [applications('w1', { a1: application('p1', 'side') })],
    theirs: [sets('WORKSPACE', 'w1', { layout: 'single' })],
    codes: ['INVALID'],
    ways: ['VALUE'],
  },
  'the same twice': {
    mine: [sets('PLUGIN', 'p1', { enabled: false }), sets('WORKSPACE', 'w2', { name: 'C' })],
    theirs: [sets('PLUGIN', 'p1', { enabled: false })],
    codes: [],
    merged: 'scalar',
  },
  'one set': {
    mine: [sets('PROFILE', 'r1', { roles: ['USER', 'ADMIN'] })],
    theirs: [sets('PROFILE', 'r1', { roles: ['READONLY'] })],
    codes: [],
    merged: 'set',
  },
  'one list': {
    mine: [sets('PROFILE', 'r1', { workspaces: ['w2', 'w1', 'w3'] })],
    theirs: [sets('PROFILE', 'r1', { workspaces: ['w1', 'w2'] })],
    codes: [],
    merged: 'list',
  },
  'one map': {
    mine: [sets('PLUGIN', 'p1', { configuration: { k: { p: 2, q: { r: 1 } }, l: 1 } })],
    theirs: [sets('PLUGIN', 'p1', { configuration: { k: { p: 1, q: { r: 1 } } } })],
    codes: [],
    merged: 'map',
  },
  'one map of sets': {
    mine: [sets('PLUGIN', 'p1', { permissions: { k: ['USER', 'ADMIN'] } })],
    theirs: [sets('PLUGIN', 'p1', { permissions: { k: ['READONLY', 'USER'] } })],
    codes: [],
    merged: 'setMap',
  },
  'mappings of one plugin': {
    mine: [
      sets('PLUGIN', 'p2', {
        mappings: { k: { pluginId: 'p1', name: 'm' }, l: { pluginId: 'p2', name: 'n' } },
      }),
    ],
    theirs: [sets('PLUGIN', 'p2', { mappings: { k: { pluginId: 'p2', name: 'm' } } })],
    codes: [],
    merged: 'leafMap',
  },
  'settings of one application': {
    mine: [setsInApplication({ l: 'mine' })],
    theirs: [setsInApplication({ m: 'theirs' }), applications('w1', { new: application('p2', 'main') })],
    codes: [],
    merged: 'applications',
  },
  'names swapped': {
    mine: [
      sets('PROFILE', 'r1', { name: 'C' }),
      sets('PROFILE', 'r2', { name: 'A' }),
      sets('PROFILE', 'r1', { name: 'b' }),
    ],
    theirs: [],
    codes: [],
  },
  'made together, each leads to the other': {
    mine: [
      does(plugin('C')),
      does(plugin('D')),
      (shown) => leadsTo(named('PLUGIN', 'org.c', shown), named('PLUGIN', 'org.d', shown)),
      (shown) => leadsTo(named('PLUGIN', 'org.d', shown), named('PLUGIN', 'org.c', shown)),
    ],
    theirs: [],
    codes: [],
  },
} as const satisfies Record<string, Situation>;

export type SituationName = keyof typeof situations;
export const situationNames = Object.keys(situations) as SituationName[];
