import fc from 'fast-check';
import { layouts } from '../../../configuration/workspace/layout';
import { isJsonObject, type Json, type JsonObject, own, withKey } from '../json';
import { type Slice } from '../slice';
import { type ConfigurationObject, type Id, type Kind, kinds, type Operation } from '../task';
import { aConfigKey, aPlugin, aProfile, aWorkspace, create, remove, update } from './builders';

/** What somebody means to do, whatever is there by then. Numbers pick from what is there. */
export interface Intent {
  kind: Kind;
  act: 'CREATE' | 'UPDATE' | 'DELETE';
  pick: number;
  /** Which field, which key, which value. */
  field: number;
  key: number;
  value: number;
  detach: boolean;
}

export const intent: fc.Arbitrary<Intent> = fc.record({
  kind: fc.constantFrom(...kinds),
  act: fc.oneof(
    { weight: 4, arbitrary: fc.constant('CREATE' as const) },
    { weight: 10, arbitrary: fc.constant('UPDATE' as const) },
    { weight: 2, arbitrary: fc.constant('DELETE' as const) },
  ),
  pick: fc.nat(5),
  field: fc.nat(5),
  key: fc.nat(3),
  value: fc.nat(11),
  detach: fc.boolean(),
});

export const intents = (maxLength: number): fc.Arbitrary<Intent[]> =>
  fc.array(intent, { minLength: Math.ceil(maxLength / 3), maxLength, size: 'max' });

const names = ['A', 'a', 'B', 'b', 'C'];
const keys = ['k', 'l', '__proto__', 'a/b~c'];
const roles = ['ADMIN', 'USER', 'READONLY'] as const;
const areas = ['main', 'side', 'left', 'top'];
const configKeys = ['x', 'y', 'X', 'z'];
const values: Json[] = [
  null,
  1,
  'one',
  {},
  { p: 1 },
  { p: 2 },
  { p: 1, q: { r: 1 } },
  { q: { r: 2 } },
  { p: {} },
  [1],
  true,
  { q: 1 },
];

const at = <T>(pool: readonly T[], index: number): T => pool[index % pool.length] as T;

/**
 * The operation that an intent is on what somebody sees, or nothing where there is nothing to do it to. `mint` gives
 * ids that were never used.
 */
export function operationOf(intended: Intent, shown: Slice, mint: () => Id): Operation | undefined {
  const { kind, act, pick, detach } = intended;
  if (act === 'CREATE') return createOf(intended, shown, mint);
  const ids = [...shown.objects[kind].keys()].sort();
  const target = ids.length > 0 ? at(ids, pick) : undefined;
  if (target === undefined) return undefined;
  if (act === 'DELETE') return remove(kind, target, detach);
  const value = shown.objects[kind].get(target);
  return value && update(kind, target, edits[kind](value, intended, shown, mint));
}

function createOf({ kind, pick, key, value }: Intent, shown: Slice, mint: () => Id): Operation | undefined {
  const name = at(names, pick);
  switch (kind) {
    case 'CONFIG_KEY': {
      const id = at(configKeys, pick);
      return create(kind, id, aConfigKey(id, { value: notNull(at(values, value)) }));
    }
    case 'PLUGIN': {
      const mapped = someId(shown, 'PLUGIN', key);
      const mappings = mapped && value % 2 ? { [at(keys, key)]: { pluginId: mapped, name: 'exposed' } } : {};
      return create(
        kind,
        mint(),
        aPlugin('new', { bundle: `org.${name}`, manifest: manifestOf(`org.${name}`), mappings }),
      );
    }
    case 'WORKSPACE': {
      const pluginId = someId(shown, 'PLUGIN', key);
      const applications =
        pluginId && value % 4 ? { [mint()]: { pluginId, area: 'main', position: 0, configuration: {} } } : {};
      return create(kind, mint(), aWorkspace('new', { name, applications }));
    }
    case 'PROFILE':
      return create(
        kind,
        mint(),
        aProfile('new', { name, workspaces: value % 4 ? someIds(shown, 'WORKSPACE', key) : [] }),
      );
  }
}

type Edit = (
  value: ConfigurationObject,
  intended: Intent,
  shown: Slice,
  mint: () => Id,
) => ConfigurationObject;

