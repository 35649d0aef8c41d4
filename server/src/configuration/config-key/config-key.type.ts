import { Field, ID, InputType } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
import { type Json } from '../../change/core/json';
import { type Id } from '../../change/core/task';
import { connectionTypes } from '../../graphql/paging';
import { JsonScalar } from '../../graphql/scalars';
import { BasedInput } from '../edit-input.type';
import { EditPayload } from '../edit-payload.type';
import { type ConfigKey } from './config-key';

@ObjectType('ConfigKey', { description: 'A unit-wide key with a value. Only admins may see it.' })
export class ConfigKeyType {
  @Field(() => ID, { description: 'The key itself.' }) id!: Id;
  @Field({ description: 'The key; case counts.' }) key!: string;
  @Field(() => String, { nullable: true, description: 'What it is for.' }) description!: string | null;
  @Field({ description: 'Whether the value is encrypted at rest and masked wherever it is not asked for.' })
  secret!: boolean;

  unitId!: Id;
  stored!: ConfigKey;
}

export const ConfigKeyConnection = connectionTypes(ConfigKeyType, 'ConfigKey');

/** A config key as the API shows it. */
export const configKeyType = (unitId: Id, id: Id, stored: ConfigKey): ConfigKeyType => ({
  id,
  unitId,
  stored,
  key: stored.key,
  description: stored.description ?? null,
  secret: stored.secret,
});

@InputType({ description: 'A config key to add or change; what is left out of a change stays.' })
export class SetConfigKeyInput extends BasedInput {
  @Field({ description: 'The key. Another spelling is another key.' }) key!: string;
  @Field(() => JsonScalar, { nullable: true, description: 'The value: any JSON but null.' }) value?: Json;
  @Field(() => String, { nullable: true, description: 'What it is for; null takes it away.' })
  description?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the value is a secret.' }) secret?:
    boolean | null;
}

@InputType({ description: 'A config key to remove.' })
export class RemoveConfigKeyInput extends BasedInput {
  @Field({ description: 'The key.' }) key!: string;
}

@ObjectType({ description: 'The config key as it is after the mutation.' })
export class ConfigKeyPayload extends EditPayload {
  @Field(() => ConfigKeyType, { description: 'The config key.' }) configKey!: ConfigKeyType;
}
