import type { OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useMutation, type Mutation } from '../apollo';
import { newId } from './new-id';

type InputOf<Variables> = Variables extends { input: infer Input } ? Omit<Input, 'operationId'> : never;

/**
 * A mutation of the configuration. It carries an operation id, and sends the same one again when the same input
 * is sent after a request that got no answer: the server then does nothing twice.
 */
export function useConfigurationMutation<
  Data,
  Variables extends OperationVariables & { input: { operationId?: string | null } },
>(document: TypedDocumentNode<Data, Variables>): Mutation<Data, InputOf<Variables>> {
  const mutation = useMutation(document);
  let unanswered: { input: string; operationId: string } | undefined;

  async function run(input: InputOf<Variables>): Promise<Data | undefined> {
    const text = JSON.stringify(input);
    if (unanswered?.input !== text) unanswered = { input: text, operationId: newId() };
    const data = await mutation.run({
      input: { ...input, operationId: unanswered.operationId },
    } as unknown as Variables);
    if (mutation.fault.value?.code !== 'OFFLINE') unanswered = undefined;
    return data;
  }

  return { run, busy: mutation.busy, fault: mutation.fault };
}
