import { v7 as uuid } from 'uuid';
import { type Actor } from '../../access/actor';
import { type ChangeService, type EditOutcome } from '../../change/change.service';
import { type DeleteInput } from '../edit-input.type';
import { createOperation, deleteOperation, givenFields, namedFields, updateOperation } from '../operations';
import { type CreateProfileInput, type UpdateProfileInput } from './profile.type';

/** Mutations of profiles, as operations of the change core. */
export class ProfileService {
  constructor(private readonly changes: ChangeService) {}

  create(
    actor: Actor,
    { unitId, operationId, name, roles, workspaceIds }: CreateProfileInput,
  ): Promise<EditOutcome> {
    const target = uuid();
    const value = givenFields({ name, roles, workspaces: workspaceIds });
    return this.changes.edit({
      unitId,
      actor,
      mutation: 'createProfile',
      target,
      operationId,
      operations: () => Promise.resolve([createOperation({ actor, operationId }, 'PROFILE', target, value)]),
    });
  }

  update(actor: Actor, input: UpdateProfileInput): Promise<EditOutcome> {
    const { unitId, id, operationId, basedOnRevision, name, roles, workspaceIds } = input;
    const fields = namedFields({ name, roles, workspaces: workspaceIds });
    return this.changes.edit({
      unitId,
      actor,
      mutation: 'updateProfile',
      target: id,
      operationId,
      basedOnRevision,
      operations: () => Promise.resolve([updateOperation({ actor, operationId }, 'PROFILE', id, fields)]),
    });
  }

  delete(
    actor: Actor,
    { unitId, id, detach, operationId, basedOnRevision }: DeleteInput,
  ): Promise<EditOutcome> {
    return this.changes.edit({
      unitId,
      actor,
      mutation: 'deleteProfile',
      target: id,
      operationId,
      basedOnRevision,
      operations: () =>
        Promise.resolve([deleteOperation({ actor, operationId }, 'PROFILE', id, detach ?? false)]),
    });
  }
}
