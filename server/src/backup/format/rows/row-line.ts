import { rowSchemas } from './row-schema';
import { type Rows, type Section } from './section';

/** What stands before and after the JSON text of a row; whoever has ready text puts a line together with these. */
export const rowLineStart = '{"t":"row","v":';
export const rowLineEnd = '}\n';

/** The line of a row: its fields in the order of the format, absent ones left out. */
export function rowLine<S extends Section>(section: S, row: Rows[S]): string {
  const ordered = Object.fromEntries(
    Object.keys(rowSchemas[section].fields).map((name) => [name, row[name as keyof Rows[S]]]),
  );
  return rowLineStart + JSON.stringify(ordered) + rowLineEnd;
}
