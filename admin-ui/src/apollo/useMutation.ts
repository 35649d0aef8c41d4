import type { OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { useClient } from './client';
import { useConnection } from './connection';
import { faultOf, type Fault } from './fault';
import { refetchShown } from './refetch-shown';

export interface Mutation<Data, Variables> {
  /** Resolves with the answer, or with undefined after `fault` was set. Never rejects. */
  run: (variables: Variables) => Promise<Data | undefined>;
  busy: ShallowRef<boolean>;
  fault: ShallowRef<Fault | undefined>;
}

export interface MutationOptions {
  /** Ask all queries on the screen again after success, so that lists show the change. Default true. */
  refresh?: boolean;
}

/** A mutation as a function together with its progress and its refusal. Call it in `setup`. */
export function useMutation<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  { refresh = true }: MutationOptions = {},
): Mutation<Data, Variables> {
  const client = useClient();
  const busy = shallowRef(false);
  const fault = shallowRef<Fault>();

  async function run(variables: Variables): Promise<Data | undefined> {
    busy.value = true;
    fault.value = undefined;
    try {
      const { data } = await client.mutate<Data>({ mutation: document, variables, fetchPolicy: 'no-cache' });
      if (refresh) await refetchShown(client);
      return data;
    } catch (error) {
      fault.value = faultOf(error);
      return undefined;
    } finally {
      busy.value = false;
    }
  }

  // It no longer holds, beside words that say the opposite.
  const noteBack = () => {
    if (fault.value?.code === 'OFFLINE') fault.value = undefined;
  };
  onScopeDispose(useConnection().onBack(noteBack));

  return { run, busy, fault };
}
