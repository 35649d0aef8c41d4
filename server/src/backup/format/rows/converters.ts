import { type JsonObject } from '../../../change/core/json';
import { type Section } from './section';

/** Makes a row of the next version out of a row of the version before. Pure; gets and gives unchecked rows. */
export type Converter = (row: JsonObject) => JsonObject;

/** Per section, the converter from each older version to the one after it, by the older version's number. */
export type Converters = { readonly [S in Section]?: Readonly<Record<number, Converter>> };

/**
 * All converters. A new row version adds one line here and a golden file of the version before in server/test/golden;
 * none is ever taken out.
 */
export const converters: Converters = {};

/** The steps from an older version of a section's rows to the current one, in order. */
export function stepsBetween(section: Section, from: number, to: number, registry: Converters): Converter[] {
  return Array.from({ length: to - from }, (_, step) => {
    const converter = registry[section]?.[from + step];
    if (!converter) throw new Error(`There is no converter for ${section} of version ${from + step}.`);
    return converter;
  });
}
