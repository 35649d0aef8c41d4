import type { ApolloClient } from '@apollo/client';
import { print, type DocumentNode } from 'graphql';
import { readValues } from './values';

interface Asked {
  query: DocumentNode;
  variables: Record<string, unknown>;
  fetchPolicy: string;
}

function clientAnswering(data: unknown): { client: ApolloClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const query = (options: Asked) => {
    asked.push(options);
    return Promise.resolve({ data });
  };
  return { client: { query } as unknown as ApolloClient, asked };
}

test('the values of exactly the named keys are asked for, in one request that is not cached', async () => {
  const { client, asked } = clientAnswering({ unit: { key0: { value: 1 }, key1: { value: { a: null } } } });
  const values = await readValues(client, 'unit', ['one', 'two']);
  expect([...values]).toEqual([
    ['one', 1],
    ['two', { a: null }],
  ]);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    variables: { unitId: 'unit', key0: 'one', key1: 'two' },
    fetchPolicy: 'no-cache',
  });
  expect(print((asked[0] as Asked).query).replace(/\s+/g, ' ')).toBe(
    'query ConfigKeyValues($unitId: ID!, $key0: String!, $key1: String!) { unit(id: $unitId) ' +
      '{ key0: configKey(key: $key0) { value } key1: configKey(key: $key1) { value } } }',
  );
});

test('a key that is gone meanwhile has no value', async () => {
  const { client } = clientAnswering({ unit: { key0: null } });
  expect([...(await readValues(client, 'unit', ['gone']))]).toEqual([]);
});

test('without keys nothing is asked', async () => {
  const { client, asked } = clientAnswering({});
  await readValues(client, 'unit', []);
  expect(asked).toEqual([]);
});
