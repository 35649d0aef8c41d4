import { type GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';

import { type EditOutcome } from '../../change/edit-request';
import { type Id } from '../../change/core/task';
import { type Context, editorOf } from '../../graphql/context';
import { countListed } from '../../graphql/inner-lists';
import { type Connection } from '../../graphql/paging';
import { NotFound } from '../../refusal';
import { UnitType } from '../../unit/unit.type';
import { type ConfigurationService, viewerIn } from '../configuration.service';
import { DeletePayload } from '../delete-payload.type';
import { DeleteInput } from '../edit-input.type';
import { recordedIn } from '../edit-payload.type';
import { type ListArguments, listArguments, listPage } from '../list-arguments';
import { type Workspace } from '../workspace/workspace';
import { workspaceTables } from '../workspace/workspace.tables';
import { WorkspaceType, workspaceType } from '../workspace/workspace.type';
import { type Profile } from './profile';
import { type ProfileService } from './profile.service';
import { profileTables } from './profile.tables';
import {
  CreateProfileInput,
  ProfileConnection,
  ProfilePayload,
  ProfileType,
  profileType,
  UpdateProfileInput,
} from './profile.type';

const ProfileListArguments = listArguments('PROFILE', 'Profile');

@Resolver(() => ProfileType)
export class ProfileResolver {
  constructor(
    private readonly profiles: ProfileService,
    private readonly configurations: ConfigurationService,
  ) {}

  @FieldResolver(() => [WorkspaceType], {
    description: 'Its workspaces in order; private ones that the caller may not see are skipped.',
  })
  async workspaces(
    @Root() { unitId, workspaceIds }: ProfileType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<WorkspaceType[]> {
    await countListed(context, workspaceIds.length, info);
    const reader = await this.configurations.reader(context, unitId);
    const viewer = viewerIn(context.actor, unitId);
    const workspaces = await Promise.all(
      workspaceIds.map(async (id) => ({ id, value: await reader.object('WORKSPACE', id) })),
    );
    return workspaces
      .filter(({ value }) => value && workspaceTables.visible!.judge(viewer, value as Workspace))
      .map(({ id, value }) => workspaceType(unitId, id, value as Workspace));
  }

  @Mutation(() => ProfilePayload, { description: 'Create a profile.' })
  createProfile(
    @Arg('input', { description: 'The profile.' }) input: CreateProfileInput,
    @Ctx() context: Context,
  ): Promise<ProfilePayload> {
    return this.payload(context, input.unitId, this.profiles.create(editorOf(context), input));
  }

  @Mutation(() => ProfilePayload, { description: 'Change a profile.' })
  updateProfile(
    @Arg('input', { description: 'What changes.' }) input: UpdateProfileInput,
    @Ctx() context: Context,
  ): Promise<ProfilePayload> {
    return this.payload(context, input.unitId, this.profiles.update(editorOf(context), input));
  }

  @Mutation(() => DeletePayload, { description: 'Delete a profile. Its workspaces stay.' })
  async deleteProfile(
    @Arg('input', { description: 'The profile to delete.' }) input: DeleteInput,
    @Ctx() context: Context,
  ): Promise<DeletePayload> {
    const outcome = await this.profiles.delete(editorOf(context), input);
    return { id: outcome.target, safeMode: recordedIn(outcome) };
  }

  private async payload(context: Context, unitId: Id, edited: Promise<EditOutcome>): Promise<ProfilePayload> {
    const outcome = await edited;
    const { target } = outcome;
    const reader = await this.configurations.readerAfterEdit(context, unitId);
    const profile = (await reader.object('PROFILE', target)) as Profile | undefined;
    if (!profile) throw new NotFound('profile');
    return { profile: profileType(unitId, target, profile), safeMode: recordedIn(outcome) };
  }
}

@Resolver(() => UnitType)
export class UnitProfilesResolver {
  constructor(private readonly configurations: ConfigurationService) {}

  @FieldResolver(() => ProfileConnection, { description: 'Profiles that are open to the caller.' })
  async profiles(
    @Root() { id }: UnitType,
    @Args(() => ProfileListArguments) asked: ListArguments,
    @Ctx() context: Context,
  ): Promise<Connection<ProfileType>> {
    const reader = await this.configurations.reader(context, id);
    return listPage(reader, 'PROFILE', asked, viewerIn(context.actor, id), (profileId, value) =>
      profileType(id, profileId, value as Profile),
    );
  }

  @FieldResolver(() => ProfileType, {
    nullable: true,
    description: 'One profile, if it is open to the caller.',
  })
  async profile(
    @Root() unit: UnitType,
    @Arg('id', () => ID, { description: 'Id of the profile.' }) id: string,
    @Ctx() context: Context,
  ): Promise<ProfileType | null> {
    const reader = await this.configurations.reader(context, unit.id);
    const profile = (await reader.object('PROFILE', id)) as Profile | undefined;
    const visible = profile && profileTables.visible!.judge(viewerIn(context.actor, unit.id), profile);
    return visible ? profileType(unit.id, id, profile) : null;
  }
}
