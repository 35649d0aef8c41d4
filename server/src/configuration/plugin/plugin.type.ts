import { Field, ID, InputType } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
import { type Json, type JsonObject } from '../../change/core/json';
import { type Id } from '../../change/core/task';
import { connectionTypes } from '../../graphql/paging';
import { JsonScalar } from '../../graphql/scalars';
import { EditPayload } from '../edit-payload.type';
import { EditInput, ObjectInput } from '../edit-input.type';
import { type Plugin } from './plugin';
import { pluginDescriptor } from './plugin.descriptor';

@ObjectType('Plugin', { description: 'Installed code, described by its manifest.' })
export class PluginType {
  @Field(() => ID, { description: 'Id in the unit.' }) id!: Id;
  @Field({ description: 'Reverse-domain id, unique in the unit.' }) bundle!: string;
  @Field({ description: 'Name, from the manifest.' }) name!: string;
  @Field({ description: 'Semantic version, from the manifest.' }) version!: string;
  @Field(() => JsonScalar, { description: 'The whole manifest as it was installed.' }) manifest!: JsonObject;
  @Field(() => String, { nullable: true, description: 'Where the manifest was fetched from.' }) manifestUrl!:
    string | null;
  @Field({ description: 'Whether its applications run. A disabled plugin keeps its configuration.' })
  enabled!: boolean;

  unitId!: Id;
  /** What only admins may read. */
  value!: Plugin;
}

export const PluginConnection = connectionTypes(PluginType, 'Plugin');

/** A plugin as the API shows it. */
export const pluginType = (unitId: Id, id: Id, value: Plugin): PluginType => ({
  id,
  unitId,
  value,
  bundle: value.bundle,
  name: pluginDescriptor.displayName(value),
  version: value.manifest.version as string,
  manifest: value.manifest,
  manifestUrl: value.manifestUrl ?? null,
  enabled: value.enabled,
});

const configurationText =
  "Free-form JSON object; values of the manifest's `secretKeys` are encrypted at rest.";
const permissionsText = 'Permission id → roles that have it.';
const mappingsText = 'Required action or portal → `{"bundle": …, "name": …}` of the plugin that serves it.';
const manifestText = 'The manifest; or give manifestUrl.';
const manifestUrlText = 'Address that the manifest is fetched from, once.';

@InputType({ description: 'A plugin to install, by its manifest or the address of it.' })
export class InstallPluginInput extends EditInput {
  @Field(() => JsonScalar, { nullable: true, description: manifestText }) manifest?: Json;
  @Field(() => String, { nullable: true, description: manifestUrlText }) manifestUrl?: string | null;
  @Field(() => JsonScalar, { nullable: true, description: configurationText }) configuration?: Json;
  @Field(() => JsonScalar, { nullable: true, description: permissionsText }) permissions?: Json;
  @Field(() => JsonScalar, { nullable: true, description: mappingsText }) mappings?: Json;
  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Whether its applications run.' })
  enabled?: boolean | null;
}

@InputType({ description: 'A new manifest of an installed plugin; the bundle stays.' })
export class UpdatePluginInput extends ObjectInput {
  @Field(() => JsonScalar, { nullable: true, description: manifestText }) manifest?: Json;
  @Field(() => String, { nullable: true, description: manifestUrlText }) manifestUrl?: string | null;
}

@InputType({ description: 'New settings of an installed plugin; what is left out stays.' })
export class ConfigurePluginInput extends ObjectInput {
  @Field(() => JsonScalar, { nullable: true, description: configurationText }) configuration?: Json;
  @Field(() => JsonScalar, { nullable: true, description: permissionsText }) permissions?: Json;
  @Field(() => JsonScalar, { nullable: true, description: mappingsText }) mappings?: Json;
  @Field(() => Boolean, { nullable: true, description: 'Whether its applications run.' }) enabled?:
    boolean | null;
}

@ObjectType({ description: 'The plugin as it is after the mutation.' })
export class PluginPayload extends EditPayload {
  @Field(() => PluginType, { description: 'The plugin.' }) plugin!: PluginType;
}
