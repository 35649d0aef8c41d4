import { type App } from '../../../src/app';
import { type EditOutcome } from '../../../src/change/edit-request';
import { type Editor } from '../../../src/change/editor';
import { isJsonObject, type Json, type JsonObject } from '../../../src/change/core/json';
import { type Slice } from '../../../src/change/core/slice';
import { type ConfigurationObject, type Id, type Operation } from '../../../src/change/core/task';
import { type Role } from '../../../src/access/role';
import { type Application } from '../../../src/configuration/workspace/workspace';

/** A form that somebody fills in: where, as whom, what it shows, and at which revision it was loaded. */
export interface Form {
  app: App;
  unitId: Id;
  editor: Editor;
  shown: Slice;
  basedOnRevision?: number;
}

/** Asks for an operation by the mutation that people use for it. Ids of what is new are not those of the operation. */
export function ask(form: Form, operation: Operation): Promise<EditOutcome> {
  switch (operation.kind) {
    case 'PLUGIN':
      return askOfPlugin(form, operation);
    case 'WORKSPACE':
      return askOfWorkspace(form, operation);
    case 'PROFILE':
      return askOfProfile(form, operation);
    case 'CONFIG_KEY':
      return askOfConfigKey(form, operation);
  }
}

function askOfPlugin({ app, editor, unitId, shown, basedOnRevision }: Form, operation: Operation) {
  const { plugins } = app;
  const existing = { unitId, id: operation.target, basedOnRevision };
  if (operation.op === 'DELETE') return plugins.remove(editor, { ...existing, detach: operation.detach });
  if (operation.op === 'CREATE') {
    const { manifest, mappings, configuration, permissions, enabled } = operation.value;
    const input = { manifest, configuration, permissions, enabled: enabled as boolean };
    return plugins.install(editor, { unitId, ...input, mappings: byBundle(shown, mappings) });
  }
  const { manifest, mappings, configuration, permissions, enabled } = operation.fields;
  if (manifest !== undefined) return plugins.update(editor, { ...existing, manifest });
  const input = { configuration, permissions, enabled: enabled as boolean | undefined };
  return plugins.configure(editor, { ...existing, ...input, mappings: byBundle(shown, mappings) });
}

function askOfWorkspace({ app, editor, unitId, basedOnRevision }: Form, operation: Operation) {
  const { workspaces } = app;
  const existing = { unitId, id: operation.target, basedOnRevision };
  if (operation.op === 'DELETE') return workspaces.delete(editor, { ...existing, detach: operation.detach });
  const value = operation.op === 'CREATE' ? operation.value : operation.fields;
  const input = {
    layout: value.layout as string | undefined,
    shared: value.shared as boolean | undefined,
    icon: unsetAsNull(value, 'icon'),
    applications: applicationInputs(value.applications),
  };
  if (operation.op === 'CREATE')
    return workspaces.create(editor, { unitId, ...input, name: value.name as string });
  return workspaces.update(editor, { ...existing, ...input, name: value.name as string | undefined });
}

function askOfProfile({ app, editor, unitId, basedOnRevision }: Form, operation: Operation) {
  const { profiles } = app;
  const existing = { unitId, id: operation.target, basedOnRevision };
  if (operation.op === 'DELETE') return profiles.delete(editor, { ...existing, detach: operation.detach });
  if (operation.op === 'CREATE') {
    const { name, roles, workspaces } = operation.value;
    const input = { name: name as string, roles: roles as Role[], workspaceIds: workspaces as Id[] };
    return profiles.create(editor, { unitId, ...input });
  }
  const { name, roles, workspaces } = operation.fields;
  const input = { name: name as string, roles: roles as Role[], workspaceIds: workspaces as Id[] };
  return profiles.update(editor, { ...existing, ...input });
}

function askOfConfigKey({ app, editor, unitId, basedOnRevision }: Form, operation: Operation) {
  const { configKeys } = app;
  const existing = { unitId, key: operation.target, basedOnRevision };
  if (operation.op === 'DELETE') return configKeys.remove(editor, existing);
  const value = operation.op === 'CREATE' ? operation.value : operation.fields;
  return configKeys.set(editor, {
    ...existing,
    value: value.value,
    description: unsetAsNull(value, 'description') as string | null | undefined,
    secret: value.secret as boolean | undefined,
  });
}

/** People name the plugin that a mapping leads to by its bundle. */
function byBundle({ objects }: Slice, mappings: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(mappings)) return undefined;
  return Object.fromEntries(
    Object.entries(mappings).map(([required, mapping]) => {
      const { pluginId, name } = mapping as { pluginId: Id; name: string };
      return [required, { bundle: objects.PLUGIN.get(pluginId)?.bundle ?? null, name }];
    }),
  );
}

function applicationInputs(applications: Json | undefined) {
  if (!isJsonObject(applications)) return undefined;
  return Object.entries(applications).map(([id, application]) => {
    const { pluginId, area, position, configuration } = application as unknown as Application;
    return { id, pluginId, area, position, configuration };
  });
}

/** A field that the operation unsets. */
function unsetAsNull(fields: ConfigurationObject, field: string): Json | undefined {
  return Object.hasOwn(fields, field) && fields[field] === undefined ? null : fields[field];
}
