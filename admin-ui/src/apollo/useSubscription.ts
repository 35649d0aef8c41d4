import type { OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { useClient } from './client';
import { faultOf, type Fault } from './fault';

export interface Subscription<Data> {
  data: ShallowRef<Data | undefined>;
  fault: ShallowRef<Fault | undefined>;
}

/**
 * Listens for as long as the component lives; `onData` hears every message, the first one right after each
 * (re)connection where the server sends the present state. With variables `null` nothing is listened to.
 */
export function useSubscription<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: MaybeRefOrGetter<Variables | null>,
  onData?: (data: Data) => void,
): Subscription<Data> {
  const client = useClient();
  const data = shallowRef<Data>();
  const fault = shallowRef<Fault>();
  let stop: (() => void) | undefined;

  function start(given: Variables): void {
    const subscription = client
      .subscribe<Data>({ query: document, variables: given, fetchPolicy: 'no-cache' })
      .subscribe({
        next: (result) => {
          fault.value = result.error ? faultOf(result.error) : undefined;
          if (!result.data) return;
          data.value = result.data;
          onData?.(result.data);
        },
        error: (error: unknown) => (fault.value = faultOf(error)),
      });
    stop = () => subscription.unsubscribe();
  }

  watch(
    () => JSON.stringify(toValue(variables)),
    () => {
      stop?.();
      stop = undefined;
      data.value = undefined;
      const given = toValue(variables);
      if (given !== null) start(given);
    },
    { immediate: true },
  );
  onScopeDispose(() => stop?.());

  return { data, fault };
}
