import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type Context } from '../graphql/context';
import { UnitMembershipType } from '../unit/membership.type';
import { type Memberships } from '../unit/memberships';
import { signedIn } from './abilities';
import { type ApiTokenService } from './api-token.service';
import { ApiTokenType } from './api-token.type';
import { UserType } from './user.type';

@Resolver(() => UserType)
export class UserResolver {
  constructor(
    private readonly memberships: Memberships,
    private readonly tokens: ApiTokenService,
  ) {}

  @FieldResolver(() => [UnitMembershipType], {
    description:
      'The units that the user is in, by name. Of others only those whose members the caller manages.',
  })
  units(@Root() { id }: UserType, @Ctx() context: Context): Promise<UnitMembershipType[]> {
    return this.memberships.ofUser(signedIn(context), id);
  }

  @FieldResolver(() => [ApiTokenType], {
    description: 'The user’s API tokens. Of others only those of units whose admin the caller is.',
  })
  apiTokens(@Root() { id }: UserType, @Ctx() context: Context): Promise<ApiTokenType[]> {
    return this.tokens.visibleTokens(signedIn(context), id);
  }
}
