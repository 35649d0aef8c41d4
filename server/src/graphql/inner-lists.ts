import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { TooComplex } from '../refusal';
import { type Context, keep } from './context';

/**
 * What lists inside objects may come to in one request, in objects and the fields that are asked of each. The console's largest
 * page, 200 profiles of 200 workspaces each with id and name, is about half of it.
 */
export const mostListed = 250_000;

/**
 * Counts a list inside an object before its objects are read: how long it is was not known when the query was counted.
 * Throws `TooComplex` once those of the request come to more than `mostListed`.
 */
export async function countListed(
  context: Pick<Context, 'kept'>,
  objects: number,
  info: AskedFields,
): Promise<void> {
  const sum = keep(context, 'listed', (): Listed => ({ listed: 0 }));
  sum.listed += objects * (1 + fieldsOfEach(info));
  // Those beside it are counted meanwhile, so that none is read where all of them are too much.
  await Promise.resolve();
  if (sum.listed > mostListed) throw (sum.refusal ??= new TooComplex(tooMuch));
}

const tooMuch = `The lists inside the objects that the query asks for come to more than ${mostListed} objects and fields. Ask for smaller pages, fewer fields or fewer levels.`;

interface Listed {
  listed: number;
  /** One for all lists: thousands may be refused at once, and an error takes long to make. */
  refusal?: TooComplex;
}

type AskedFields = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** By the nodes of a field, which graphql-js hands to each list of it anew. */
const counted = new WeakMap<readonly FieldNode[], number>();

function fieldsOfEach({ fieldNodes, fragments }: AskedFields): number {
  const fields =
    counted.get(fieldNodes) ?? sumOf(fieldNodes, (node) => fieldsIn(node.selectionSet, fragments));
  counted.set(fieldNodes, fields);
  return fields;
}

/** Also those under `@skip` and `@include`. */
const fieldsIn = (set: SelectionSetNode | undefined, fragments: AskedFields['fragments']): number =>
  sumOf(set?.selections ?? [], (selection) => {
    if (selection.kind === Kind.FIELD) return 1 + fieldsIn(selection.selectionSet, fragments);
    const { selectionSet } =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value]! : selection;
    return fieldsIn(selectionSet, fragments);
  });

const sumOf = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((sum, item) => sum + count(item), 0);
