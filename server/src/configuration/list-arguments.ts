import { ArgsType, type ClassType, Field, InputType, Int, registerEnumType } from 'type-graphql';
import { type ConfigurationObject, type Id, type Kind } from '../change/core/task';
import { nameKey } from '../change/core/name-key';
import {
  type Connection,
  connection,
  decodeCursor,
  encodeCursor,
  largestPage,
  pageOf,
  pageRequest,
} from '../graphql/paging';
import { SortDirection } from './configuration-type';
import { type ConfigurationReader } from './configuration-reader';
import { type Stored } from './content.store';
import { type SortKey, type Viewer } from './kind-tables';
import { tables } from './tables';

export interface ListOrder {
  field: string;
  direction: SortDirection;
}

/** What every list of configuration objects is asked for. */
export interface ListArguments {
  first?: number | null;
  after?: string | null;
  search?: string | null;
  orderBy?: ListOrder | null;
}

/** The arguments of the list of one kind, ordered by one of its sorts. */
export function listArguments(kind: Kind, name: string): ClassType<ListArguments> {
  const fields = Object.fromEntries(Object.keys(tables[kind].sorts).map((sort) => [sort, sort]));
  const usual = Object.keys(fields)[0];
  registerEnumType(fields, {
    name: `${name}OrderField`,
    description: `What a list of this kind can be ordered by.`,
  });

  @InputType(`${name}Order`, { description: 'The order of a list.' })
  class Order implements ListOrder {
    @Field(() => fields, { description: 'What it is ordered by.' }) field!: string;
    @Field(() => SortDirection, { defaultValue: 'ASCENDING', description: 'Which end comes first.' })
    direction!: SortDirection;
  }

  @ArgsType()
  class Arguments implements ListArguments {
    @Field(() => Int, {
      nullable: true,
      description: `Size of the page, at most ${largestPage}; 50 if left out.`,
    })
    first?: number | null;
    @Field(() => String, {
      nullable: true,
      description: 'Cursor after which the page begins; the start if left out.',
    })
    after?: string | null;
    @Field(() => String, { nullable: true, description: 'Only what has this text in its name, in any case.' })
    search?: string | null;
    @Field(() => Order, { nullable: true, description: `Order of the list; by ${usual} if left out.` })
    orderBy?: ListOrder | null;
  }
  return Arguments;
}

/** One page of the objects of a kind that the viewer may see, as a Relay connection. */
export async function listPage<T>(
  reader: ConfigurationReader,
  kind: Kind,
  asked: ListArguments,
  viewer: Viewer,
  make: (id: Id, value: ConfigurationObject) => T,
): Promise<Connection<T>> {
  const request = pageRequest(asked);
  const { field, direction } = asked.orderBy ?? { field: undefined, direction: 'ASCENDING' };
  const sort = (field === undefined ? Object.values(tables[kind].sorts)[0] : tables[kind].sorts[field])!;
  const query = {
    search: request.search === undefined ? undefined : nameKey(request.search),
    viewer,
    sort: field,
    descending: direction === 'DESCENDING',
  };
  const after = request.after === undefined ? undefined : positionOf(request.after);
  const rows = await reader.list(kind, query, request.first + 1, after);
  const page = pageOf(
    rows,
    request.first,
    (row) => ({ node: make(row.id, row.value), cursor: () => cursorOf(row, sort) }),
    () => reader.count(kind, query),
  );
  return connection(page, request);
}

function positionOf(cursor: string): { sortValue: string; id: Id } {
  const [sortValue, id] = decodeCursor(cursor, 2).map(String);
  return { sortValue: sortValue!, id: id! };
}

const cursorOf = ({ id, value }: Stored, sort: SortKey<ConfigurationObject>) =>
  encodeCursor([sort.of(id, value), id]);
