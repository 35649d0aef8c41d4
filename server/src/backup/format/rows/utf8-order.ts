const firstSurrogate = 0xd800;
const afterSurrogates = 0xe000;

/**
 * Compares two strings by their UTF-8 bytes, as databases with a binary collation do: negative, zero or positive.
 * JavaScript compares UTF-16 units, which puts characters beyond U+FFFF before those from U+E000 on.
 */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const [unitOfA, unitOfB] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (unitOfA !== unitOfB) return rank(unitOfA) - rank(unitOfB);
  }
  return a.length - b.length;
}

/** Moves the surrogates, of which characters beyond U+FFFF are made, behind all other units. */
function rank(unit: number): number {
  if (unit < firstSurrogate) return unit;
  return unit < afterSurrogates ? unit + 0x2000 : unit - 0x800;
}
