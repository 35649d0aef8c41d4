import { type FieldNode, type FragmentDefinitionNode, getOperationAST, Kind, parse } from 'graphql';
import { TooComplex } from '../refusal';
import { countListed, mostListed } from './inner-lists';

/** The first field of the document, with its fragments. */
function field(document: string) {
  const parsed = parse(document);
  const fragments = parsed.definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  return {
    fieldNodes: getOperationAST(parsed)!.selectionSet.selections as readonly FieldNode[],
    fragments: Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment])),
  };
}

const request = () => ({ kept: new Map() });

test.each([
  ['profiles with their workspaces', '{ workspaces { id name } }', 200 * 200],
  ['workspaces with their profiles', '{ profiles { id name } }', 200 * 200],
  [
    'applications with their plugins',
    '{ applications { id area position configuration plugin { id name } } }',
    200 * 100,
  ],
])('a page of 200 %s is never too much', async (_, document, objects) => {
  await expect(countListed(request(), objects, field(document))).resolves.toBeUndefined();
});

test.each([
  ['{ workspaces { id } }', 2],
  ['{ workspaces { id } workspaces { name shared } }', 4],
  ['{ workspaces { ...A ... on Workspace { layout } } } fragment A on Workspace { id owner { name } }', 5],
])('each object of %s counts as %i', async (document, each) => {
  const asked = field(document);
  const most = Math.floor(mostListed / each);
  await expect(countListed(request(), most, asked)).resolves.toBeUndefined();
  await expect(countListed(request(), most + 1, asked)).rejects.toBeInstanceOf(TooComplex);
});

test('lists that are asked for at the same time are all refused where they are too much together', async () => {
  const context = request();
  const asked = field('{ workspaces { id } }');
  const counts = [1, 2, 3].map(() => countListed(context, mostListed / 5, asked));
  const outcomes = await Promise.allSettled(counts);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});
