import type { OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { useClient } from './client';
import { faultOf, type Fault } from './fault';

export interface Subscription<Data> {
  data: ShallowRef<Data | undefined>;
  fault: ShallowRef<Fault | undefined>;
}

/** Before listening again after the server ended a subscription on its own, ms. */
const pause = 3000;
/** Faults after which another try may go better; every other one is a refusal. */
const passing = ['OFFLINE', 'UNKNOWN', 'INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'UNAUTHENTICATED'];

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
  let stop: () => void = () => undefined;

  function listen(given: Variables): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      if (!fault.value || passing.includes(fault.value.code)) timer = setTimeout(() => listen(given), pause);
    };
    const subscription = client
      .subscribe<Data>({ query: document, variables: given, fetchPolicy: 'no-cache' })
      .subscribe({
        next: (result) => {
          fault.value = result.error ? faultOf(result.error) : undefined;
          if (!result.data) return;
          data.value = result.data;
          onData?.(result.data);
        },
        error: (error: unknown) => {
          fault.value = faultOf(error);
          again();
        },
        complete: again,
      });
    stop = () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }

  watch(
    () => JSON.stringify(toValue(variables)),
    () => {
      stop();
      data.value = fault.value = undefined;
      const given = toValue(variables);
      if (given !== null) listen(given);
    },
    { immediate: true },
  );
  onScopeDispose(() => stop());

  return { data, fault };
}
