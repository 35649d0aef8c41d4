import { type Json } from '../../change/core/json';

/** UTF-16 code units. */
const longest = 200;

/** The beginning of a value on one line: a text as it is, other values as JSON. */
export function previewOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isWhole = text.length <= longest;
  const start = isWhole ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return `${start.replace(/\s+/g, ' ')}${isWhole ? '' : '…'}`;
}
