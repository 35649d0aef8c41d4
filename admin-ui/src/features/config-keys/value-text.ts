import { parseJson, prettyJson } from '../../ui/json-text';

/** A value while it is edited: a plain text, or JSON as written. */
export interface EditedValue {
  type: 'text' | 'json';
  text: string;
}

export function editedValue(value: unknown): EditedValue {
  return typeof value === 'string'
    ? { type: 'text', text: value }
    : { type: 'json', text: prettyJson(value) };
}

/** The value to store, or what is wrong with what was typed. */
export function storedValue({ type, text }: EditedValue): { value: unknown } | { message: string } {
  if (type === 'text') return { value: text };
  const parsed = parseJson(text);
  if (!parsed.ok) return { message: parsed.message };
  return parsed.value === null ? { message: 'A config key cannot be null.' } : { value: parsed.value };
}

const longestPreview = 200;

/** A value on one line of a table. */
export function previewOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > longestPreview ? `${text.slice(0, longestPreview)}…` : text;
}
