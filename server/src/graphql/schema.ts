import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
import { GraphQLScalarType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { type UnitLookups } from '../access/operation-rules';
import { guardOperations } from './guard';

/** A resolver class, and through its instance everything it needs. */
export type ResolverClass = abstract new (...services: never[]) => object;

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  description: 'Any JSON value. Whole numbers beyond 2^53 are refused.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
});

/** A point in time. */
export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  description: 'A point in time in UTC, to the millisecond, as in 2026-01-31T12:00:00.000Z.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
});

/** The schema of these resolver classes; `instanceOf` answers who serves a class at run time. */
export function buildApiSchema(
  resolvers: readonly ResolverClass[],
  instanceOf: (resolver: unknown) => object,
  unitOf: UnitLookups,
): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<NewableFunction>,
    container: { get: (resolver) => instanceOf(resolver) },
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    validate: { forbidUnknownValues: false },
  });
  guardOperations(schema, unitOf);
  return schema;
}
