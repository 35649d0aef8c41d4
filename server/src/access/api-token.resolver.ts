import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { type Context } from '../graphql/context';
import { NotFound } from '../refusal';
import { type UnitService } from '../unit/unit.service';
import { UnitType } from '../unit/unit.type';
import { signedIn } from './abilities';
import { type ApiTokenService } from './api-token.service';
import { ApiTokenType, CreateApiTokenInput, CreatedApiTokenType } from './api-token.type';

@Resolver(() => ApiTokenType)
export class ApiTokenResolver {
  constructor(
    private readonly tokens: ApiTokenService,
    private readonly units: UnitService,
  ) {}

  @FieldResolver(() => UnitType, { description: 'The unit that it is for.' })
  async unit(@Root() { unitId }: ApiTokenType, @Ctx() context: Context): Promise<UnitType> {
    const unit = await this.units.ofRequest(context, unitId);
    if (!unit) throw new NotFound('unit');
    return unit;
  }

  @Mutation(() => CreatedApiTokenType, {
    description: 'Make an API token of the caller. Needs a browser session.',
  })
  createApiToken(
    @Arg('input', { description: 'The token.' }) input: CreateApiTokenInput,
    @Ctx() { actor }: Context,
  ): Promise<CreatedApiTokenType> {
    return this.tokens.create(actor, input);
  }

  @Mutation(() => Boolean, {
    description:
      'End an API token at once: an own one or, for admins, any of the unit. Needs a browser session.',
  })
  async revokeApiToken(
    @Arg('id', () => ID, { description: 'Id of the token.' }) id: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.tokens.revoke(signedIn(context), id);
    return true;
  }
}
