import { type EditOutcome } from '../../change/edit-request';
import { type EditService } from '../../change/edit.service';
import { type Editor } from '../../change/editor';
import { storedName } from '../../change/core/name-key';
import { createOperation, deleteOperation, givenFields, namedFields, updateOperation } from '../operations';
import { type RemoveConfigKeyInput, type SetConfigKeyInput } from './config-key.type';

/** Mutations of config keys, as operations of the change core. A config key is its key. */
export class ConfigKeyService {
  constructor(private readonly edits: EditService) {}

  /** Adds the key, or changes what the input names of it. */
  set(editor: Editor, input: SetConfigKeyInput): Promise<EditOutcome> {
    const { unitId, operationId, basedOnRevision, value, description, secret } = input;
    const key = storedName(input.key);
    const fields = namedFields({ value, description, secret }, ['description']);
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'setConfigKey',
      target: key,
      operationId,
      basedOnRevision,
      operations: async (shown) => {
        const known = (await shown.objects('CONFIG_KEY', [key])).has(key);
        return [
          known
            ? updateOperation({ editor, operationId }, 'CONFIG_KEY', key, fields)
            : createOperation({ editor, operationId }, 'CONFIG_KEY', key, { key, ...givenFields(fields) }),
        ];
      },
    });
  }

  remove(
    editor: Editor,
    { unitId, operationId, basedOnRevision, ...input }: RemoveConfigKeyInput,
  ): Promise<EditOutcome> {
    const key = storedName(input.key);
    return this.edits.edit({
      unitId,
      editor,
      mutation: 'removeConfigKey',
      target: key,
      operationId,
      basedOnRevision,
      operations: () => Promise.resolve([deleteOperation({ editor, operationId }, 'CONFIG_KEY', key, false)]),
    });
  }
}
