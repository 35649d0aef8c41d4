import { isJsonObject, type Json, type Pointer, pointerTo } from '../change/core/json';
import { type Fault } from '../change/core/task';

/** Levels of objects and arrays that one stored object may have, itself included. */
export const maxDepth = 64;
/** Bytes of one object as JSON: a line of a backup (8 MiB) with room for what stands around it. */
export const maxObjectBytes = 8 * 1024 * 1024 - 64 * 1024;

/** What makes a value impossible to store and read back unchanged on every database; at most one fault per place. */
export function jsonFaults(value: Json, path: Pointer = '', depth = maxDepth): Fault[] {
  if (typeof value === 'string') return textFaults(value, path);
  if (typeof value === 'number') return numberFaults(value, path);
  if (typeof value !== 'object' || value === null) return [];
  if (depth === 0) return [{ path, message: `is nested deeper than ${maxDepth} levels` }];
  if (Array.isArray(value))
    return value.flatMap((item, index) => jsonFaults(item, `${path}/${index}`, depth - 1));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path + pointerTo(key);
    return [...textFaults(key, at), ...jsonFaults(inner, at, depth - 1)];
  });
}

/** A fault when the object is too large to be stored in one piece. */
export function sizeFaults(value: Json): Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return bytes > maxObjectBytes ? [{ path: '', message: `is larger than ${maxObjectBytes} bytes` }] : [];
}

function textFaults(text: string, path: Pointer): Fault[] {
  if (text.includes('\u0000')) return [{ path, message: 'contains the character U+0000' }];
  return /\p{Surrogate}/u.test(text)
    ? [{ path, message: 'contains half a character (a lone surrogate)' }]
    : [];
}

function numberFaults(value: number, path: Pointer): Fault[] {
  if (!Number.isFinite(value)) return [{ path, message: 'is not a number that JSON can hold' }];
  // Larger ones are written with an exponent and come back as they were.
  const writtenAsDigits = Number.isInteger(value) && Math.abs(value) < 1e21;
  if (!writtenAsDigits || Number.isSafeInteger(value)) return [];
  return [{ path, message: 'is an integer beyond 2^53, which would not be kept exactly; write it as text' }];
}
