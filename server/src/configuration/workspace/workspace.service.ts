import { v7 as uuid } from 'uuid';
import { may } from '../../access/abilities';

import { type EditOutcome } from '../../change/edit-request';
import { type EditService } from '../../change/edit.service';
import { type Editor } from '../../change/editor';
import { type ShownConfiguration } from '../../change/shown-configuration';
import { type Json } from '../../change/core/json';
import { type Id, type Operation } from '../../change/core/task';
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
  constructor(private readonly edits: EditService) {}

  create(editor: Editor, input: CreateWorkspaceInput): Promise<EditOutcome> {
    const { unitId, operationId, name, icon, layout, shared, profileIds, applications } = input;
    if (profileIds) mustBeAdmin(editor, unitId, 'put a workspace into profiles');
    const target = uuid();
    const fields = {
      name,
      icon,
      layout,
      shared,
      owner: editor.email,
      applications: newApplications(applications ?? []),
    };
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'createWorkspace',
      target,
      operationId,
      operations: async (shown) => [
        createOperation({ editor, operationId }, 'WORKSPACE', target, givenFields(fields)),
        ...(await membershipOperations(shown, { editor, operationId }, target, profileIds ?? undefined)),
      ],
    });
  }

  update(editor: Editor, input: UpdateWorkspaceInput): Promise<EditOutcome> {
    const { unitId, id, operationId, basedOnRevision, name, icon, layout, shared, profileIds, applications } =
      input;
    if (profileIds) mustBeAdmin(editor, unitId, 'change the profiles of a workspace');
    const named = namedFields(
      { name, icon, layout, shared, applications: applications && applicationsOf(applications) },
      ['icon'],
    );
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'updateWorkspace',
      target: id,
      operationId,
      basedOnRevision,
      permit: (shown) => mustBeEditable(shown, editor, unitId, id, shared === false),
      operations: async (shown) => {
        const fields = applications
          ? { ...named, applications: await withKeptSettings(shown, id, applications) }
          : named;
        return [
          updateOperation({ editor, operationId }, 'WORKSPACE', id, fields, applications?.length),
          ...(await membershipOperations(shown, { editor, operationId }, id, profileIds ?? undefined)),
        ];
      },
    });
  }

  delete(
    editor: Editor,
    { unitId, id, detach, operationId, basedOnRevision }: DeleteInput,
  ): Promise<EditOutcome> {
    if (detach) mustBeAdmin(editor, unitId, 'take a workspace out of profiles');
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'deleteWorkspace',
      target: id,
      operationId,
      basedOnRevision,
      permit: (shown) => mustBeEditable(shown, editor, unitId, id, false),
      operations: () =>
        Promise.resolve([deleteOperation({ editor, operationId }, 'WORKSPACE', id, detach ?? false)]),
    });
  }
}

function mustBeAdmin(editor: Editor, unitId: Id, what: string): void {
  if (!may(editor, 'editConfiguration', unitId)) throw new Forbidden(`Only admins may ${what}.`);
}

/** Power users edit shared workspaces and their own; only whom it belongs to, or an admin, makes one private. */
async function mustBeEditable(
  shown: ShownConfiguration,
  editor: Editor,
  unitId: Id,
  id: Id,
  madePrivate: boolean,
): Promise<void> {
  if (may(editor, 'editConfiguration', unitId)) return;
  const workspace = (await shown.objects('WORKSPACE', [id])).get(id) as Workspace | undefined;
  const own = workspace?.owner === editor.email;
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
  shown: ShownConfiguration,
  workspaceId: Id,
  inputs: readonly ApplicationInput[],
): Promise<Record<Id, Record<string, Json>>> {
  const workspace = (await shown.objects('WORKSPACE', [workspaceId])).get(workspaceId) as
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
  shown: ShownConfiguration,
  asking: { editor: Editor; operationId?: string | null },
  workspaceId: Id,
  profileIds: readonly Id[] | undefined,
): Promise<Operation[]> {
  if (!profileIds) return [];
  const named = new Set(profileIds);
  const showing = new Set((await shown.referrers('WORKSPACE', [workspaceId])).map(({ id }) => id));
  const touched = [
    ...[...named].filter((id) => !showing.has(id)),
    ...[...showing].filter((id) => !named.has(id)),
  ];
  const profiles = await shown.objects('PROFILE', touched);
  return touched.map((id) => {
    const { workspaces } = (profiles.get(id) as Profile | undefined) ?? { workspaces: [] };
    const others = workspaces.filter((member) => member !== workspaceId);
    return updateOperation(asking, 'PROFILE', id, {
      workspaces: named.has(id) ? [...others, workspaceId] : others,
    });
  });
}
