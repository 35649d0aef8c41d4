import { type Actor } from '../../access/actor';
import { type ChangeService, type EditOutcome } from '../../change/change.service';
import { storedName } from '../../change/name-key';
import { createOperation, deleteOperation, givenFields, namedFields, updateOperation } from '../operations';
import { type RemoveConfigKeyInput, type SetConfigKeyInput } from './config-key.type';

/** Mutations of config keys, as operations of the change core. A config key is its key. */
export class ConfigKeyService {
  constructor(private readonly changes: ChangeService) {}

  /** Adds the key, or changes what the input names of it. */
  set(actor: Actor, input: SetConfigKeyInput): Promise<EditOutcome> {
    const { unitId, operationId, basedOnRevision, value, description, secret } = input;
    const key = storedName(input.key);
    const fields = namedFields({ value, description, secret }, ['description']);
    return this.changes.edit({
      unitId,
      actor,
      mutation: 'setConfigKey',
      target: key,
      operationId,
      basedOnRevision,
      operations: async (live) => {
        const known = (await live.objects('CONFIG_KEY', [key])).has(key);
        return [
          known
            ? updateOperation({ actor, operationId }, 'CONFIG_KEY', key, fields)
            : createOperation({ actor, operationId }, 'CONFIG_KEY', key, { key, ...givenFields(fields) }),
        ];
      },
    });
  }

  remove(
    actor: Actor,
    { unitId, operationId, basedOnRevision, ...input }: RemoveConfigKeyInput,
  ): Promise<EditOutcome> {
    const key = storedName(input.key);
    return this.changes.edit({
      unitId,
      actor,
      mutation: 'removeConfigKey',
      target: key,
      operationId,
      basedOnRevision,
      operations: () => Promise.resolve([deleteOperation({ actor, operationId }, 'CONFIG_KEY', key, false)]),
    });
  }
}
