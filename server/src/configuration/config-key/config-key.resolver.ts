import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { mustBeAble } from '../../access/abilities';
import { type Json } from '../../change/core/json';
import { storedName } from '../../change/core/name-key';
import { type Context, editorOf } from '../../graphql/context';
import { type Connection } from '../../graphql/paging';
import { JsonScalar } from '../../graphql/scalars';
import { NotFound } from '../../refusal';
import { UnitType } from '../../unit/unit.type';
import { type ConfigurationService, viewerIn } from '../configuration.service';
import { DeletePayload } from '../delete-payload.type';
import { recordedIn } from '../edit-payload.type';
import { type ListArguments, listArguments, listPage } from '../list-arguments';
import { type SecretReads } from '../secret-reads';
import { type ConfigKey } from './config-key';
import { type ConfigKeyService } from './config-key.service';
import { previewOf } from './preview';
import {
  ConfigKeyConnection,
  ConfigKeyPayload,
  ConfigKeyType,
  configKeyType,
  RemoveConfigKeyInput,
  SetConfigKeyInput,
} from './config-key.type';

const ConfigKeyListArguments = listArguments('CONFIG_KEY', 'ConfigKey');

@Resolver(() => ConfigKeyType)
export class ConfigKeyResolver {
  constructor(
    private readonly configKeys: ConfigKeyService,
    private readonly configurations: ConfigurationService,
    private readonly secretReads: SecretReads,
  ) {}

  @FieldResolver(() => JsonScalar, {
    nullable: true,
    description: 'The value, in clear also where it is secret: reading a secret one is audited. Never null.',
  })
  value(@Root() { unitId, key, stored }: ConfigKeyType, @Ctx() context: Context): Json | Promise<Json> {
    mustBeAble(context.actor, 'readConfiguration', unitId);
    if (!stored.secret) return stored.value;
    return this.secretReads.note(context, unitId, key).then(() => stored.value);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The beginning of the value on one line, for lists: a text as it is, other values as JSON. Null where it is secret.',
  })
  preview(@Root() { unitId, stored }: ConfigKeyType, @Ctx() context: Context): string | null {
    mustBeAble(context.actor, 'readConfiguration', unitId);
    return stored.secret ? null : previewOf(stored.value);
  }

  @Mutation(() => ConfigKeyPayload, { description: 'Add a config key, or change what is named of it.' })
  async setConfigKey(
    @Arg('input', { description: 'The config key.' }) input: SetConfigKeyInput,
    @Ctx() context: Context,
  ): Promise<ConfigKeyPayload> {
    const outcome = await this.configKeys.set(editorOf(context), input);
    const { target } = outcome;
    const reader = await this.configurations.readerAfterEdit(context, input.unitId);
    const configKey = (await reader.object('CONFIG_KEY', target)) as ConfigKey | undefined;
    if (!configKey) throw new NotFound('config key');
    return { configKey: configKeyType(input.unitId, target, configKey), safeMode: recordedIn(outcome) };
  }

  @Mutation(() => DeletePayload, { description: 'Remove a config key.' })
  async removeConfigKey(
    @Arg('input', { description: 'The key to remove.' }) input: RemoveConfigKeyInput,
    @Ctx() context: Context,
  ): Promise<DeletePayload> {
    const outcome = await this.configKeys.remove(editorOf(context), input);
    return { id: outcome.target, safeMode: recordedIn(outcome) };
  }
}

@Resolver(() => UnitType)
export class UnitConfigKeysResolver {
  constructor(private readonly configurations: ConfigurationService) {}

  @FieldResolver(() => ConfigKeyConnection, { description: 'Config keys. Admins only.' })
  async configKeys(
    @Root() { id }: UnitType,
    @Args(() => ConfigKeyListArguments) asked: ListArguments,
    @Ctx() context: Context,
  ): Promise<Connection<ConfigKeyType>> {
    const reader = await this.configurations.reader(context, id);
    return listPage(reader, 'CONFIG_KEY', asked, viewerIn(context.actor, id), (key, value) =>
      configKeyType(id, key, value as ConfigKey),
    );
  }

  @FieldResolver(() => ConfigKeyType, { nullable: true, description: 'One config key. Admins only.' })
  async configKey(
    @Root() { id }: UnitType,
    @Arg('key', { description: 'The key.' }) key: string,
    @Ctx() context: Context,
  ): Promise<ConfigKeyType | null> {
    const reader = await this.configurations.reader(context, id);
    const stored = (await reader.object('CONFIG_KEY', storedName(key))) as ConfigKey | undefined;
    return stored ? configKeyType(id, stored.key, stored) : null;
  }
}
