import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';

/** Far more levels than can be stored; what is nested within them can be walked by functions that call themselves. */
const mostLevels = 1_000;
/** Keys of all objects in one value: comparing and writing more would hold up everybody else for seconds. */
const mostKeys = 100_000;

const json = GraphQLJSON.toConfig();

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType({
  ...json,
  parseValue: (value: unknown) => withinLimits(json.parseValue(value) as unknown),
  parseLiteral: (node, variables) => withinLimits(json.parseLiteral(node, variables) as unknown),
  description: 'Any JSON value. Whole numbers beyond 2^53 are refused.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
});

/** A point in time. */
export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  description: 'A point in time in UTC, to the millisecond, as in 2026-01-31T12:00:00.000Z.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
});

/** What was found good: an input is coerced more than once in a request. */
const known = new WeakSet<object>();

/** Goes through the value level by level, as its depth is what must not be trusted. */
function withinLimits<T>(value: T): T {
  if (!isNested(value) || known.has(value)) return value;
  let keys = 0;
  let level: object[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === mostLevels) throw new GraphQLError(`JSON is nested deeper than ${mostLevels} levels.`);
    const inner: object[] = [];
    for (const one of level) {
      const items: unknown[] = Array.isArray(one) ? one : Object.values(one);
      if (items !== one) keys += items.length;
      if (keys > mostKeys) throw new GraphQLError(`JSON has more than ${mostKeys} keys.`);
      for (const item of items) if (isNested(item)) inner.push(item);
    }
    level = inner;
  }
  known.add(value);
  return value;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
