import { type Json, type JsonObject } from '../../../change/core/json';
import { converters as allConverters, type Converters, stepsBetween } from './converters';
import { type Field } from './field';
import { type RowSchema, rowSchemas } from './row-schema';
import { type Rows, type Section } from './section';

/** One field that is wrong. Without a field, the row as a whole. */
export interface FieldProblem {
  field?: string;
  problem: string;
}

export interface RowReading<S extends Section> {
  /** The row with known fields only; absent when there are problems. */
  row?: Rows[S];
  problems: FieldProblem[];
  /** Names of fields that this version does not know; they are left out of the row. */
  unknownFields: string[];
}

export type ReadRow<S extends Section> = (value: JsonObject) => RowReading<S>;

/** A reader for rows of a section as a file of the given row version has them. */
export function rowReader<S extends Section>(
  section: S,
  version: number,
  schema: RowSchema<S> = rowSchemas[section],
  converters: Converters = allConverters,
): ReadRow<S> {
  const steps = stepsBetween(section, version, schema.version, converters);
  const fields = Object.entries<Field<unknown>>(schema.fields as Record<string, Field<unknown>>);
  const known = new Set(fields.map(([name]) => name));
  return (value) =>
    takeFields<S>(
      fields,
      known,
      steps.reduce((row, convert) => convert(row), value),
    );
}

function takeFields<S extends Section>(
  fields: [string, Field<unknown>][],
  known: ReadonlySet<string>,
  value: JsonObject,
): RowReading<S> {
  const row: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const [name, field] of fields) {
    const taken = takeField(field, Object.hasOwn(value, name) ? value[name] : undefined);
    if ('problem' in taken) problems.push({ field: name, problem: taken.problem });
    else if (taken.value !== undefined) row[name] = taken.value;
  }
  const unknownFields = Object.keys(value).filter((name) => !known.has(name));
  // Every field of the schema was taken, which is all that the type asks for.
  return problems.length > 0
    ? { problems, unknownFields }
    : { row: row as unknown as Rows[S], problems, unknownFields };
}

function takeField(field: Field<unknown>, value: Json | undefined): { value: unknown } | { problem: string } {
  if (value !== undefined) return field.take(value);
  return field.optional ? { value: undefined } : { problem: 'is missing' };
}
