import { getNamedType, isObjectType, parse } from 'graphql';
import 'reflect-metadata';
import { resolverClasses } from '../resolvers';
import { buildApiSchema } from '../schema';
import { isShareable, sharedFields } from './shareable';

const unused = () => {
  throw new Error('Only the shape of the schema is looked at');
};
const schema = buildApiSchema(
  resolverClasses,
  unused,
  { unitOf: { job: unused, plan: unused, upload: unused, 'safe mode': unused }, mustNotBeLost: unused },
  {},
);

/** `Type.field` of everything that can be asked for below a subscription. */
function reachable(field: string): Set<string> {
  const found = new Set<string>();
  const look = (typeName: string) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) return;
    for (const { name, type: fieldType } of Object.values(type.getFields())) {
      if (found.has(`${typeName}.${name}`)) continue;
      found.add(`${typeName}.${name}`);
      look(getNamedType(fieldType).name);
    }
  };
  look(getNamedType(schema.getSubscriptionType()!.getFields()[field]!.type).name);
  return found;
}

// A field that is added here is sent to everybody who may listen, in one and the same text: it must not depend on who asks.
test('below shared subscriptions is only what is the same for everybody who may listen', () => {
  const fields = [...sharedFields].flatMap((field) => [...reachable(field)]);
  expect([...new Set(fields)].sort()).toEqual([
    'Person.id',
    'Person.name',
    'SafeModePresence.relation',
    'SafeModePresence.safeModeId',
    'SafeModePresence.safeModeName',
    'SafeModePresence.since',
    'SafeModePresence.user',
    'UnitChange.at',
    'UnitChange.by',
    'UnitChange.cause',
    'UnitChange.revision',
    'UnitChange.unitId',
  ]);
});

test.each([
  ['one shared field', 'subscription { unitChanged(unitId: 1) { revision } }', true],
  ['under another name', 'subscription { mine: safeModeBanner(unitId: 1) { since } }', true],
  [
    'with fragments below',
    'subscription { unitChanged(unitId: 1) { ...A } } fragment A on UnitChange { at }',
    true,
  ],
  ['a field of each listener', 'subscription { job(id: 1) { state } }', false],
  [
    'one that may be left out',
    'subscription ($no: Boolean!) { unitChanged(unitId: 1) @skip(if: $no) { at } }',
    false,
  ],
  [
    'a fragment at the root',
    'subscription { ...A } fragment A on Subscription { unitChanged(unitId: 1) { at } }',
    false,
  ],
])('%s', (_, text, expected) => {
  expect(isShareable(parse(text), null)).toBe(expected);
});
