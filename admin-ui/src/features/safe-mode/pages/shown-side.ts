import { isObject, prettyJson } from '../../../ui/json-text';
import { valueTexts } from './change-texts';

/** Longer than this does not fit into one line. */
const mostCharacters = 80;
/** A longer difference is shown on demand. */
const mostLines = 8;

/**
 * A value on one line, or undefined where it needs more than that. Null is nothing: the API says so of what is
 * absent. A `literal` value is written as JSON, so that the text "5" and the number 5 differ.
 */
export function shortText(value: unknown, literal = false): string | undefined {
  const text = oneLine(value, literal);
  return text.length <= mostCharacters && !text.includes('\n') ? text : undefined;
}

function oneLine(value: unknown, literal: boolean): string {
  if (value === null || value === undefined) return valueTexts.nothing;
  if (literal) return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? valueTexts.yes : valueTexts.no;
  if (typeof value === 'string') return value.trim() === '' ? `“${value}”` : value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0 ? valueTexts.none : value.join(', ');
  if (isObject(value) && Object.keys(value).length === 0) return valueTexts.nothing;
  return JSON.stringify(value);
}

/** Whether there is nothing to tell of what a new object has, or a removed one had. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Whether a difference is short enough to be shown without being asked for. */
export function fitsAtOnce(from: unknown, to: unknown): boolean {
  return Math.max(linesOf(from), linesOf(to)) <= mostLines;
}

function linesOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  return (typeof value === 'string' ? value : prettyJson(value)).split('\n').length;
}
