import { type ConfigKey } from '../../../configuration/config-key/config-key';
import { type Plugin } from '../../../configuration/plugin/plugin';
import { type Profile } from '../../../configuration/profile/profile';
import { type Workspace } from '../../../configuration/workspace/workspace';
import { byKind, type Slice } from '../slice';
import { type ConfigurationObject, type Id, type Kind, type Operation, type Task } from '../task';
import { wholeSlice } from '../whole-configuration';
import { record } from '../recording/record';

/** What tests say of a unit: objects by id, of each only what matters. */
export interface SaidOfUnit {
  plugins?: Record<Id, Partial<Plugin>>;
  workspaces?: Record<Id, Partial<Workspace>>;
  profiles?: Record<Id, Partial<Profile>>;
  configKeys?: Record<Id, Partial<ConfigKey>>;
}

export function aPlugin(id: Id, said: Partial<Plugin> = {}): Plugin {
  const bundle = said.bundle ?? `org.example.${id}`;
  const manifest = { bundle, name: id, version: '1.0.0', author: { name: 'Somebody' } };
  return { bundle, manifest, enabled: true, configuration: {}, permissions: {}, mappings: {}, ...said };
}

export function aWorkspace(id: Id, said: Partial<Workspace> = {}): Workspace {
  return { name: id, layout: 'single', shared: true, applications: {}, ...said };
}

export function aProfile(id: Id, said: Partial<Profile> = {}): Profile {
  return { name: id, roles: [], workspaces: [], ...said };
}

export function aConfigKey(id: Id, said: Partial<ConfigKey> = {}): ConfigKey {
  return { key: id, value: 'value', secret: false, ...said };
}

/** A whole unit, as everybody has it. */
export function aUnit({ plugins = {}, workspaces = {}, profiles = {}, configKeys = {} }: SaidOfUnit): Slice {
  const all = <T>(said: Record<Id, T>, make: (id: Id, said: T) => ConfigurationObject) =>
    new Map(Object.entries(said).map(([id, part]) => [id, make(id, part)]));
  return wholeSlice({
    PLUGIN: all(plugins, aPlugin),
    WORKSPACE: all(workspaces, aWorkspace),
    PROFILE: all(profiles, aProfile),
    CONFIG_KEY: all(configKeys, aConfigKey),
  });
}

let counter = 0;
const asked = () => {
  counter += 1;
  return {
    operationId: `operation-${counter}`,
    taskId: `task-${counter}`,
    at: '2026-01-01T00:00:00.000Z',
    by: 'ada',
  };
};

export function create(kind: Kind, target: Id, value: ConfigurationObject): Operation {
  return { ...asked(), op: 'CREATE', kind, target, value };
}

export function update(
  kind: Kind,
  target: Id,
  fields: ConfigurationObject,
  basedOn?: ConfigurationObject,
): Operation {
  return { ...asked(), op: 'UPDATE', kind, target, fields, ...(basedOn && { basedOn }) };
}

export function remove(kind: Kind, target: Id, detach = false): Operation {
  return { ...asked(), op: 'DELETE', kind, target, detach };
}

/** The file after recording one operation after the other; throws where one is refused. */
export function recorded(live: Slice, ...operations: Operation[]): Task[] {
  return recordedOn([], live, ...operations);
}

export function recordedOn(tasks: Task[], live: Slice, ...operations: Operation[]): Task[] {
  return operations.reduce((file, operation) => {
    const recording = record(live, file, [operation]);
    if (recording.refused) throw new Error(`refused: ${JSON.stringify(recording.refused)}`);
    return recording.tasks;
  }, tasks);
}

/** Everything as one plain value, to compare. */
export function contents(slice: Slice): Record<Kind, Record<Id, ConfigurationObject>> {
  return byKind((kind) => Object.fromEntries(slice.objects[kind]));
}
