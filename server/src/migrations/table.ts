import { type QueryRunner, Table, TableColumn, type TableColumnOptions } from 'typeorm';

type Column = Omit<TableColumnOptions, 'name'>;

/** The few column types that mean the same on every database. */
export const id: Column = { type: 'varchar', length: '36' };
export const integer: Column = { type: 'integer' };
export const big: Column = { type: 'bigint' };
export const double: Column = { type: 'double' };
export const boolean: Column = { type: 'boolean' };
export const time: Column = { type: 'datetime', precision: 3 };
export const text: Column = { type: 'text' };
export const string = (length: number): Column => ({ type: 'varchar', length: String(length) });
export const optional = (column: Column): Column => ({ ...column, isNullable: true });

/** A table: columns, primary key, and what must hold between rows. */
export interface TableDescription {
  name: string;
  columns: Record<string, Column>;
  key: string[];
  unique?: string[][];
  indexes?: string[][];
  references?: { columns: string[]; table: string; to: string[] }[];
}

/**
 * Creates a table with the same meaning on SQLite, MySQL and MariaDB, unless it is there: a migration that broke off is
 * begun again.
 */
export async function createTable(runner: QueryRunner, description: TableDescription): Promise<void> {
  const { name, columns, key, unique = [], indexes = [], references = [] } = description;
  await runner.createTable(
    new Table({
      name,
      columns: Object.entries(columns).map(([column, options]) => ({
        ...columnOf(runner, column, options),
        isPrimary: key.includes(column),
      })),
      indices: [
        ...unique.map((columnNames) => ({
          name: indexName('uq', name, columnNames),
          columnNames,
          isUnique: true,
        })),
        ...indexes.map((columnNames) => ({ name: indexName('ix', name, columnNames), columnNames })),
      ],
      foreignKeys: references.map(({ columns: columnNames, table, to }) => ({
        name: indexName('fk', name, columnNames),
        columnNames,
        referencedTableName: table,
        referencedColumnNames: to,
      })),
    }),
    true,
  );
}

/** Adds a column to a table that has rows, unless it is there. It must be optional or have a default. */
export async function addColumn(
  runner: QueryRunner,
  table: string,
  name: string,
  options: Column,
): Promise<void> {
  if (await runner.hasColumn(table, name)) return;
  await runner.addColumn(table, new TableColumn(columnOf(runner, name, options)));
}

function columnOf(runner: QueryRunner, name: string, options: Column): TableColumnOptions {
  const dialect = runner.dataSource.options.type;
  return {
    name,
    ...options,
    type: options.type === 'text' && dialect !== 'better-sqlite3' ? 'longtext' : options.type,
    ...(isText(options) && binaryCollation(dialect)),
  };
}

const isText = ({ type }: Column) => type === 'varchar' || type === 'text';

/** Compared byte by byte and without padding, as SQLite does: order and equality are the same everywhere. */
function binaryCollation(dialect: string): { charset?: string; collation?: string } {
  if (dialect === 'mariadb') return { charset: 'utf8mb4', collation: 'utf8mb4_nopad_bin' };
  if (dialect === 'mysql') return { charset: 'utf8mb4', collation: 'utf8mb4_0900_bin' };
  return {};
}

const indexName = (prefix: string, table: string, columns: string[]) =>
  `${prefix}_${table}_${columns.filter((column) => column !== 'generation_id').join('_')}`.slice(0, 60);
