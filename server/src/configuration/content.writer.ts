import { type Change, type ConfigurationObject, type Id, kinds } from '../change/core/task';
import { chunks, type Db, placeholders, type SqlValue } from '../storage/database';
import { insertRows, overwriteRows } from '../storage/bulk-rows';
import { type Sealer } from '../storage/sealer';
import { type KindTables, type ObjectRows } from './kind-tables';
import { sealSecrets } from './secrets';
import { tables } from './tables';

/** Ids in one statement. */
const batch = 500;
/** New keys in one statement, which looks through them for each of its rows. */
const keysInStatement = 100;

/** One object on its way into the tables. */
interface Written {
  id: Id;
  before?: ObjectRows;
  after?: ObjectRows;
}

interface WrittenKind {
  described: KindTables;
  created: Written[];
  updated: Written[];
  deleted: Written[];
}

/**
 * Writes what an evaluation found, into one generation and within the caller's transaction. The order of the steps
 * lets objects that are created together refer to each other, and names be swapped, under immediate constraints.
 */
export class ContentWriter {
  constructor(private readonly sealer: Sealer) {}

  async write(db: Db, generationId: Id, changes: readonly Change[]): Promise<void> {
    const all = kinds.map((kind) =>
      this.partition(
        tables[kind],
        changes.filter((change) => change.kind === kind),
      ),
    );

    for (const { described, updated, deleted } of all) {
      await removeChildren(db, generationId, described, updated, deleted);
    }
    // Kinds in reverse: what refers goes before what it refers to.
    for (const { described, deleted } of [...all].reverse()) {
      await removeRows(
        db,
        generationId,
        described.table,
        'id',
        deleted.map(({ id }) => id),
      );
    }
    for (const { described, updated } of all) await parkKeys(db, generationId, described, updated);
    for (const { described, updated } of all) await updateRows(db, generationId, described, updated);
    for (const { described, updated } of all) await assignKeys(db, generationId, described, updated);
    for (const { described, created } of all) {
      await insertInto(
        db,
        generationId,
        described.table,
        described.columns,
        created.map(({ after }) => after!.row),
      );
    }
    for (const { described, created, updated } of all) {
      await insertChildren(db, generationId, described, created, updated);
    }
  }

  private partition(described: KindTables, changes: readonly Change[]): WrittenKind {
    const rows = (id: Id, value: ConfigurationObject | undefined) =>
      value && described.encode(id, sealSecrets(described.kind, value, this.sealer));
    const written = (wanted: (change: Change) => unknown): Written[] =>
      changes.filter(wanted).map(({ id, before, after }) => ({
        id,
        // Only child rows and keys are compared with what was.
        before:
          described.keyColumn !== undefined || described.children.length > 0 ? rows(id, before) : undefined,
        after: rows(id, after),
      }));
    return {
      described,
      created: written(({ before }) => !before),
      updated: written(({ before, after }) => before && after),
      deleted: written(({ after }) => !after),
    };
  }
}

/** Child rows of an update are left alone when they stay the same. */
const childrenDiffer = ({ before, after }: Written, child: number): boolean =>
  JSON.stringify(before!.children[child]) !== JSON.stringify(after!.children[child]);

async function removeChildren(
  db: Db,
  generationId: Id,
  { children }: KindTables,
  updated: Written[],
  deleted: Written[],
): Promise<void> {
  for (const [index, { name, owner }] of children.entries()) {
    const owners = [...updated.filter((one) => childrenDiffer(one, index)), ...deleted].map(({ id }) => id);
    await removeRows(db, generationId, name, owner, owners);
  }
}

async function insertChildren(
  db: Db,
  generationId: Id,
  { children }: KindTables,
  created: Written[],
  updated: Written[],
): Promise<void> {
  for (const [index, { name, columns }] of children.entries()) {
    const owners = [...created, ...updated.filter((one) => childrenDiffer(one, index))];
    await insertInto(
      db,
      generationId,
      name,
      columns,
      owners.flatMap(({ after }) => after!.children[index] ?? []),
    );
  }
}

/** A key that no other object can have: no name holds the character it begins with. */
const parkedPrefix = '\u0000';

const keyOf = ({ columns, keyColumn }: KindTables, { row }: ObjectRows) => row[columns.indexOf(keyColumn!)]!;

/** The objects whose unique key changes. */
const renamed = (described: KindTables, updated: readonly Written[]): Written[] =>
  described.keyColumn === undefined
    ? []
    : updated.filter(({ before, after }) => keyOf(described, before!) !== keyOf(described, after!));

/** Frees the key of every object whose unique key changes, so that names can be swapped. */
async function parkKeys(
  db: Db,
  generationId: Id,
  described: KindTables,
  updated: readonly Written[],
): Promise<void> {
  for (const some of chunks(renamed(described, updated), batch)) {
    await db.run(
      `UPDATE ${described.table} SET ${described.keyColumn} = CONCAT(?, id) WHERE generation_id = ? AND id IN (${placeholders(some.length)})`,
      [parkedPrefix, generationId, ...some.map(({ id }) => id)],
    );
  }
}

/** Everything of the updated objects but their unique keys. */
async function updateRows(
  db: Db,
  generationId: Id,
  { table, columns, keyColumn }: KindTables,
  updated: readonly Written[],
): Promise<void> {
  const assigned = columns.slice(1).filter((column) => column !== keyColumn);
  const rows = updated.map(({ id, after }) => [
    generationId,
    // The key is not assigned, but it must not be another object's: that one would be overwritten.
    ...after!.row.map((value, position) =>
      columns[position] === keyColumn ? `${parkedPrefix}${id}` : value,
    ),
  ]);
  await overwriteRows(db, table, ['generation_id', 'id'], ['generation_id', ...columns], assigned, rows);
}

/** Gives the parked objects their new keys. A key that somebody else has is an error of the database. */
async function assignKeys(
  db: Db,
  generationId: Id,
  described: KindTables,
  updated: readonly Written[],
): Promise<void> {
  for (const some of chunks(renamed(described, updated), keysInStatement)) {
    await db.run(
      `UPDATE ${described.table} SET ${described.keyColumn} = CASE id ${some.map(() => 'WHEN ? THEN ?').join(' ')} END WHERE generation_id = ? AND id IN (${placeholders(some.length)})`,
      [
        ...some.flatMap(({ id, after }) => [id, keyOf(described, after!)]),
        generationId,
        ...some.map(({ id }) => id),
      ],
    );
  }
}

async function removeRows(
  db: Db,
  generationId: Id,
  table: string,
  column: string,
  ids: readonly Id[],
): Promise<void> {
  for (const some of chunks(ids, batch)) {
    await db.run(
      `DELETE FROM ${table} WHERE generation_id = ? AND ${column} IN (${placeholders(some.length)})`,
      [generationId, ...some],
    );
  }
}

const insertInto = (
  db: Db,
  generationId: Id,
  table: string,
  columns: readonly string[],
  rows: readonly SqlValue[][],
): Promise<void> =>
  insertRows(
    db,
    table,
    ['generation_id', ...columns],
    rows.map((row) => [generationId, ...row]),
  );
