import type { OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useMutation, useSafeModeHeader, type Mutation } from '../apollo';
import type { RecordedInFragment } from '../apollo/generated/graphql';
import { useSafeModeState } from '../session/safe-mode';
import { newId } from './new-id';

type InputOf<Variables> = Variables extends { input: infer Input } ? Omit<Input, 'operationId'> : never;

/** Every one of them says where the edit went: into a safe mode, or live. */
type Payloads = Record<string, { safeMode: RecordedInFragment | null }>;

/**
 * A mutation of the configuration. It carries an operation id, and sends the same one again when the same input
 * is sent after a request that got no answer: the server then does nothing twice. In a safe mode it is recorded
 * there, and the bar counts along.
 */
export function useConfigurationMutation<
  Data extends Payloads,
  Variables extends OperationVariables & { input: { operationId?: string | null } },
>(document: TypedDocumentNode<Data, Variables>): Mutation<Data, InputOf<Variables>> {
  const mutation = useMutation(document);
  const header = useSafeModeHeader();
  const { noteRecorded } = useSafeModeState();
  let unanswered: { sent: string; operationId: string } | undefined;

  async function run(input: InputOf<Variables>): Promise<Data | undefined> {
    // The same edit recorded elsewhere is another operation.
    const sent = JSON.stringify([header.value, input]);
    if (unanswered?.sent !== sent) unanswered = { sent, operationId: newId() };
    const data = await mutation.run({
      input: { ...input, operationId: unanswered.operationId },
    } as unknown as Variables);
    if (mutation.fault.value?.code !== 'OFFLINE') unanswered = undefined;
    for (const { safeMode } of Object.values(data ?? {})) if (safeMode) noteRecorded(safeMode);
    return data;
  }

  return { run, busy: mutation.busy, fault: mutation.fault };
}
