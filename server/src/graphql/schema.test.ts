import { isInputObjectType, isObjectType, isSpecifiedScalarType } from 'graphql';
import 'reflect-metadata';
import { resolverClasses } from './resolvers';
import { buildApiSchema } from './schema';

const unused = () => {
  throw new Error('Only the shape of the schema is looked at');
};
const schema = buildApiSchema(
  resolverClasses,
  unused,
  {
    unitOf: { job: unused, plan: unused, upload: unused, 'safe mode': unused },
    mustNotBeLost: unused,
  },
  {},
);
const rootTypes = ['Query', 'Mutation', 'Subscription'];
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

test('every type, field and argument of the schema says what it is', () => {
  const silent: string[] = [];
  const look = (name: string, { description }: { description?: string | null }) => {
    if (!description) silent.push(name);
  };
  for (const type of types) {
    if (!rootTypes.includes(type.name)) look(type.name, type);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    }
    if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
  }
  expect(silent).toEqual([]);
});
