import { type GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';

import { type EditOutcome } from '../../change/edit-request';
import { type Id } from '../../change/core/task';
import { type Context, editorOf, keep } from '../../graphql/context';
import { countListed } from '../../graphql/inner-lists';
import { type Connection } from '../../graphql/paging';
import { NotFound } from '../../refusal';
import { type Members } from '../../unit/members';
import { PersonType } from '../../unit/person.type';
import { UnitType } from '../../unit/unit.type';
import { type ConfigurationService, viewerIn } from '../configuration.service';
import { DeletePayload } from '../delete-payload.type';
import { DeleteInput } from '../edit-input.type';
import { recordedIn } from '../edit-payload.type';
import { type ListArguments, listArguments, listPage } from '../list-arguments';
import { type Plugin } from '../plugin/plugin';
import { PluginType, pluginType } from '../plugin/plugin.type';
import { type Profile } from '../profile/profile';
import { profileTables } from '../profile/profile.tables';
import { ProfileType, profileType } from '../profile/profile.type';
import { type Workspace } from './workspace';
import { type WorkspaceService } from './workspace.service';
import { workspaceTables } from './workspace.tables';
import {
  ApplicationType,
  applicationTypes,
  CreateWorkspaceInput,
  UpdateWorkspaceInput,
  WorkspaceConnection,
  WorkspacePayload,
  WorkspaceType,
  workspaceType,
} from './workspace.type';

const WorkspaceListArguments = listArguments('WORKSPACE', 'Workspace');

const isVisible = ({ actor }: Context, unitId: Id, workspace: Workspace): boolean =>
  workspaceTables.visible!.judge(viewerIn(actor, unitId), workspace);

@Resolver(() => WorkspaceType)
export class WorkspaceResolver {
  constructor(
    private readonly workspaces: WorkspaceService,
    private readonly configurations: ConfigurationService,
    private readonly members: Members,
  ) {}

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who made it; null when no member of the unit has the recorded e-mail.',
  })
  owner(
    @Root() { unitId, ownerEmail }: WorkspaceType,
    @Ctx() context: Context,
  ): Promise<PersonType | null> | null {
    if (ownerEmail === undefined) return null;
    return keep(context, `members of ${unitId}`, () => this.members.byEmail(unitId)).load(ownerEmail);
  }

  @FieldResolver(() => [ProfileType], {
    description: 'Profiles that show it, as far as they are open to the caller.',
  })
  async profiles(
    @Root() { id, unitId }: WorkspaceType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProfileType[]> {
    const reader = await this.configurations.reader(context, unitId);
    const viewer = viewerIn(context.actor, unitId);
    const showing = await reader.referrers('WORKSPACE', id);
    await countListed(context, showing.length, info);
    const profiles = await Promise.all(
      showing.map(async (profile) => ({ id: profile.id, value: await reader.object('PROFILE', profile.id) })),
    );
    return profiles
      .filter(({ value }) => value && profileTables.visible!.judge(viewer, value as Profile))
      .map((profile) => profileType(unitId, profile.id, profile.value as Profile));
  }

  @FieldResolver(() => [ApplicationType], {
    description: 'Its applications, ordered by area, position and id.',
  })
  async applications(
    @Root() { unitId, placed }: WorkspaceType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ApplicationType[]> {
    await countListed(context, Object.keys(placed).length, info);
    return applicationTypes(unitId, placed);
  }

  @Mutation(() => WorkspacePayload, { description: 'Create a workspace.' })
  createWorkspace(
    @Arg('input', { description: 'The workspace.' }) input: CreateWorkspaceInput,
    @Ctx() context: Context,
  ): Promise<WorkspacePayload> {
    return this.payload(context, input.unitId, this.workspaces.create(editorOf(context), input));
  }

  @Mutation(() => WorkspacePayload, { description: 'Change a workspace and its applications.' })
  updateWorkspace(
    @Arg('input', { description: 'What changes.' }) input: UpdateWorkspaceInput,
    @Ctx() context: Context,
  ): Promise<WorkspacePayload> {
    return this.payload(context, input.unitId, this.workspaces.update(editorOf(context), input));
  }

  @Mutation(() => DeletePayload, { description: 'Delete a workspace with its applications.' })
  async deleteWorkspace(
    @Arg('input', { description: 'The workspace to delete.' }) input: DeleteInput,
    @Ctx() context: Context,
  ): Promise<DeletePayload> {
    const outcome = await this.workspaces.delete(editorOf(context), input);
    return { id: outcome.target, safeMode: recordedIn(outcome) };
  }

  private async payload(
    context: Context,
    unitId: Id,
    edited: Promise<EditOutcome>,
  ): Promise<WorkspacePayload> {
    const outcome = await edited;
    const { target } = outcome;
    const reader = await this.configurations.readerAfterEdit(context, unitId);
    const workspace = (await reader.object('WORKSPACE', target)) as Workspace | undefined;
    // What a resend is answered with may have become private since the first time.
    if (!workspace || !isVisible(context, unitId, workspace)) throw new NotFound('workspace');
    return { workspace: workspaceType(unitId, target, workspace), safeMode: recordedIn(outcome) };
  }
}

@Resolver(() => ApplicationType)
export class ApplicationResolver {
  constructor(private readonly configurations: ConfigurationService) {}

  @FieldResolver(() => PluginType, { description: 'The plugin that it is an instance of.' })
  async plugin(@Root() { unitId, pluginId }: ApplicationType, @Ctx() context: Context): Promise<PluginType> {
    const reader = await this.configurations.reader(context, unitId);
    const plugin = (await reader.object('PLUGIN', pluginId)) as Plugin | undefined;
    if (!plugin) throw new NotFound('plugin');
    return pluginType(unitId, pluginId, plugin);
  }
}

@Resolver(() => UnitType)
export class UnitWorkspacesResolver {
  constructor(private readonly configurations: ConfigurationService) {}

  @FieldResolver(() => WorkspaceConnection, { description: 'Workspaces that the caller may see.' })
  async workspaces(
    @Root() { id }: UnitType,
    @Args(() => WorkspaceListArguments) asked: ListArguments,
    @Ctx() context: Context,
  ): Promise<Connection<WorkspaceType>> {
    const reader = await this.configurations.reader(context, id);
    return listPage(reader, 'WORKSPACE', asked, viewerIn(context.actor, id), (workspaceId, value) =>
      workspaceType(id, workspaceId, value as Workspace),
    );
  }

  @FieldResolver(() => WorkspaceType, {
    nullable: true,
    description: 'One workspace, if the caller may see it.',
  })
  async workspace(
    @Root() unit: UnitType,
    @Arg('id', () => ID, { description: 'Id of the workspace.' }) id: string,
    @Ctx() context: Context,
  ): Promise<WorkspaceType | null> {
    const reader = await this.configurations.reader(context, unit.id);
    const workspace = (await reader.object('WORKSPACE', id)) as Workspace | undefined;
    return workspace && isVisible(context, unit.id, workspace) ? workspaceType(unit.id, id, workspace) : null;
  }
}
