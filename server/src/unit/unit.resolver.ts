import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { signedIn } from '../access/abilities';
import { type Context } from '../graphql/context';
import { type Connection, connection, largestPage, pageRequest } from '../graphql/paging';
import { MembershipConnection, UnitMembershipType } from './membership.type';
import { type Memberships } from './memberships';
import { type UnitService } from './unit.service';
import { UnitType } from './unit.type';

@ArgsType()
class MemberArguments {
  @Field(() => Int, {
    nullable: true,
    description: `Size of the page, at most ${largestPage}; 50 if left out.`,
  })
  first?: number | null;
  @Field(() => String, { nullable: true, description: 'Cursor after which the page begins.' })
  after?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Only whose name or e-mail has this text in it, in any case.',
  })
  search?: string | null;
}

@Resolver(() => UnitType)
export class UnitResolver {
  constructor(
    private readonly units: UnitService,
    private readonly memberships: Memberships,
  ) {}

  @Query(() => UnitType, { nullable: true, description: 'A unit of the caller; null for all others.' })
  async unit(
    @Arg('id', () => ID, { description: 'Id of the unit.' }) id: string,
    @Ctx() context: Context,
  ): Promise<UnitType | null> {
    return (await this.units.unitOfMember(context, id)) ?? null;
  }

  @FieldResolver(() => MembershipConnection, { description: 'Who is in the unit, by name. Admins only.' })
  async members(
    @Root() { id }: UnitType,
    @Args(() => MemberArguments) asked: MemberArguments,
    @Ctx() context: Context,
  ): Promise<Connection<UnitMembershipType>> {
    const request = pageRequest(asked);
    return connection(await this.memberships.ofUnit(signedIn(context), id, request), request);
  }

  @Mutation(() => UnitType, {
    description:
      'Make an empty unit; the caller becomes its admin. Organisation admins only, in a browser session.',
  })
  async createUnit(
    @Arg('name', { description: 'Its name; 1 to 200 characters.' }) name: string,
    @Ctx() context: Context,
  ): Promise<UnitType> {
    const actor = signedIn(context);
    const unit = await this.units.createUnit(actor, name);
    context.actor = { ...actor, roles: new Map([...actor.roles, [unit.id, 'ADMIN']]) };
    return unit;
  }
}
