import { parseJson, prettyJson } from '../../../ui/json-text';
import { editedValue, storedValue, type EditedValue } from '../../config-keys/value-text';
import { valueTexts } from './change-texts';
import type { ValueKind } from './value-kind';

/** A value while it is edited; which part counts depends on its kind. */
export interface ValueDraft {
  text: string;
  /** Of workspaces, in order. */
  ids: string[];
  /** Of a free-form value. */
  edited: EditedValue;
}

/** What the editor begins with; undefined and null begin empty. */
export function writtenAs(kind: ValueKind, value: unknown): ValueDraft {
  const isEmpty = value === undefined || value === null;
  const empty: ValueDraft = {
    text: kind === 'boolean' ? 'true' : '',
    ids: [],
    edited: { type: 'text', text: '' },
  };
  if (isEmpty) return empty;
  switch (kind) {
    case 'workspaces':
      return { ...empty, ids: Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [] };
    case 'free-form':
      return { ...empty, edited: editedValue(value) };
    case 'json':
      return { ...empty, text: prettyJson(value) };
    case 'boolean':
    case 'layout':
    case 'name':
    case 'text':
      return { ...empty, text: typeof value === 'string' ? value : prettyJson(value) };
  }
}

/** The value that was typed, or what is wrong with it. */
export function typedValue(
  kind: ValueKind,
  { text, ids, edited }: ValueDraft,
): { value: unknown } | { message: string } {
  switch (kind) {
    case 'workspaces':
      return { value: ids };
    case 'free-form':
      return storedValue(edited);
    case 'json': {
      const parsed = parseJson(text);
      return parsed.ok ? { value: parsed.value } : { message: parsed.message };
    }
    case 'boolean':
      return { value: text === 'true' };
    case 'name':
      return text.trim() === '' ? { message: valueTexts.nameMissing } : { value: text.trim() };
    case 'layout':
    case 'text':
      return { value: text };
  }
}
