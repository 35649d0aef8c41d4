import { type Database, type Db, type SqlValue } from './database';
import { type Resealed, type Sealer } from './sealer';

/** Where sealed texts stand in a table. */
interface SealedTable {
  table: string;
  /** First column of the primary key where that has several: the table is gone through one value of it after the other. */
  within?: string;
  /** The other columns of the primary key. */
  key: readonly string[];
  columns: readonly string[];
}

/** Every place of the database that holds sealed texts: as they are, or somewhere in JSON. */
const sealedTables: readonly SealedTable[] = [
  { table: 'config_key', within: 'generation_id', key: ['id'], columns: ['value'] },
  { table: 'plugin', within: 'generation_id', key: ['id'], columns: ['configuration'] },
  { table: 'change_entry', within: 'unit_id', key: ['revision', 'number'], columns: ['before', 'after'] },
  { table: 'backup_plan', key: ['id'], columns: ['sealed_file_key'] },
  { table: 'one_time_link', key: ['id'], columns: ['sealed_token'] },
];

/** Rows read, and written in one transaction, at a time: nobody waits for long. */
const batch = 100;

export type ResealedCounts = Omit<Resealed, 'text'>;

/** Seals everything in the database that is sealed under the other key under the own one, while servers go on. */
export class SealedRows {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
  ) {}

  /** One walk through all tables. Broken off at any point, the next one goes on. */
  async reseal(): Promise<ResealedCounts> {
    const counts = { resealed: 0, unopened: 0 };
    for (const place of sealedTables) {
      for (const start of await this.starts(place)) await this.walk(place, start, counts);
    }
    return counts;
  }

  /** What the keys of the rows to walk through begin with. */
  private async starts({ table, within }: SealedTable): Promise<SqlValue[][]> {
    if (!within) return [[]];
    return (await this.database.read((db) =>
      db.rows(`SELECT DISTINCT ${within} FROM ${table}`),
    )) as SqlValue[][];
  }

  private async walk(place: SealedTable, start: SqlValue[], counts: ResealedCounts): Promise<void> {
    let after: SqlValue[] | undefined;
    do {
      const rows = await this.database.read((db) => page(db, place, start, after));
      const found = await this.database.transaction(async (db) => {
        const tried = { resealed: 0, unopened: 0 };
        for (const row of rows) await this.resealRow(db, place, start, row, tried);
        return tried;
      });
      counts.resealed += found.resealed;
      counts.unopened += found.unopened;
      after = rows.length === batch ? rows.at(-1)!.slice(0, place.key.length) : undefined;
    } while (after);
  }

  /** Whatever a server has written since the row was read stays: it is sealed already. */
  private async resealRow(
    db: Db,
    { table, within, key, columns }: SealedTable,
    start: SqlValue[],
    row: SqlValue[],
    counts: ResealedCounts,
  ): Promise<void> {
    const keyColumns = [...(within ? [within] : []), ...key];
    const isRow = keyColumns.map((column) => `${column} = ?`).join(' AND ');
    for (const [index, column] of columns.entries()) {
      const text = row[key.length + index];
      if (typeof text !== 'string') continue;
      const next = this.sealer.reseal(text);
      counts.resealed += next.resealed;
      counts.unopened += next.unopened;
      if (next.resealed === 0) continue;
      await db.run(`UPDATE ${table} SET ${quoted(column)} = ? WHERE ${isRow} AND ${quoted(column)} = ?`, [
        next.text,
        ...start,
        ...row.slice(0, key.length),
        text,
      ]);
    }
  }
}

/** The next rows with a sealed text, in the order of their key: its columns first, then those with the texts. */
async function page(
  db: Db,
  { table, within, key, columns }: SealedTable,
  start: SqlValue[],
  after: SqlValue[] | undefined,
): Promise<SqlValue[][]> {
  const conditions = [
    `(${columns.map((column) => `${quoted(column)} LIKE '%sealed:1:%'`).join(' OR ')})`,
    ...(within ? [`${within} = ?`] : []),
    ...(after ? [isBeyond(key)] : []),
  ];
  const [first, second] = after ?? [];
  const place = !after ? [] : key.length === 1 ? [first!] : [first!, first!, second!];
  return (await db.rows(
    `SELECT ${[...key, ...columns.map(quoted)].join(', ')} FROM ${table}
      WHERE ${conditions.join(' AND ')} ORDER BY ${key.join(', ')} LIMIT ${batch}`,
    [...start, ...place],
  )) as SqlValue[][];
}

/** In a form that databases answer from the index. */
const isBeyond = ([first, second]: readonly string[]) =>
  second === undefined ? `${first} > ?` : `${first} >= ? AND (${first} > ? OR ${second} > ?)`;

/** Some of the names mean something in SQL. */
const quoted = (column: string) => `\`${column}\``;
