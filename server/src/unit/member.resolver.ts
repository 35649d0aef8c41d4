import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { type Context } from '../graphql/context';
import { type MemberService } from './member.service';
import { AddMemberInput, UnitMembershipType, UpdateMemberInput } from './membership.type';

@Resolver()
export class MemberResolver {
  constructor(private readonly members: MemberService) {}

  @Mutation(() => UnitMembershipType, {
    description:
      'Add somebody to a unit: with a new account, by invitation, or with the account of a known e-mail.',
  })
  addMember(
    @Arg('input', { description: 'Whom, and as what.' }) input: AddMemberInput,
    @Ctx() { actor }: Context,
  ): Promise<UnitMembershipType> {
    return this.members.addMember(actor, input);
  }

  @Mutation(() => UnitMembershipType, {
    description: 'Change a member’s role, or let the account sign in or not. The last active admin stays.',
  })
  updateMember(
    @Arg('input', { description: 'Whom, and what to change.' }) input: UpdateMemberInput,
    @Ctx() { actor }: Context,
  ): Promise<UnitMembershipType> {
    return this.members.updateMember(actor, input);
  }

  @Mutation(() => Boolean, {
    description:
      'Take a member out of a unit. The account, and what it made, stay. The last active admin stays.',
  })
  async removeMember(
    @Arg('unitId', () => ID, { description: 'Id of the unit.' }) unitId: string,
    @Arg('userId', () => ID, { description: 'Id of the user.' }) userId: string,
    @Ctx() { actor }: Context,
  ): Promise<boolean> {
    await this.members.removeMember(actor, unitId, userId);
    return true;
  }

  @Mutation(() => String, {
    description:
      'A link with which the member can choose a new password, once, within three days. No mail is sent.',
  })
  resetPassword(
    @Arg('unitId', () => ID, { description: 'Id of a unit of the user.' }) unitId: string,
    @Arg('userId', () => ID, { description: 'Id of the user.' }) userId: string,
    @Ctx() { actor }: Context,
  ): Promise<string> {
    return this.members.resetPassword(actor, unitId, userId);
  }
}
