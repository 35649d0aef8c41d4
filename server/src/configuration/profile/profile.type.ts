import { Field, ID, InputType } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
import { type Role } from '../../access/role';
import { RoleEnum } from '../../access/role.type';
import { type Id } from '../../change/core/task';
import { connectionTypes } from '../../graphql/paging';
import { EditPayload } from '../edit-payload.type';
import { EditInput, ObjectInput } from '../edit-input.type';
import { type Profile } from './profile';

@ObjectType('Profile', { description: 'A choice of workspaces, in order, for some roles.' })
export class ProfileType {
  @Field(() => ID, { description: 'Id in the unit.' }) id!: Id;
  @Field({ description: 'Name, unique in the unit.' }) name!: string;
  @Field(() => [RoleEnum], { description: 'Roles that may see it; none: admins only.' }) roles!: Role[];

  unitId!: Id;
  workspaceIds!: Id[];
}

export const ProfileConnection = connectionTypes(ProfileType, 'Profile');

/** A profile as the API shows it. */
export const profileType = (unitId: Id, id: Id, { name, roles, workspaces }: Profile): ProfileType => ({
  id,
  unitId,
  name,
  roles,
  workspaceIds: workspaces,
});

@InputType({ description: 'A profile to create.' })
export class CreateProfileInput extends EditInput {
  @Field({ description: 'Name, unique in the unit.' }) name!: string;
  @Field(() => [RoleEnum], { description: 'Roles that may see it; none: admins only.' }) roles!: Role[];
  @Field(() => [ID], { description: 'Its workspaces, in order.' }) workspaceIds!: Id[];
}

@InputType({ description: 'Changes to a profile; what is left out stays.' })
export class UpdateProfileInput extends ObjectInput {
  @Field(() => String, { nullable: true, description: 'New name.' }) name?: string | null;
  @Field(() => [RoleEnum], { nullable: true, description: 'All roles that may see it.' }) roles?:
    Role[] | null;
  @Field(() => [ID], { nullable: true, description: 'All its workspaces, in order.' }) workspaceIds?:
    Id[] | null;
}

@ObjectType({ description: 'The profile as it is after the mutation.' })
export class ProfilePayload extends EditPayload {
  @Field(() => ProfileType, { description: 'The profile.' }) profile!: ProfileType;
}
