import { jsonTexts } from './texts';

/** A JSON text as parsed, or what is wrong with it, in words for its writer. */
export type ParsedJson = { ok: true; value: unknown } | { ok: false; message: string };

/** Parses a JSON text; also refuses numbers that JavaScript would silently round or lose. */
export function parseJson(text: string): ParsedJson {
  if (text.trim() === '') return { ok: false, message: jsonTexts.empty };
  let roundedNumber = false;
  try {
    const value: unknown = JSON.parse(text, (_key, each: unknown) => {
      if (typeof each === 'number' && !isExact(each)) roundedNumber = true;
      return each;
    });
    return roundedNumber ? { ok: false, message: jsonTexts.notExact } : { ok: true, value };
  } catch (error) {
    return {
      ok: false,
      message: jsonTexts.wrong(error instanceof Error ? error.message : jsonTexts.unreadable),
    };
  }
}

/** Like {@link parseJson}, for fields that hold an object. */
export function parseJsonObject(text: string): ParsedJson {
  const parsed = parseJson(text);
  if (!parsed.ok || isObject(parsed.value)) return parsed;
  return { ok: false, message: jsonTexts.notObject };
}

/** JSON as a person likes to read it. */
export function prettyJson(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? '';
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two JSON values mean the same; the order of an object's keys does not count. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => sameJson(each, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = definedKeys(one);
  return (
    keys.length === definedKeys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key], other[key]))
  );
}

function definedKeys(value: Record<string, unknown>): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined);
}

/** From 1e21 on a number is written with an exponent, and comes back as it was. */
function isExact(value: number): boolean {
  const writtenAsDigits = Number.isInteger(value) && Math.abs(value) < 1e21;
  return Number.isFinite(value) && (!writtenAsDigits || Number.isSafeInteger(value));
}
