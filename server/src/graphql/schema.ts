import { type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { guardOperations, type GuardParts } from './guard';
import { type LiveStreams, subscriptionSource } from './live-streams';
import { DateTimeScalar } from './scalars';

/** The schema of these resolver classes; `instanceOf` answers who serves a class at run time, `streams` what subscriptions send. */
export function buildApiSchema(
  resolvers: readonly NewableFunction[],
  instanceOf: (resolver: unknown) => object,
  guard: GuardParts,
  streams: LiveStreams,
): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<NewableFunction>,
    container: { get: (resolver) => instanceOf(resolver) },
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    pubSub: subscriptionSource(streams),
    validate: { forbidUnknownValues: false },
    orphanedTypes: [],
  });
  guardOperations(schema, guard);
  return schema;
}
