import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, isObjectType } from 'graphql';
import { BadUserInput } from '../refusal';
import { guardedTypes } from './guard';
import { listBound, mostItems } from './list-limits';

const schema = buildSchema(readFileSync(path.resolve(__dirname, '../../../schema.graphql'), 'utf8'));
const argsOf = (sdl: string) => {
  const type = buildSchema(sdl).getType('Query');
  return isObjectType(type) ? type.getFields().it!.args : [];
};
const nested = argsOf(
  'type Query { it(input: In, plain: Int): Int } input In { ids: [ID!], inner: [In!] name: String }',
);
const items = (count: number) => Array<string>(count).fill('x');

const faultsOf = (values: object) => {
  try {
    listBound(nested)!({ ...values });
    return [];
  } catch (error) {
    if (!(error instanceof BadUserInput)) throw error;
    return (error.extensions.fields as { path: string }[]).map(({ path: at }) => at);
  }
};

test('a list as long as may be is let through, a longer one is told with its place, also within others', () => {
  expect(faultsOf({ input: { ids: items(mostItems), inner: [{ ids: null }] }, plain: 1 })).toEqual([]);
  const long = { ids: items(mostItems + 1) };
  expect(faultsOf({ input: { ...long, inner: [{}, long] } })).toEqual(['input.ids', 'input.inner.1.ids']);
  expect(faultsOf({ input: null })).toEqual([]);
});

test('where no list can come in, nothing is checked', () => {
  expect(
    listBound(argsOf('type Query { it(a: String, b: In): Int } input In { a: In b: Int }')),
  ).toBeUndefined();
});

test('only fields that are guarded take lists', () => {
  const others = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith('__') && !guardedTypes.includes(type.name),
  );
  const open = others.flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).filter(({ args }) => listBound(args) !== undefined)
      : [],
  );
  expect(open.map(({ name }) => name)).toEqual([]);
});
