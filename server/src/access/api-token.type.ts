import { Field, ID, InputType } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { type Role } from './role';
import { RoleEnum } from './role.type';

@ObjectType('ApiToken', {
  description:
    'A key for scripts to one unit. It acts with the lower of its role and its user’s present role.',
})
export class ApiTokenType {
  @Field(() => ID, { description: 'Id of the token.' }) id!: string;
  @Field({ description: 'What its user calls it.' }) name!: string;
  @Field(() => RoleEnum, { description: 'The highest role that it acts with.' }) role!: Role;
  @Field({ description: 'When it was made.' }) createdAt!: Date;
  @Field(() => Date, { nullable: true, description: 'From then on it is refused; null: never.' })
  expiresAt!: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt!: Date | null;

  unitId!: string;
}

@ObjectType('CreatedApiToken', { description: 'A new token with its secret.' })
export class CreatedApiTokenType {
  @Field(() => ApiTokenType, { description: 'The token.' }) token!: ApiTokenType;
  @Field({ description: 'Goes into the header `Authorization: Bearer …`. Shown only now.' }) secret!: string;
}

@InputType('CreateApiTokenInput', { description: 'A token to make.' })
export class CreateApiTokenInput {
  @Field(() => ID, { description: 'The unit that it is for.' }) unitId!: string;
  @Field({ description: 'What to call it; 1 to 200 characters.' }) name!: string;
  @Field(() => RoleEnum, { description: 'At most the caller’s own role in the unit.' }) role!: Role;
  @Field(() => Date, { nullable: true, description: 'From then on it is refused; left out: never.' })
  expiresAt?: Date | null;
}
