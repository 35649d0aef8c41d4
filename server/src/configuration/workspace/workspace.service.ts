import { v7 as uuid } from 'uuid';
import { may } from '../../access/abilities';
import { type Actor } from '../../access/actor';
import { type ChangeService, type EditOutcome, type LiveConfiguration } from '../../change/change.service';
import { type Json } from '../../change/json';
import { type Id, type Operation } from '../../change/task';
import { Forbidden, NotFound } from '../../refusal';
import { type DeleteInput } from '../edit-input.type';
import { createOperation, deleteOperation, givenFields, namedFields, updateOperation } from '../operations';
import { type Profile } from '../profile/profile';
import { type Workspace } from './workspace';
import {
  type ApplicationInput,
  type CreateWorkspaceInput,
  type UpdateWorkspaceInput,
} from './workspace.type';

/** Mutations of workspaces, as operations of the change core. */
export class WorkspaceService {
  constructor(private readonly changes: ChangeService) {}

  create(actor: Actor, input: CreateWorkspaceInput): Promise<EditOutcome> {
    const { unitId, operationId, name, icon, layout, shared, profileIds, applications } = input;
    if (profileIds) mustBeAdmin(actor, unitId, 'put a workspace into profiles');
    const target = uuid();
    const fields = {
      name,
      icon,
      layout,
      shared,
      owner: actor.email,
      applications: newApplications(applications ?? []),
    };
    return this.changes.edit({
      unitId,
      actor,
      mutation: 'createWorkspace',
      target,
      operationId,
      operations: async (live) => [
        createOperation({ actor, operationId }, 'WORKSPACE', target, givenFields(fields)),
        ...(await membershipOperations(live, { actor, operationId }, target, profileIds ?? undefined)),
      ],
    });
  }

  update(actor: Actor, input: UpdateWorkspaceInput): Promise<EditOutcome> {
    const { unitId, id, operationId, basedOnRevision, name, icon, layout, shared, profileIds, applications } =
      input;
    if (profileIds) mustBeAdmin(actor, unitId, 'change the profiles of a workspace');
    const named = namedFields(
      { name, icon, layout, shared, applications: applications && applicationsOf(applications) },
      ['icon'],
    );
    return this.changes.edit({
      unitId,
      actor,
      mutation: 'updateWorkspace',
      target: id,
      operationId,
      basedOnRevision,
      permit: (live) => mustBeEditable(live, actor, unitId, id, shared === false),
      operations: async (live) => {
        const fields = applications
          ? { ...named, applications: await withKeptSettings(live, id, applications) }
          : named;
        return [
          updateOperation({ actor, operationId }, 'WORKSPACE', id, fields, applications?.length),
          ...(await membershipOperations(live, { actor, operationId }, id, profileIds ?? undefined)),
        ];
      },
    });
  }

  delete(
    actor: Actor,
    { unitId, id, detach, operationId, basedOnRevision }: DeleteInput,
  ): Promise<EditOutcome> {
    if (detach) mustBeAdmin(actor, unitId, 'take a workspace out of profiles');
    return this.changes.edit({
      unitId,
      actor,
      mutation: 'deleteWorkspace',
      target: id,
      operationId,
      basedOnRevision,
      permit: (live) => mustBeEditable(live, actor, unitId, id, false),
      operations: () =>
        Promise.resolve([deleteOperation({ actor, operationId }, 'WORKSPACE', id, detach ?? false)]),
    });
  }
}

function mustBeAdmin(actor: Actor, unitId: Id, what: string): void {
  if (!may(actor, 'editConfiguration', unitId)) throw new Forbidden(`Only admins may ${what}.`);
}

/** Power users edit shared workspaces and their own; only whom it belongs to, or an admin, makes one private. */
async function mustBeEditable(
  live: LiveConfiguration,
  actor: Actor,
  unitId: Id,
  id: Id,
  madePrivate: boolean,
): Promise<void> {
  if (may(actor, 'editConfiguration', unitId)) return;
  const workspace = (await live.objects('WORKSPACE', [id])).get(id) as Workspace | undefined;
  const own = workspace?.owner === actor.email;
  if (!workspace || !(workspace.shared || own)) throw new NotFound('workspace');
  if (madePrivate && workspace.shared && !own) {
    throw new Forbidden('Only its owner or an admin may make a workspace private.');
  }
}

/** Ids are ours to give: one that was sent may belong to another workspace. */
const newApplications = (inputs: readonly ApplicationInput[]) =>
  applicationsOf(inputs.map((input) => ({ ...input, id: null })));

function applicationsOf(inputs: readonly ApplicationInput[]): Record<Id, Record<string, Json>> {
  return Object.fromEntries(
    inputs.map(({ id, pluginId, area, position, configuration }) => [
      id ?? uuid(),
      givenFields({ pluginId, area, position, configuration }) as Record<string, Json>,
    ]),
  );
}

/** An application whose configuration is left out keeps the one it has. */
async function withKeptSettings(
  live: LiveConfiguration,
  workspaceId: Id,
  inputs: readonly ApplicationInput[],
): Promise<Record<Id, Record<string, Json>>> {
  const workspace = (await live.objects('WORKSPACE', [workspaceId])).get(workspaceId) as
    Workspace | undefined;
  const asked = applicationsOf(inputs);
  for (const [id, application] of Object.entries(asked)) {
    const known = workspace?.applications[id];
    if (known) asked[id] = { configuration: known.configuration, position: known.position, ...application };
  }
  return asked;
}

/** What must happen to profiles so that exactly those named show the workspace. */
async function membershipOperations(
  live: LiveConfiguration,
  asking: { actor: Actor; operationId?: string | null },
  workspaceId: Id,
  profileIds: readonly Id[] | undefined,
): Promise<Operation[]> {
  if (!profileIds) return [];
  const showing = (await live.referrers('WORKSPACE', [workspaceId])).map(({ id }) => id);
  const touched = [
    ...profileIds.filter((id) => !showing.includes(id)),
    ...showing.filter((id) => !profileIds.includes(id)),
  ];
  const profiles = await live.objects('PROFILE', touched);
  return touched.map((id) => {
    const { workspaces } = (profiles.get(id) as Profile | undefined) ?? { workspaces: [] };
    const others = workspaces.filter((member) => member !== workspaceId);
    return updateOperation(asking, 'PROFILE', id, {
      workspaces: profileIds.includes(id) ? [...others, workspaceId] : others,
    });
  });
}
