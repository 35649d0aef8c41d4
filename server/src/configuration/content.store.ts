import { type ConfigurationObject, type Id, type Kind, type ObjectName } from '../change/core/task';
import { chunks, type Db, placeholders, type SqlValue } from '../storage/database';
import { type Sealer } from '../storage/sealer';
import { type Condition, type KindTables, type Viewer } from './kind-tables';
import { openSecrets } from './secrets';
import { tables } from './tables';

/** Ids, keys or owners in one statement. */
const batch = 500;

/** An object with its id. */
export interface Stored<T extends ConfigurationObject = ConfigurationObject> {
  id: Id;
  value: T;
}

/** Which objects of a kind a list holds, and in which order. */
export interface ListQuery {
  /** Looked for anywhere in the name, as `nameKey` makes it. */
  search?: string;
  /** Only what this viewer may see. */
  viewer?: Viewer;
  /** One of the kind's sorts; none: the usual one. */
  sort?: string;
  descending?: boolean;
}

/** Where the next page begins: after the object with this sort value and id. */
export interface ListPosition {
  sortValue: string;
  id: Id;
}

/** Reads the objects of one generation, secrets in clear. Knows tables, not kinds: each kind describes its own. */
export class ContentStore {
  constructor(private readonly sealer: Sealer) {}

  /** The objects with these ids; ids of nothing are left out. */
  objects(db: Db, generationId: Id, kind: Kind, ids: readonly Id[]): Promise<Map<Id, ConfigurationObject>> {
    return this.whereIn(db, generationId, kind, 'id', ids);
  }

  /** The objects whose key is one of these, unique or not. Never asked of config keys, whose key is their id. */
  withKeys(
    db: Db,
    generationId: Id,
    kind: Kind,
    keys: readonly string[],
  ): Promise<Map<Id, ConfigurationObject>> {
    const { keyColumn, sharedKeyColumn } = tables[kind];
    const column = keyColumn ?? sharedKeyColumn;
    if (!column) throw new Error(`${kind} has no key beside its id`);
    return this.whereIn(db, generationId, kind, column, keys);
  }

  /** Which of these ids exist. */
  async existing(db: Db, generationId: Id, kind: Kind, ids: readonly Id[]): Promise<Set<Id>> {
    const found = new Set<Id>();
    for (const some of chunks(ids, batch)) {
      const rows = await db.rows(
        `SELECT id FROM ${tables[kind].table} WHERE generation_id = ? AND id IN (${placeholders(some.length)})`,
        [generationId, ...some],
      );
      for (const [id] of rows) found.add(id as Id);
    }
    return found;
  }

  /** Who refers to one of these objects. */
  async referrers(
    db: Db,
    generationId: Id,
    kind: Kind,
    ids: readonly Id[],
  ): Promise<(ObjectName & { to: Id })[]> {
    const found: (ObjectName & { to: Id })[] = [];
    for (const described of Object.values(tables)) {
      for (const { table, owner, column } of described.references.filter(({ to }) => to === kind)) {
        for (const some of chunks(ids, batch)) {
          const rows = await db.rows(
            `SELECT DISTINCT ${owner}, ${column} FROM ${table} WHERE generation_id = ? AND ${column} IN (${placeholders(some.length)}) ORDER BY ${owner}`,
            [generationId, ...some],
          );
          for (const [id, to] of rows) found.push({ kind: described.kind, id: id as Id, to: to as Id });
        }
      }
    }
    return found;
  }

  /** At most `limit` objects of a list, after a position. */
  async list(
    db: Db,
    generationId: Id,
    kind: Kind,
    query: ListQuery,
    limit: number,
    after?: ListPosition,
  ): Promise<Stored[]> {
    const described = tables[kind];
    const column = sortColumn(described, query.sort);
    const [comparison, direction] = query.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const conditions = [inGeneration(generationId), ...listConditions(described, query)];
    if (after) {
      conditions.push({
        // The first part says nothing new, but lets databases begin there instead of reading all that comes before.
        sql: `${column} ${comparison}= ? AND (${column} ${comparison} ? OR (${column} = ? AND id ${comparison} ?))`,
        parameters: [after.sortValue, after.sortValue, after.sortValue, after.id],
      });
    }
    const { sql, parameters } = allOf(conditions);
    const rows = await db.rows(
      `SELECT ${columnsOf(described)} FROM ${described.table} WHERE ${sql} ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`,
      [...parameters, limit],
    );
    return [...(await this.decoded(db, generationId, described, rows))].map(([id, value]) => ({ id, value }));
  }

