import { type FieldChange } from '../../change/presentation/field-change';
import { type Json } from '../../change/core/json';

const mostChanges = 50;
const longestValue = 2_000;
/** Characters of field changes in one plan; an object after that is listed without its fields. */
const mostCharacters = 4 * 1024 * 1024;

/** Keeps the changes of a plan at a size that can be stored and looked at. */
export class ShownChanges {
  private left = mostCharacters;

  /** The first changes of an object; a value that is longer than 2,000 characters as JSON is cut, as text ending in an ellipsis. */
  of(changes: readonly FieldChange[]): FieldChange[] {
    const shown = changes.slice(0, mostChanges).map(shortened);
    const size = JSON.stringify(shown).length;
    if (size > this.left) return [];
    this.left -= size;
    return shown;
  }
}

function shortened(change: FieldChange): FieldChange {
  return {
    ...change,
    ...(change.from !== undefined && { from: shortValue(change.from) }),
    ...(change.to !== undefined && { to: shortValue(change.to) }),
  };
}

function shortValue(value: Json): Json {
  const text = JSON.stringify(value);
  return text.length <= longestValue ? value : `${text.slice(0, longestValue)}…`;
}
