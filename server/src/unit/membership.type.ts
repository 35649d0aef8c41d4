import { Field, ID, InputType } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { type Role } from '../access/role';
import { RoleEnum } from '../access/role.type';
import { UserType } from '../access/user.type';
import { connectionTypes } from '../graphql/paging';
import { UnitType } from './unit.type';

@ObjectType('UnitMembership', { description: 'A user in a unit.' })
export class UnitMembershipType {
  @Field(() => UnitType, { description: 'The unit.' }) unit!: UnitType;
  @Field(() => UserType, { description: 'The user.' }) user!: UserType;
  @Field(() => RoleEnum, { description: 'What the user may do in the unit.' }) role!: Role;
  @Field({ description: 'Whether the account may sign in at all.' }) active!: boolean;
  @Field(() => String, {
    nullable: true,
    description:
      'Link of an invitation that is still open, to be handed over. For who may manage the account.',
  })
  inviteUrl!: string | null;
  @Field(() => Date, { nullable: true, description: 'Until when that link works.' })
  inviteExpiresAt!: Date | null;
}

export const MembershipConnection = connectionTypes(UnitMembershipType, 'Membership');

@InputType('AddMemberInput', { description: 'Somebody to be added to a unit.' })
export class AddMemberInput {
  @Field(() => ID, { description: 'Id of the unit.' }) unitId!: string;
  @Field({ description: 'E-mail. A known one gets the membership only.' }) email!: string;
  @Field({ description: 'Name of a new account; a known one keeps its own.' }) name!: string;
  @Field(() => RoleEnum, { description: 'What the user may do in the unit.' }) role!: Role;
  @Field(() => String, {
    nullable: true,
    description:
      'Of a new account, at least 8 characters; left out: invited by link. Not with a known e-mail.',
  })
  password?: string | null;
}

@InputType('UpdateMemberInput', { description: 'What to change of a member; what is left out stays.' })
export class UpdateMemberInput {
  @Field(() => ID, { description: 'Id of the unit.' }) unitId!: string;
  @Field(() => ID, { description: 'Id of the user.' }) userId!: string;
  @Field(() => RoleEnum, { nullable: true, description: 'What the user may do in the unit.' })
  role?: Role | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the account may sign in at all: for organisation admins, or the admin of its only unit.',
  })
  active?: boolean | null;
}