  /** How many objects a list has. */
  async count(db: Db, generationId: Id, kind: Kind, query: ListQuery): Promise<number> {
    const described = tables[kind];
    const { sql, parameters } = allOf([inGeneration(generationId), ...listConditions(described, query)]);
    const [[count] = []] = await db.rows(`SELECT COUNT(*) FROM ${described.table} WHERE ${sql}`, parameters);
    return Number(count);
  }

  private async whereIn(
    db: Db,
    generationId: Id,
    kind: Kind,
    column: string,
    values: readonly string[],
  ): Promise<Map<Id, ConfigurationObject>> {
    const described = tables[kind];
    const found = new Map<Id, ConfigurationObject>();
    for (const some of chunks(values, batch)) {
      const rows = await db.rows(
        `SELECT ${columnsOf(described)} FROM ${described.table} WHERE generation_id = ? AND ${column} IN (${placeholders(some.length)}) ORDER BY id`,
        [generationId, ...some],
      );
      for (const [id, value] of await this.decoded(db, generationId, described, rows)) found.set(id, value);
    }
    return found;
  }

  private async decoded(
    db: Db,
    generationId: Id,
    described: KindTables,
    rows: unknown[][],
  ): Promise<Map<Id, ConfigurationObject>> {
    const ids = rows.map(([id]) => id as Id);
    const children: Map<Id, unknown[][]>[] = [];
    for (const child of described.children) {
      children.push(await childRows(db, generationId, child, ids));
    }
    return new Map(
      rows.map((row) => {
        const id = row[0] as Id;
        const value = described.decode(
          row,
          children.map((rowsById) => rowsById.get(id) ?? []),
        );
        return [id, openSecrets(described.kind, value, this.sealer)];
      }),
    );
  }
}

async function childRows(
  db: Db,
  generationId: Id,
  child: KindTables['children'][number],
  ids: readonly Id[],
): Promise<Map<Id, unknown[][]>> {
  const byOwner = new Map<Id, unknown[][]>();
  for (const some of chunks(ids, batch)) {
    const rows = await db.rows(
      `SELECT ${child.columns.join(', ')} FROM ${child.name} WHERE generation_id = ? AND ${child.owner} IN (${placeholders(some.length)}) ORDER BY ${child.owner}, ${child.orderBy}`,
      [generationId, ...some],
    );
    for (const row of rows) {
      const owner = row[0] as Id;
      const others = byOwner.get(owner);
      if (others) others.push(row);
      else byOwner.set(owner, [row]);
    }
  }
  return byOwner;
}

const columnsOf = ({ columns }: KindTables) => columns.join(', ');

function sortColumn({ sorts }: KindTables, name: string | undefined): string {
  const sort = name === undefined ? Object.values(sorts)[0] : sorts[name];
  if (!sort) throw new Error(`No sort ${name}`);
  return sort.column;
}

const inGeneration = (generationId: Id): Condition => ({
  sql: 'generation_id = ?',
  parameters: [generationId],
});

function listConditions(described: KindTables, { search, viewer }: ListQuery): Condition[] {
  const conditions: Condition[] = [];
  if (search !== undefined) {
    conditions.push({
      sql: `${described.searchColumn} LIKE ? ESCAPE '!'`,
      parameters: [`%${search.replace(/[!%_]/g, '!$&')}%`],
    });
  }
  const visible = viewer && described.visible?.condition(viewer);
  if (visible) conditions.push(visible);
  return conditions;
}

function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    parameters: conditions.flatMap(({ parameters }): SqlValue[] => parameters),
  };
}
