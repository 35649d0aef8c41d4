import { type Json, type Pointer, pointerTo } from '../change/core/json';
import { type Fault } from '../change/core/task';

/** Levels of objects and arrays that one stored object may have, itself included. */
export const maxDepth = 64;
/** Bytes of one object as JSON: a line of a backup (8 MiB) with room for what stands around it. */
export const maxObjectBytes = 8 * 1024 * 1024 - 64 * 1024;

/** What makes a value impossible to store and read back unchanged on every database; at most one fault per place. */
export function jsonFaults(value: Json): Fault[] {
  const faults: Fault[] = [];
  findFaults(value, '', maxDepth, faults);
  return faults;
}

function findFaults(value: Json, path: Pointer, depth: number, faults: Fault[]): void {
  const note = (message: string | undefined, at = path) => message && faults.push({ path: at, message });
  if (typeof value === 'string') note(textFault(value));
  if (typeof value === 'number') note(numberFault(value));
  if (typeof value !== 'object' || value === null) return;
  if (depth === 0) note(`is nested deeper than ${maxDepth} levels`);
  else if (Array.isArray(value))
    value.forEach((item, index) => findFaults(item, `${path}/${index}`, depth - 1, faults));
  else
    for (const [key, inner] of Object.entries(value)) {
      const at = path + pointerTo(key);
      note(textFault(key), at);
      findFaults(inner, at, depth - 1, faults);
    }
}

/** A fault when the object is too large to be stored in one piece. */
export function sizeFaults(value: Json): Fault[] {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return bytes > maxObjectBytes ? [{ path: '', message: `is larger than ${maxObjectBytes} bytes` }] : [];
}

function textFault(text: string): string | undefined {
  if (text.includes('\u0000')) return 'contains the character U+0000';
  return text.isWellFormed() ? undefined : 'contains half a character (a lone surrogate)';
}

function numberFault(value: number): string | undefined {
  if (!Number.isFinite(value)) return 'is not a number that JSON can hold';
  // Larger ones are written with an exponent and come back as they were.
  const writtenAsDigits = Number.isInteger(value) && Math.abs(value) < 1e21;
  return !writtenAsDigits || Number.isSafeInteger(value)
    ? undefined
    : 'is an integer beyond 2^53, which would not be kept exactly; write it as text';
}
