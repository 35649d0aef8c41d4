import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { may } from '../../access/abilities';
import { type EditOutcome } from '../../change/edit-request';
import { type Json } from '../../change/core/json';
import { nameKey } from '../../change/core/name-key';
import { type Id } from '../../change/core/task';
import { requestElsewhere } from '../../graphql/complexity';
import { type Context, editorOf } from '../../graphql/context';
import { type Connection } from '../../graphql/paging';
import { JsonScalar } from '../../graphql/scalars';
import { BadUserInput, NotFound } from '../../refusal';
import { UnitType } from '../../unit/unit.type';
import { type ConfigurationService, viewerIn } from '../configuration.service';
import { DeletePayload } from '../delete-payload.type';
import { DeleteInput } from '../edit-input.type';
import { recordedIn } from '../edit-payload.type';
import { type ListArguments, listArguments, listPage } from '../list-arguments';
import { type SecretReads } from '../secret-reads';
import { secretPlaces } from '../secrets';
import { type Plugin } from './plugin';
import { type PluginService } from './plugin.service';
import {
  ConfigurePluginInput,
  InstallPluginInput,
  PluginConnection,
  PluginPayload,
  PluginType,
  pluginType,
  UpdatePluginInput,
} from './plugin.type';

const PluginListArguments = listArguments('PLUGIN', 'Plugin');

@Resolver(() => PluginType)
export class PluginResolver {
  constructor(
    private readonly plugins: PluginService,
    private readonly configurations: ConfigurationService,
    private readonly secretReads: SecretReads,
  ) {}

  @FieldResolver(() => JsonScalar, {
    nullable: true,
    description:
      'Free-form JSON object, secrets in clear; null to those who may not read it. Reading secrets is audited.',
  })
  configuration(
    @Root() { unitId, bundle, value }: PluginType,
    @Ctx() context: Context,
  ): Json | null | Promise<Json> {
    if (!may(context.actor, 'readConfiguration', unitId)) return null;
    if (secretPlaces('PLUGIN', value).length === 0) return value.configuration;
    return this.secretReads.note(context, unitId, bundle).then(() => value.configuration);
  }

  @FieldResolver(() => JsonScalar, {
    nullable: true,
    description: 'Permission id → roles that have it; null to those who may not read it.',
  })
  permissions(@Root() { unitId, value }: PluginType, @Ctx() { actor }: Context): Json | null {
    return may(actor, 'readConfiguration', unitId) ? value.permissions : null;
  }

  @FieldResolver(() => JsonScalar, {
    nullable: true,
    description:
      'Required action or portal → `{"bundle": …, "name": …}` of the plugin that serves it; null to those who may not read it.',
  })
  async mappings(@Root() { unitId, value }: PluginType, @Ctx() context: Context): Promise<Json | null> {
    if (!may(context.actor, 'readConfiguration', unitId)) return null;
    const reader = await this.configurations.reader(context, unitId);
    const named = Object.entries(value.mappings).map(async ([required, { pluginId, name }]) => {
      const target = (await reader.object('PLUGIN', pluginId)) as Plugin | undefined;
      return [required, { bundle: target?.bundle ?? '', name }] as const;
    });
    return Object.fromEntries(await Promise.all(named));
  }

  @Mutation(() => PluginPayload, { description: 'Install a plugin by its manifest.' })
  installPlugin(
    @Arg('input', { description: 'The plugin.' }) input: InstallPluginInput,
    @Ctx() context: Context,
  ): Promise<PluginPayload> {
    return this.payload(context, input.unitId, this.plugins.install(editorOf(context), input));
  }

  @Mutation(() => PluginPayload, {
    description: 'Update an installed plugin to a new manifest of the same bundle.',
  })
  updatePlugin(
    @Arg('input', { description: 'The new manifest.' }) input: UpdatePluginInput,
    @Ctx() context: Context,
  ): Promise<PluginPayload> {
    return this.payload(context, input.unitId, this.plugins.update(editorOf(context), input));
  }

  @Mutation(() => PluginPayload, {
    description: 'Set configuration, permissions, mappings of a plugin, or whether it is enabled.',
  })
  configurePlugin(
    @Arg('input', { description: 'The new settings.' }) input: ConfigurePluginInput,
    @Ctx() context: Context,
  ): Promise<PluginPayload> {
    return this.payload(context, input.unitId, this.plugins.configure(editorOf(context), input));
  }

  @Mutation(() => DeletePayload, { description: 'Remove a plugin.' })
  async removePlugin(
    @Arg('input', { description: 'The plugin to remove.' }) input: DeleteInput,
    @Ctx() context: Context,
  ): Promise<DeletePayload> {
    const outcome = await this.plugins.remove(editorOf(context), input);
    return { id: outcome.target, safeMode: recordedIn(outcome) };
  }

  private async payload(context: Context, unitId: Id, edited: Promise<EditOutcome>): Promise<PluginPayload> {
    const outcome = await edited;
    const { target } = outcome;
    const reader = await this.configurations.readerAfterEdit(context, unitId);
    const plugin = (await reader.object('PLUGIN', target)) as Plugin | undefined;
    if (!plugin) throw new NotFound('plugin');
    return { plugin: pluginType(unitId, target, plugin), safeMode: recordedIn(outcome) };
  }
}

@Resolver(() => UnitType)
export class UnitPluginsResolver {
  constructor(
    private readonly configurations: ConfigurationService,
    private readonly service: PluginService,
  ) {}

  @FieldResolver(() => JsonScalar, {
    description:
      'The manifest that stands at an address now, to look at before it is installed; nothing is kept. Given back as `manifest` beside `manifestUrl`, it is what is installed, whatever the address answers then. Admins only.',
    complexity: requestElsewhere,
  })
  manifestAt(
    @Arg('url', () => String, { description: 'Address on http or https.' }) url: string,
  ): Promise<Json> {
    return this.service.manifestAt(url);
  }

  @FieldResolver(() => PluginConnection, { description: 'Installed plugins.' })
  async plugins(
    @Root() { id }: UnitType,
    @Args(() => PluginListArguments) asked: ListArguments,
    @Ctx() context: Context,
  ): Promise<Connection<PluginType>> {
    const reader = await this.configurations.reader(context, id);
    return listPage(reader, 'PLUGIN', asked, viewerIn(context.actor, id), (pluginId, value) =>
      pluginType(id, pluginId, value as Plugin),
    );
  }

  @FieldResolver(() => PluginType, { nullable: true, description: 'One plugin, by id or by bundle.' })
  async plugin(
    @Root() unit: UnitType,
    @Arg('id', () => ID, { nullable: true, description: 'Id of the plugin.' }) id: string | null,
    @Arg('bundle', () => String, { nullable: true, description: 'Its bundle.' }) bundle: string | null,
    @Ctx() context: Context,
  ): Promise<PluginType | null> {
    const reader = await this.configurations.reader(context, unit.id);
    if (id) {
      const value = await reader.object('PLUGIN', id);
      return value ? pluginType(unit.id, id, value as Plugin) : null;
    }
    if (!bundle) throw new BadUserInput([{ path: 'id', message: 'give id or bundle' }]);
    const found = await reader.withKey('PLUGIN', nameKey(bundle));
    return found ? pluginType(unit.id, found.id, found.value as Plugin) : null;
  }
}
