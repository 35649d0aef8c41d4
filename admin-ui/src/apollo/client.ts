import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { inject, type InjectionKey } from 'vue';
import { isFromProxy, type Connection } from './connection';
import type { SafeModeHeader } from './safe-mode-header';
import { safeModeLink } from './safe-mode-link';
import type { SafeModeRefusal } from './safe-mode-refusal';
import { createSocket } from './socket';

export const clientKey: InjectionKey<ApolloClient> = Symbol('apollo client');

interface ClientOptions {
  connection: Connection;
  safeModeHeader: SafeModeHeader;
  /** Called when the server refuses what a request named as its safe mode, or may mean that. */
  onSafeModeRefused: (refusal: SafeModeRefusal) => void;
  /** Called when the server no longer knows the session. */
  onUnauthenticated: () => void;
  /** Called when the session may have ended or have other rights than before. */
  checkAccess: () => void;
}

export function createApolloClient({
  connection,
  safeModeHeader,
  onSafeModeRefused,
  onUnauthenticated,
  checkAccess,
}: ClientOptions): ApolloClient {
  const http = new HttpLink({
    uri: '/graphql',
    credentials: 'same-origin',
    headers: { 'Apollo-Require-Preflight': 'true' },
    fetch: fetchNoting(connection),
  });
  const socket = new GraphQLWsLink(createSocket({ url: socketUrl(), connection, checkAccess }));
  return new ApolloClient({
    link: ApolloLink.from([
      signedOutLink(onUnauthenticated),
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        socket,
        safeModeLink(safeModeHeader, onSafeModeRefused).concat(http),
      ),
    ]),
    cache: new InMemoryCache({
      // The same object under the name that it had: each entry of a history, each change, tells another one.
      typePolicies: { TaskTarget: { keyFields: false } },
    }),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
  });
}

/** The Apollo client of this console. Call it in `setup`. */
export function useClient(): ApolloClient {
  const client = inject(clientKey);
  if (!client) throw new Error('No Apollo client was provided.');
  return client;
}

/** A wrong password at sign-in is an answer to the form, not the end of a session. */
function signedOutLink(onUnauthenticated: () => void): ApolloLink {
  return new ErrorLink(({ error, operation }) => {
    if (operation.operationName === 'SignIn') return;
    const refused = CombinedGraphQLErrors.is(error)
      ? error.errors.some((each) => each.extensions?.['code'] === 'UNAUTHENTICATED')
      : ServerError.is(error) && error.statusCode === 401;
    if (refused) onUnauthenticated();
  });
}

function fetchNoting(connection: Connection): typeof fetch {
  return async (input, init) => {
    try {
      const response = await fetch(input, init);
      if (isFromProxy(response)) connection.noteLost();
      else connection.noteBack();
      return response;
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError';
      if (!cancelled) connection.noteLost();
      throw error;
    }
  };
}

function socketUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql`;
}
