import { type JsonObject } from '../../change/core/json';

/** Makes a file of the next schema version out of one of the version before. Gets and gives unchecked files, secrets in clear. */
export type Converter = (file: JsonObject) => JsonObject;

/** A schema version, and how older files come to it. */
export interface FileSchema {
  version: number;
  /** By the older version's number; none is ever taken out. */
  converters: Readonly<Record<number, Converter>>;
}

/**
 * The schema that files are written in. A change to it raises the version and adds a converter. What no version may
 * change: the file is an object with `schemaVersion`, and `tasks` is a list of `{ task, sealed }`.
 */
export const currentSchema: FileSchema = { version: 1, converters: {} };

/** A file of an older version, brought to the schema's version step by step. */
export function converted(file: JsonObject, from: number, { version, converters }: FileSchema): JsonObject {
  let newer = file;
  for (let step = from; step < version; step += 1) {
    const converter = converters[step];
    if (!converter) throw new Error(`There is no converter for safe mode files of schema version ${step}.`);
    newer = converter(newer);
  }
  return newer;
}