const edits: Record<Kind, Edit> = {
  PLUGIN(plugin, { field, key, value, pick }, shown) {
    const name = at(keys, key);
    if (field === 0) return { enabled: value % 2 === 0 };
    if (field === 1) return { manifest: manifestOf(plugin.bundle as string, value % 2 ? [name] : undefined) };
    if (field === 2) return { configuration: changedMap(plugin.configuration, name, value) };
    if (field === 3) {
      const permissions = plugin.permissions as JsonObject;
      const set = own(permissions, name);
      return {
        permissions: withKey(
          permissions,
          name,
          toggled(Array.isArray(set) ? (set as string[]) : [], at(roles, value)),
        ),
      };
    }
    const pluginId = someId(shown, 'PLUGIN', pick);
    const mapping = pluginId && value % 3 ? { pluginId, name: at(['m', 'n'], value) } : undefined;
    return { mappings: withKey(plugin.mappings as JsonObject, name, mapping) };
  },

  WORKSPACE(workspace, { field, key, value, pick }, shown, mint) {
    if (field === 0) return { name: at(names, value) };
    if (field === 1) return { layout: at([...Object.keys(layouts), 'single', 'two-columns'], value) };
    if (field === 2) return { icon: value % 3 ? { initials: at(names, value) } : undefined };
    const applications = workspace.applications as JsonObject;
    const ids = Object.keys(applications).sort();
    const pluginId = someId(shown, 'PLUGIN', pick);
    if (value < 3 || ids.length === 0) {
      const added = pluginId && { pluginId, area: at(areas, key), ...(value % 2 && { position: value }) };
      return { applications: withKey<Json>(applications, mint(), added) };
    }
    const id = at(ids, pick);
    const application = applications[id] as JsonObject;
    if (value === 3) return { applications: withKey(applications, id, undefined) };
    if (value < 6)
      return { applications: { ...applications, [id]: { ...application, area: at(areas, key) } } };
    if (value < 8) return { applications: { ...applications, [id]: { ...application, position: key } } };
    const configuration = changedMap(application.configuration, at(keys, key), value);
    return { applications: { ...applications, [id]: { ...application, configuration } } };
  },

  PROFILE(profile, { field, key, value, pick }, shown) {
    if (field === 0) return { name: at(names, value) };
    if (field < 3) return { roles: toggled(profile.roles as string[], at(roles, value)) };
    const list = profile.workspaces as string[];
    const workspace = someId(shown, 'WORKSPACE', pick);
    const others = list.filter((id) => id !== workspace);
    if (workspace === undefined || value % 3 === 0) return { workspaces: others };
    return { workspaces: [...others.slice(0, key), workspace, ...others.slice(key)] };
  },

  CONFIG_KEY({ value: now }, { field, key, value }) {
    if (field === 0) return { description: value % 3 ? at(names, value) : undefined };
    if (field === 1) return { secret: value % 2 === 0 };
    if (field < 4 && isJsonObject(now)) return { value: changedMap(now, at(keys, key), value) };
    return { value: notNull(at(values, value)) };
  },
};

/** One key of a map set, unset, or changed below. */
function changedMap(map: Json | undefined, key: string, value: number): JsonObject {
  const object = isJsonObject(map) ? map : {};
  const inner = own(object, key);
  if (isJsonObject(inner) && value % 2) return withKey<Json>(object, key, withKey<Json>(inner, 'p', value));
  return withKey(object, key, value === 0 ? undefined : at(values, value));
}

function toggled(set: readonly string[], member: string): string[] {
  return set.includes(member) ? set.filter((other) => other !== member) : [...set, member];
}

/** A manifest; where it lists permissions, it requires the same ids. */
export function manifestOf(bundle: string, listed?: string[]): JsonObject {
  const lists = listed && { permissions: listed.map((id) => ({ id })), requires: { actions: listed } };
  return {
    ...lists,
    bundle,
    name: bundle,
    version: '1.0.0',
    author: { name: 'Somebody' },
  };
}

const notNull = (value: Json): Json => (value === null ? 'nothing' : value);
const someIds = (shown: Slice, kind: Kind, from: number): Id[] =>
  [...shown.objects[kind].keys()].sort().slice(from);
const someId = (shown: Slice, kind: Kind, pick: number): Id | undefined => {
  const ids = [...shown.objects[kind].keys()].sort();
  return ids.length > 0 ? at(ids, pick) : undefined;
};
