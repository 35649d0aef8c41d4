import { type Change, type ConfigurationObject, type Id, kinds } from '../change/task';
import { chunks, type Db, placeholders, type SqlValue } from '../storage/database';
import { type Sealer } from '../storage/sealer';
import { type KindTables, type ObjectRows } from './kind-tables';
import { sealSecrets } from './secrets';
import { tables } from './tables';

/** Rows or ids in one statement. */
const batch = 500;

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
    for (const { described, created } of all) {
      await insertRows(
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
    const written = changes.map(({ id, before, after }) => ({
      id,
      before: rows(id, before),
      after: rows(id, after),
    }));
    return {
      described,
      created: written.filter(({ before }) => !before),
      updated: written.filter(({ before, after }) => before && after),
      deleted: written.filter(({ after }) => !after),
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
    await insertRows(
      db,
      generationId,
      name,
      columns,
      owners.flatMap(({ after }) => after!.children[index] ?? []),
    );
  }
}

/** Gives every object whose unique key changes a key that nobody can have, so that names can be swapped. */
async function parkKeys(
  db: Db,
  generationId: Id,
  { table, columns, keyColumn }: KindTables,
  updated: Written[],
): Promise<void> {
  if (!keyColumn) return;
  const position = columns.indexOf(keyColumn);
  for (const { id, before, after } of updated) {
    if (before!.row[position] === after!.row[position]) continue;
    await db.run(`UPDATE ${table} SET ${keyColumn} = ? WHERE generation_id = ? AND id = ?`, [
      `\u0000${id}`,
      generationId,
      id,
    ]);
  }
}

async function updateRows(
  db: Db,
  generationId: Id,
  { table, columns }: KindTables,
  updated: Written[],
): Promise<void> {
  const assignments = columns.slice(1).map((column) => `${column} = ?`);
  for (const { id, after } of updated) {
    await db.run(`UPDATE ${table} SET ${assignments.join(', ')} WHERE generation_id = ? AND id = ?`, [
      ...after!.row.slice(1),
      generationId,
      id,
    ]);
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

async function insertRows(
  db: Db,
  generationId: Id,
  table: string,
  columns: readonly string[],
  rows: readonly SqlValue[][],
): Promise<void> {
  const one = `(${placeholders(columns.length + 1)})`;
  for (const some of chunks(rows, batch)) {
    await db.run(
      `INSERT INTO ${table} (generation_id, ${columns.join(', ')}) VALUES ${some.map(() => one).join(', ')}`,
      some.flatMap((row) => [generationId, ...row]),
    );
  }
}
