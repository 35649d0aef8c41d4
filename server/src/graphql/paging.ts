import { type ClassType, Field, Int } from 'type-graphql';
import { ObjectType } from './object-type';
import { BadUserInput } from '../refusal';

/** Most objects of one page. */
export const largestPage = 200;
const usualPage = 50;
/** Longer than any name can be. */
const longestSearch = 1_000;

/** What a list is asked for: the next `first` objects after a cursor. */
export interface PageRequest {
  first: number;
  after?: string;
  search?: string;
}

/** Made when it is asked for, which graphql-js does by calling it. */
type OnDemand<T> = () => T;

/** An object in a page, with its cursor. */
export interface Edge<T> {
  node: T;
  cursor: OnDemand<string>;
}

/** One page of a list, as services answer it. */
export interface Page<T> {
  items: Edge<T>[];
  hasNextPage: boolean;
  total: OnDemand<Promise<number>>;
}

/** Checks what a client asked for. Throws `BadUserInput`. */
export function pageRequest(asked: {
  first?: number | null;
  after?: string | null;
  search?: string | null;
}): PageRequest {
  const first = asked.first ?? usualPage;
  if (first < 1 || first > largestPage) {
    throw new BadUserInput([{ path: 'first', message: `must be 1 to ${largestPage}` }]);
  }
  const search = asked.search?.trim() || undefined;
  if (search !== undefined && (search.length > longestSearch || search.includes('\u0000'))) {
    throw new BadUserInput([
      { path: 'search', message: `must have at most ${longestSearch} characters, none of them U+0000` },
    ]);
  }
  return { first, after: asked.after ?? undefined, search };
}

/** A cursor holds the sort values of its object, so that it stays right when others come and go. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** @param length how many values the list is sorted by. Throws `BadUserInput` for anything that is not a cursor of this list. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isSortValues(values, length)) return values;
  } catch {
    // Not base64url of JSON: refused below.
  }
  throw notACursor();
}

/** As `decodeCursor`, of a list that is sorted by whole numbers. */
export function decodeNumericCursor(cursor: string, length: number): number[] {
  const values = decodeCursor(cursor, length);
  if (values.every((value) => typeof value === 'number' && Number.isSafeInteger(value)))
    return values as number[];
  throw notACursor();
}

const notACursor = () => new BadUserInput([{ path: 'after', message: 'is not a cursor of this list' }]);

function isSortValues(values: unknown, length: number): values is (string | number)[] {
  return (
    Array.isArray(values) &&
    values.length === length &&
    values.every((value) => typeof value === 'string' || typeof value === 'number')
  );
}

/** Cuts a page out of rows that were read with one more than asked for. */
export function pageOf<R, T>(
  rows: readonly R[],
  first: number,
  make: (row: R) => Edge<T>,
  total: OnDemand<Promise<number>>,
): Page<T> {
  return { items: rows.slice(0, first).map(make), hasNextPage: rows.length > first, total };
}

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field({ description: 'Whether more objects follow.' }) hasNextPage!: boolean;
  @Field({ description: 'Whether objects come before: true when the page was asked for after a cursor.' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first object of the page.' })
  startCursor!: OnDemand<string> | null;
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last object of the page; pass it as `after`.',
  })
  endCursor!: OnDemand<string> | null;
}

export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount: OnDemand<Promise<number>>;
}

/** The Relay connection and edge types of one kind of node. */
export function connectionTypes<T extends object>(
  Node: ClassType<T>,
  name: string,
): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: 'An object in a page, with its cursor.' })
  class EdgeType implements Edge<T> {
    @Field(() => Node, { description: 'The object.' }) node!: T;
    @Field(() => String, { description: 'Where it stands in the list.' }) cursor!: OnDemand<string>;
  }

  @ObjectType(`${name}Connection`, { description: 'A page of a list.' })
  class ConnectionType implements Connection<T> {
    @Field(() => [EdgeType], { description: 'The objects with their cursors.' }) edges!: Edge<T>[];
    @Field(() => [Node], { description: 'The objects.' }) nodes!: T[];
    @Field(() => PageInfo, { description: 'Where the page lies in the list.' }) pageInfo!: PageInfo;
    @Field(() => Int, { description: 'How many objects the whole list has.' })
    totalCount!: OnDemand<Promise<number>>;
  }
  return ConnectionType;
}

/** A page as a Relay connection. */
export function connection<T>(page: Page<T>, request: PageRequest): Connection<T> {
  const edges = page.items;
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: request.after !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: page.total,
  };
}
