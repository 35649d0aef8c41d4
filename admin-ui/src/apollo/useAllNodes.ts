import type { OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useClient } from './client';
import { faultOf, type Fault } from './fault';
import { useQuery } from './useQuery';

interface Connection<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface AllNodes<Node> {
  /** Undefined until the last page is there. */
  nodes: ComputedRef<Node[] | undefined>;
  fault: ShallowRef<Fault | undefined>;
  refetch: () => Promise<void>;
}

/** All pages of a list, for choices that must show everything. The first page follows the cache like a query. */
export function useAllNodes<Data, Variables extends OperationVariables, Node>(
  document: TypedDocumentNode<Data, Variables>,
  variables: (after: string | undefined) => Variables,
  connectionOf: (data: Data) => Connection<Node> | null | undefined,
): AllNodes<Node> {
  const client = useClient();
  const first = useQuery(document, () => variables(undefined));
  const rest = shallowRef<Node[]>();
  let newest = 0;

  async function loadRest(from: Connection<Node>): Promise<void> {
    const mine = (newest += 1);
    const nodes: Node[] = [];
    let page: Connection<Node> | null | undefined = from;
    while (page?.pageInfo.hasNextPage && page.pageInfo.endCursor) {
      const { data }: { data?: unknown } = await client.query({
        query: document,
        variables: variables(page.pageInfo.endCursor),
        fetchPolicy: 'network-only',
      });
      page = data ? connectionOf(data as Data) : undefined;
      nodes.push(...(page?.nodes ?? []));
    }
    if (mine === newest) rest.value = nodes;
  }

  watch(first.data, (data) => {
    const page = data && connectionOf(data);
    if (!page) return;
    loadRest(page).catch((error: unknown) => (first.fault.value = faultOf(error)));
  });

  return {
    nodes: computed(() => {
      const page = first.data.value && connectionOf(first.data.value);
      return page && rest.value ? [...page.nodes, ...rest.value] : undefined;
    }),
    fault: first.fault,
    refetch: first.refetch,
  };
}
