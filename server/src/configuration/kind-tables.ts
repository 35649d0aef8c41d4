import { type ConfigurationObject, type Id, type Kind } from '../change/core/task';
import { type Role } from '../access/role';
import { type SqlValue } from '../storage/database';

/** Rows that belong to an object of a kind, in a table of their own. */
export interface ChildTable {
  name: string;
  /** The column that holds the object's id; it comes first in every row. */
  owner: string;
  /** All columns but `generation_id`, the owner first. */
  columns: readonly string[];
  /** In which order an object's rows are read. */
  orderBy: string;
}

/** A column that holds the id of another object. */
export interface ReferenceColumn {
  table: string;
  /** The column that holds the id of the object that refers. */
  owner: string;
  column: string;
  to: Kind;
}

/** One way to sort a list: by a column, or the same value taken from an object. */
export interface SortKey<T> {
  column: string;
  of(id: Id, value: T): string;
}

/** Who looks: decides which objects of a list are there for them. */
export interface Viewer {
  role: Role;
  /** Normalised. */
  email: string;
}

/** A condition on the rows of the main table; placeholders are `?`. */
export interface Condition {
  sql: string;
  parameters: SqlValue[];
}

/** An object as rows: one of the main table, and those of each child table. Without the generation's id. */
export interface ObjectRows {
  row: SqlValue[];
  children: SqlValue[][][];
}

/**
 * How the objects of one kind stand in tables. Every table has `generation_id` besides the columns named here. Rows
 * hold secrets sealed; the objects given to `encode` and made by `decode` have them sealed as well (see secrets.ts).
 */
export interface KindTables<T extends ConfigurationObject = ConfigurationObject> {
  kind: Kind;
  table: string;
  /** Columns of the main table, `id` first. */
  columns: readonly string[];
  /** The column that holds `keyOf` of the descriptor, where the key is unique. */
  keyColumn?: string;
  /** The same, where several objects may have one key. */
  sharedKeyColumn?: string;
  /** The column that search looks in: lower case, as `nameKey` makes it. */
  searchColumn: string;
  children: readonly ChildTable[];
  references: readonly ReferenceColumn[];
  /** By name of the order; the first is the usual one. */
  sorts: Readonly<Record<string, SortKey<T>>>;
  encode(id: Id, value: T): ObjectRows;
  decode(row: readonly unknown[], children: readonly (readonly unknown[][])[]): T;
  /** Which objects the viewer may see, as condition and as the same judgement on an object; none: all. */
  visible?: {
    condition(viewer: Viewer): Condition | undefined;
    judge(viewer: Viewer, value: T): boolean;
  };
}

/** Boolean columns come as 0 and 1. */
export const isTrue = (value: unknown): boolean => Number(value) === 1;
