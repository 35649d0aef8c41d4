import type { OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { shallowRef, watch, type ShallowRef } from 'vue';
import { useClient } from './client';
import { faultOf, type Fault } from './fault';
import { useSafeModeHeader } from './safe-mode-header';
import { useQuery } from './useQuery';

interface Connection<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface AllNodes<Data, Node> {
  /** Undefined until the last page is there. */
  nodes: ShallowRef<Node[] | undefined>;
  /** The answer that holds the first page. */
  first: ShallowRef<Data | undefined>;
  fault: ShallowRef<Fault | undefined>;
  refetch: () => Promise<void>;
}

/** All pages of a list, for choices that must show everything. The first page follows the cache like a query. */
export function useAllNodes<Data, Variables extends OperationVariables, Node>(
  document: TypedDocumentNode<Data, Variables>,
  variables: (after: string | undefined) => Variables | null,
  connectionOf: (data: Data) => Connection<Node> | null | undefined,
): AllNodes<Data, Node> {
  const client = useClient();
  const { turn } = useSafeModeHeader();
  const query = useQuery(document, () => variables(undefined));
  const nodes = shallowRef<Node[]>();
  let newest: Data | undefined;

  async function pageAfter(cursor: string): Promise<Connection<Node> | null | undefined> {
    const given = variables(cursor);
    if (!given) return undefined;
    const { data } = await client.query({ query: document, variables: given, fetchPolicy: 'network-only' });
    return data ? connectionOf(data) : undefined;
  }

  async function collect(data: Data): Promise<void> {
    const begun = turn.value;
    let page = connectionOf(data);
    const all = [...(page?.nodes ?? [])];
    while (page?.pageInfo.hasNextPage && page.pageInfo.endCursor) {
      page = await pageAfter(page.pageInfo.endCursor);
      all.push(...(page?.nodes ?? []));
    }
    if (data === newest && turn.value === begun) nodes.value = all;
  }

  watch(
    query.data,
    (data) => {
      newest = data;
      if (data) collect(data).catch((error: unknown) => (query.fault.value = faultOf(error)));
      else nodes.value = undefined;
    },
    { immediate: true },
  );

  return { nodes, first: query.data, fault: query.fault, refetch: query.refetch };
}
