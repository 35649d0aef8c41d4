import type { OperationVariables, WatchQueryFetchPolicy } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { useClient } from './client';
import { faultOf, type Fault } from './fault';
import { askedOnce } from './refetch-shown';
import { useSafeModeHeader } from './safe-mode-header';

export interface Query<Data> {
  /**
   * The newest answer. While other variables load, or the tab enters or leaves a safe mode, the earlier one stays
   * until the server has answered, or refused to.
   */
  data: ShallowRef<Data | undefined>;
  loading: ShallowRef<boolean>;
  fault: ShallowRef<Fault | undefined>;
  /** Asks the server again; a failure ends up in `fault`. */
  refetch: () => Promise<void>;
}

export interface QueryOptions {
  /** Default: what is cached at once, and the server's answer after it. */
  fetchPolicy?: WatchQueryFetchPolicy;
  /** Whether only `refetch` asks again, and no change of something else: what is read is noted, or costs others. */
  once?: () => boolean;
}

/**
 * Runs a query for as long as the component lives and follows the cache.
 * With variables `null` nothing is asked.
 */
export function useQuery<Data, Variables extends OperationVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: MaybeRefOrGetter<Variables | null>,
  options: QueryOptions = {},
): Query<Data> {
  const client = useClient();
  const header = useSafeModeHeader();
  const data = shallowRef<Data>();
  const loading = shallowRef(false);
  const fault = shallowRef<Fault>();
  let stop: (() => void) | undefined;
  /** The question that `data` answers. */
  let answered: string | undefined;
  let refetchRunning: (() => Promise<unknown>) | undefined;

  function start(given: Variables, question: string): void {
    const observable = client.watchQuery<Data>({
      query: document,
      variables: given,
      fetchPolicy: options.fetchPolicy ?? 'cache-and-network',
      ...(options.once?.() && { context: askedOnce }),
    });
    const subscription = observable.subscribe((result) => {
      loading.value = result.loading;
      fault.value = result.error ? faultOf(result.error) : undefined;
      if (result.data && result.dataState === 'complete') {
        data.value = result.data;
        answered = question;
      } else if (result.error && answered !== question) data.value = undefined;
    });
    stop = () => subscription.unsubscribe();
    refetchRunning = () => observable.refetch();
  }

  watch(
    () => [JSON.stringify(toValue(variables)), header.turn.value].join(),
    (question) => {
      stop?.();
      stop = refetchRunning = undefined;
      const given = toValue(variables);
      loading.value = given !== null;
      if (given === null) data.value = undefined;
      else start(given, question);
    },
    { immediate: true },
  );
  onScopeDispose(() => stop?.());

  return {
    data,
    loading,
    fault,
    async refetch() {
      try {
        await refetchRunning?.();
      } catch (error) {
        fault.value = faultOf(error);
      }
    },
  };
}
