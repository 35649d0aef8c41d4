import { GraphQLInt, GraphQLObjectType, GraphQLSchema, parse } from 'graphql';
import { type Context, keep } from '../context';
import { subscribeAfresh } from './subscribe-afresh';

test('nothing that was kept for one event answers the next', async () => {
  const ended = jest.fn();
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { one: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType<number, Context>({
      name: 'Subscription',
      fields: {
        number: {
          type: GraphQLInt,
          async *subscribe() {
            try {
              for (let number = 1; ; number++) yield await Promise.resolve(number);
            } finally {
              ended();
            }
          },
          resolve: (number, _, context) => keep(context, 'number', () => number),
        },
      },
    }),
  });
  const contextValue = { kept: new Map() } as unknown as Context;
  const answers = await subscribeAfresh({ schema, document: parse('subscription { number }'), contextValue });
  const heard: unknown[] = [];
  for await (const { data } of answers as AsyncIterable<{ data: { number: number } }>) {
    heard.push(data.number);
    if (heard.length === 3) break;
  }
  expect(heard).toEqual([1, 2, 3]);
  expect(ended).toHaveBeenCalled();
});

test('what is refused is answered at once', async () => {
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { one: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: { number: { type: GraphQLInt, subscribe: () => Promise.reject(new Error('not you')) } },
    }),
  });
  const answer = await subscribeAfresh({ schema, document: parse('subscription { number }') });
  expect(answer).toMatchObject({ errors: [{ message: 'not you' }] });
});
