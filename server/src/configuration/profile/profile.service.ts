import { v7 as uuid } from 'uuid';

import { type EditOutcome } from '../../change/edit-request';
import { type EditService } from '../../change/edit.service';
import { type Editor } from '../../change/editor';
import { type DeleteInput } from '../edit-input.type';
import { createOperation, deleteOperation, givenFields, namedFields, updateOperation } from '../operations';
import { type CreateProfileInput, type UpdateProfileInput } from './profile.type';

/** Mutations of profiles, as operations of the change core. */
export class ProfileService {
  constructor(private readonly edits: EditService) {}

  create(
    editor: Editor,
    { unitId, operationId, name, roles, workspaceIds }: CreateProfileInput,
  ): Promise<EditOutcome> {
    const target = uuid();
    const value = givenFields({ name, roles, workspaces: workspaceIds });
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'createProfile',
      target,
      operationId,
      operations: () => Promise.resolve([createOperation({ editor, operationId }, 'PROFILE', target, value)]),
    });
  }

  update(editor: Editor, input: UpdateProfileInput): Promise<EditOutcome> {
    const { unitId, id, operationId, basedOnRevision, name, roles, workspaceIds } = input;
    const fields = namedFields({ name, roles, workspaces: workspaceIds });
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'updateProfile',
      target: id,
      operationId,
      basedOnRevision,
      operations: () => Promise.resolve([updateOperation({ editor, operationId }, 'PROFILE', id, fields)]),
    });
  }

  delete(
    editor: Editor,
    { unitId, id, detach, operationId, basedOnRevision }: DeleteInput,
  ): Promise<EditOutcome> {
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'deleteProfile',
      target: id,
      operationId,
      basedOnRevision,
      operations: () =>
        Promise.resolve([deleteOperation({ editor, operationId }, 'PROFILE', id, detach ?? false)]),
    });
  }
}
