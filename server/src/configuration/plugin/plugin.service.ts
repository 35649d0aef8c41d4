import { v7 as uuid } from 'uuid';

import { type EditOutcome } from '../../change/edit-request';
import { type EditService } from '../../change/edit.service';
import { type Editor } from '../../change/editor';
import { type ShownConfiguration } from '../../change/shown-configuration';
import { isJsonObject, type Json } from '../../change/core/json';
import { nameKey } from '../../change/core/name-key';
import { type Id } from '../../change/core/task';
import { BadUserInput, type FieldFault } from '../../refusal';
import { type DeleteInput } from '../edit-input.type';
import { createOperation, deleteOperation, givenFields, namedFields, updateOperation } from '../operations';
import { declaredExposures } from './declared';
import { type ManifestFetcher } from './manifest-fetcher';
import { type Mapping, type Plugin } from './plugin';
import { type ConfigurePluginInput, type InstallPluginInput, type UpdatePluginInput } from './plugin.type';

/** Mutations of plugins, as operations of the change core. */
export class PluginService {
  constructor(
    private readonly edits: EditService,
    private readonly manifests: ManifestFetcher,
  ) {}

  async install(editor: Editor, input: InstallPluginInput): Promise<EditOutcome> {
    const { unitId, operationId, configuration, permissions, enabled } = input;
    const earlier = await this.beforeFetching(editor, input, 'installPlugin');
    if (earlier) return earlier;
    const manifest = await this.manifestOf(input);
    const bundle = bundleOf(manifest);
    const target = uuid();
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'installPlugin',
      target,
      operationId,
      operations: async (shown) => {
        const mappings = await mappingsOf(shown, input.mappings ?? {}, { bundle, id: target, manifest });
        const value = {
          bundle,
          manifest,
          manifestUrl: input.manifestUrl,
          configuration,
          permissions,
          mappings,
          enabled,
        };
        return [createOperation({ editor, operationId }, 'PLUGIN', target, givenFields(value))];
      },
    });
  }

  async update(editor: Editor, input: UpdatePluginInput): Promise<EditOutcome> {
    const { unitId, id, operationId, basedOnRevision } = input;
    const earlier = await this.beforeFetching(editor, input, 'updatePlugin');
    if (earlier) return earlier;
    const manifest = await this.manifestOf(input);
    const fields = { manifest, manifestUrl: input.manifestUrl ?? undefined };
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'updatePlugin',
      target: id,
      operationId,
      basedOnRevision,
      operations: () => Promise.resolve([updateOperation({ editor, operationId }, 'PLUGIN', id, fields)]),
    });
  }

  configure(editor: Editor, input: ConfigurePluginInput): Promise<EditOutcome> {
    const { unitId, id, operationId, basedOnRevision, configuration, permissions, enabled } = input;
    const named = namedFields({ configuration, permissions, mappings: input.mappings, enabled });
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'configurePlugin',
      target: id,
      operationId,
      basedOnRevision,
      operations: async (shown) => {
        const fields =
          named.mappings === undefined
            ? named
            : { ...named, mappings: await mappingsOf(shown, named.mappings) };
        return [updateOperation({ editor, operationId }, 'PLUGIN', id, fields)];
      },
    });
  }

  remove(
    editor: Editor,
    { unitId, id, detach, operationId, basedOnRevision }: DeleteInput,
  ): Promise<EditOutcome> {
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'removePlugin',
      target: id,
      operationId,
      basedOnRevision,
      operations: () =>
        Promise.resolve([deleteOperation({ editor, operationId }, 'PLUGIN', id, detach ?? false)]),
    });
  }

  /** What stands at an address now. Throws `BadUserInput` that names what went wrong. */
  async manifestAt(url: string): Promise<Json> {
    return (await this.manifests.fetch(url)) as Json;
  }

  /** What a resend is answered with, whatever has become of the address since. */
  private async beforeFetching(
    editor: Editor,
    { unitId, operationId, manifest }: InstallPluginInput | UpdatePluginInput,
    mutation: string,
  ): Promise<EditOutcome | undefined> {
    return isGiven(manifest) ? undefined : this.edits.earlier({ unitId, editor, mutation, operationId });
  }

  /** The manifest that was given, or what stands at its address now. Its faults are found by the descriptor. */
  private async manifestOf({ manifest, manifestUrl }: InstallPluginInput | UpdatePluginInput): Promise<Json> {
    if (isGiven(manifest)) return manifest;
    if (manifestUrl) return this.manifestAt(manifestUrl);
    throw new BadUserInput([
      { path: 'input.manifest', message: 'give the manifest, or the address of it as manifestUrl' },
    ]);
  }
}

const isGiven = (manifest: Json | undefined): manifest is NonNullable<Json> =>
  manifest !== undefined && manifest !== null;

const bundleOf = (manifest: Json): string =>
  isJsonObject(manifest) && typeof manifest.bundle === 'string' ? manifest.bundle : '';

interface Installed {
  id: Id;
  manifest: Json;
}

/** Translates bundles, which people name, into the ids that tables and tasks hold. Throws `BadUserInput` with every fault. */
async function mappingsOf(
  shown: ShownConfiguration,
  asked: Json,
  itself?: Installed & { bundle: string },
): Promise<Record<string, Mapping>> {
  if (!isJsonObject(asked))
    throw new BadUserInput([{ path: 'input.mappings', message: 'must be an object' }]);
  const bundles = Object.values(asked).map((mapping) => textOf(mapping, 'bundle'));
  const installed = await byBundle(shown, bundles);
  if (itself) installed.set(nameKey(itself.bundle), itself);

  const faults: FieldFault[] = [];
  const mappings = Object.entries(asked).map(([required, mapping]): [string, Mapping] => {
    const [bundle, name] = [textOf(mapping, 'bundle'), textOf(mapping, 'name')];
    const target = installed.get(nameKey(bundle));
    const message = mappingFault(bundle, name, target);
    if (message) faults.push({ path: `input.mappings.${required}`, message });
    return [required, { pluginId: target?.id ?? '', name }];
  });
  if (faults.length > 0) throw new BadUserInput(faults);
  return Object.fromEntries(mappings);
}

function mappingFault(bundle: string, name: string, target: Installed | undefined): string | undefined {
  if (!bundle || !name) return 'must be {"bundle": …, "name": …}';
  if (!target) return `no plugin ${bundle} is installed`;
  const exposed = declaredExposures(target.manifest);
  return !exposed || exposed.includes(name) ? undefined : `${bundle} exposes no ${name}`;
}

async function byBundle(
  shown: ShownConfiguration,
  bundles: readonly string[],
): Promise<Map<string, Installed>> {
  const found = await shown.withKeys('PLUGIN', [...new Set(bundles.map(nameKey))]);
  return new Map(
    [...found].map(([id, value]) => {
      const { bundle, manifest } = value as Plugin;
      return [nameKey(bundle), { id, manifest }];
    }),
  );
}

const textOf = (mapping: Json, field: string): string => {
  const value = isJsonObject(mapping) ? mapping[field] : undefined;
  return typeof value === 'string' ? value : '';
};
