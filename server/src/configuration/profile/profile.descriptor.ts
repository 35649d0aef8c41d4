import { type Descriptor, asJson } from '../../change/core/descriptor';
import { nameKey, storedName } from '../../change/core/name-key';
import { type Id } from '../../change/core/task';
import { listRule, nameRule, textRule, unknownFieldFaults } from '../field-rules';
import { jsonFaults, sizeFaults } from '../json-limits';
import { rolesRule } from '../roles-rule';
import { type Profile } from './profile';

export const profileDescriptor: Descriptor<Profile> = {
  kind: 'PROFILE',
  key: 'name',
  unique: true,
  fields: { name: 'scalar', roles: 'set', workspaces: 'list' },
  keyOf: ({ name }) => (typeof name === 'string' ? nameKey(name) : undefined),

  stored: (profile) => ({
    ...profile,
    name: typeof profile.name === 'string' ? storedName(profile.name) : profile.name,
    roles: profile.roles === undefined ? [] : profile.roles,
    workspaces: profile.workspaces === undefined ? [] : profile.workspaces,
  }),

  refersTo: ['WORKSPACE'],
  references: (id, { workspaces }) =>
    membersOf(workspaces).map((workspace) => ({
      place: `profile:${id}`,
      path: '/workspaces',
      to: 'WORKSPACE',
      id: workspace,
    })),

  drop: (profile, reference) => ({
    ...profile,
    workspaces: profile.workspaces.filter((workspace) => workspace !== reference.id),
  }),

  redirect: (profile, found) => ({
    ...profile,
    workspaces: [...new Set(membersOf(profile.workspaces).map((workspace) => found('WORKSPACE', workspace)))],
  }),

  settle: (profile) => profile,

  validate: (profile) => [
    ...unknownFieldFaults(asJson(profile), profileDescriptor.fields),
    ...nameRule('/name', profile.name),
    ...rolesRule('/roles', profile.roles),
    ...listRule('/workspaces', profile.workspaces, (workspace, path) => textRule(path, workspace, 36)),
    ...jsonFaults(asJson(profile)),
    ...sizeFaults(asJson(profile)),
  ],

  validateEdit: () => [],
  displayName: ({ name }) => name,
  secrets: () => [],
};

/** Also of what is not valid: a task in conflict may hold anything. */
const membersOf = (workspaces: unknown): Id[] =>
  Array.isArray(workspaces) ? workspaces.filter((workspace) => typeof workspace === 'string') : [];
