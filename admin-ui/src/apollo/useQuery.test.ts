import { ApolloClient, ApolloLink, InMemoryCache, Observable, gql } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createApp, effectScope, nextTick, shallowRef } from 'vue';
import { clientKey } from './client';
import { createSafeModeHeader, safeModeHeaderKey } from './safe-mode-header';
import { refetchShown } from './refetch-shown';
import { useQuery, type QueryOptions } from './useQuery';

const NAME: TypedDocumentNode<{ name: string }, { id: string }> = gql`
  query Name($id: ID!) {
    name(id: $id)
  }
`;

/** A query for the name of one object, and the questions that the server has yet to answer. */
async function open(options: QueryOptions = {}) {
  const asked: { id: string; answer: (name: string) => void; refuse: () => void }[] = [];
  const link = new ApolloLink(
    ({ variables }) =>
      new Observable((observer) => {
        asked.push({
          id: String(variables['id']),
          answer(name) {
            observer.next({ data: { name } });
            observer.complete();
          },
          refuse() {
            observer.next({ errors: [{ message: 'Refused' }] });
            observer.complete();
          },
        });
      }),
  );
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const header = createSafeModeHeader();
  const id = shallowRef('a');
  const app = createApp({});
  app.provide(clientKey, client);
  app.provide(safeModeHeaderKey, header);
  const scope = effectScope();
  const query = scope.run(() => app.runWithContext(() => useQuery(NAME, () => ({ id: id.value }), options)));
  if (!query) throw new Error('The scope did not run.');
  await settled();
  return { asked, query, id, header, client, stop: () => scope.stop() };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await nextTick();
  await new Promise((resolve) => setTimeout(resolve));
}

test('a late answer about another object than the one on the screen is dropped', async () => {
  const { asked, query, id } = await open();
  id.value = 'b';
  await settled();
  asked[1]?.answer('name of b');
  asked[0]?.answer('name of a');
  await settled();
  expect(asked.map((each) => each.id)).toEqual(['a', 'b']);
  expect(query.data.value).toEqual({ name: 'name of b' });
});

test('with another safe mode the same question is asked anew, and what it was before stays until then', async () => {
  const { asked, query, header, client } = await open();
  asked[0]?.answer('live');
  await settled();
  header.name('s1');
  await client.cache.reset({ discardWatches: true });
  await settled();
  expect(query.data.value).toEqual({ name: 'live' });
  expect(asked).toHaveLength(2);
  asked[1]?.answer('as it would be');
  await settled();
  expect(query.data.value).toEqual({ name: 'as it would be' });
});

test('what was found for one search does not stand there as found by another one that is refused', async () => {
  const { asked, query, id } = await open();
  asked[0]?.answer('name of a');
  await settled();
  id.value = 'b';
  await settled();
  expect(query.data.value).toEqual({ name: 'name of a' });
  asked[1]?.refuse();
  await settled();
  expect(query.data.value).toBeUndefined();
  expect(query.fault.value?.message).toBe('Refused');
});

test('when something changed, what is on the screen is asked again, but not what is asked once', async () => {
  const plain = await open();
  plain.asked[0]?.answer('before');
  const once = await open({ fetchPolicy: 'no-cache', once: () => true });
  once.asked[0]?.answer('read');
  await settled();
  void refetchShown(plain.client);
  void refetchShown(once.client);
  await settled();
  expect(plain.asked).toHaveLength(2);
  expect(once.asked).toHaveLength(1);
  void once.query.refetch();
  await settled();
  expect(once.asked).toHaveLength(2);
});

test('what is asked once and was refused is asked again with everything else', async () => {
  const { asked, client } = await open({ fetchPolicy: 'no-cache', once: () => true });
  asked[0]?.refuse();
  await settled();
  void refetchShown(client);
  await settled();
  expect(asked).toHaveLength(2);
});

test('nothing is heard after the component is gone', async () => {
  const { asked, query, stop } = await open();
  stop();
  asked[0]?.answer('too late');
  await settled();
  expect(query.data.value).toBeUndefined();
});
