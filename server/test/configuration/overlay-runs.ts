import fc from 'fast-check';
import { roles } from '../../src/access/role';
import { canonical } from '../../src/change/core/canonical';
import { evaluate } from '../../src/change/core/evaluation/evaluate';
import { type Change, type ConfigurationObject, type Id, type Kind, kinds } from '../../src/change/core/task';
import { aConfigKey, aPlugin, aProfile, aWorkspace } from '../../src/change/core/testing/builders';
import { intents, manifestOf } from '../../src/change/core/testing/intents';
import { afterEdits, beginning, fileOf, minter } from '../../src/change/core/testing/run';
import { type ListQuery } from '../../src/configuration/content.store';
import { tables } from '../../src/configuration/tables';
import { creationOf } from '../parts/generation';

/** A live configuration, as what creates it, and changes of it that could be written. */
export interface Run {
  live: Change[];
  changes: Change[];
}

/** One list, and in how large pages it is read. */
export interface ListRun {
  kind: Kind;
  query: ListQuery;
  pageSize: number;
}

/** Letters that UTF-16 orders otherwise than the databases do, some in both cases, and signs that mean much to LIKE. */
const letters = ['a', 'B', 'b', 'é', '%', '_', '!', '\uFF21', '\uFF42', '\uFFFD', '\u{10400}', '😀'];
const texts = fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 4 });
const emails = ['ada@example.org', 'bob@example.org'];

/** What tasks make of a unit that has moved since, beside single objects that come, go and change in every way. */
export const overlayRun: fc.Arbitrary<Run> = fc
  .tuple(
    intents(9),
    intents(4),
    fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        before: fc.option(contents()),
        after: fc.option(contents()),
      }),
      { maxLength: 24, size: 'max' },
    ),
  )
  .map(([mine, theirs, others]) => {
    const moved = afterEdits(beginning, theirs, minter('theirs'));
    const { changes } = evaluate(moved, fileOf(beginning, mine, minter()));
    const made = others.map(otherOf).filter(({ before, after }) => before ?? after);
    return {
      live: [
        ...creationOf(moved).map(respelled),
        ...made.flatMap(({ kind, id, before }) => (before ? [{ kind, id, after: before }] : [])),
      ],
      changes: [
        ...changes.map(respelled),
        ...made.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)),
      ],
    };
  });

export const listRun: fc.Arbitrary<ListRun> = fc.constantFrom(...kinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    query: fc.record({
      sort: fc.constantFrom(undefined, ...Object.keys(tables[kind].sorts)),
      descending: fc.boolean(),
      search: fc.option(
        fc.constantFrom('a', 'b', 'é', '%', '_', '!', '\uFF42', '\uFFFD', '\u{10428}', '😀', '\ud83d'),
        { nil: undefined },
      ),
      viewer: fc.option(fc.record({ role: fc.constantFrom(...roles), email: fc.constantFrom(...emails) }), {
        nil: undefined,
      }),
    }),
    pageSize: fc.integer({ min: 1, max: 5 }),
  }),
);

interface Contents {
  name: string;
  roles: (typeof roles)[number][];
  shared: boolean;
  owner: string | null;
}

function contents(): fc.Arbitrary<Contents> {
  return fc.record({
    name: texts,
    roles: fc.subarray([...roles]),
    shared: fc.boolean(),
    owner: fc.option(fc.constantFrom(...emails)),
  });
}

function otherOf(
  { kind, before, after }: { kind: Kind; before: Contents | null; after: Contents | null },
  number: number,
): Change {
  const id = kind === 'CONFIG_KEY' ? `${(before ?? after)?.name}${number}` : `other${number}`;
  const valueOf = (said: Contents | null) =>
    said ? canonical(kind, made[kind](id, `${said.name}${number}`, said)) : undefined;
  return { kind, id, before: valueOf(before), after: valueOf(after) };
}

const made: Record<Kind, (id: Id, unique: string, said: Contents) => ConfigurationObject> = {
  PLUGIN: (id, unique, { name, shared }) => {
    const bundle = `org.${unique}`;
    return aPlugin(id, { bundle, enabled: shared, manifest: { ...manifestOf(bundle), name } });
  },
  WORKSPACE: (id, _, { name, shared, owner }) =>
    aWorkspace(id, { name, shared, ...(owner !== null && { owner }) }),
  PROFILE: (id, unique, said) => aProfile(id, { name: unique, roles: said.roles }),
  CONFIG_KEY: (id, _, { name, shared }) => aConfigKey(id, { value: name, secret: shared }),
};

/** The plain names of the random edits, in letters that are hard to order. Names with one key still have one key. */
const respelling: Record<string, string> = {
  A: '\u{10400}',
  a: '\u{10428}',
  B: '\uFF22',
  b: '\uFF42',
  C: '\uFFFD',
  x: '\uFF58',
  X: '\u{1D417}',
  z: 'é',
};

function respelled(change: Change): Change {
  const { kind, id, before, after } = change;
  return {
    kind,
    id: kind === 'CONFIG_KEY' ? spelled(id) : id,
    ...(before && { before: respelledValue(kind, before) }),
    ...(after && { after: respelledValue(kind, after) }),
  };
}

function respelledValue(kind: Kind, value: ConfigurationObject): ConfigurationObject {
  if (kind === 'CONFIG_KEY') return { ...value, key: spelled(value.key as string) };
  if (kind !== 'PLUGIN') return { ...value, name: spelled(value.name as string) };
  const bundle = spelled(value.bundle as string);
  return { ...value, bundle, manifest: { ...(value.manifest as object), bundle, name: bundle } };
}

const spelled = (name: string) => name.replace(/[AaBbCxXz]$/, (letter) => respelling[letter]!);
