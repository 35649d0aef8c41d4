import { descriptors } from '../../configuration/descriptors';
import { isTextList } from '../core/canonical';
import { isMap, isSet } from '../core/fields/entry';
import { type FieldChange, fieldChanges, withoutSecrets } from './field-change';
import { isJsonObject, type Maybe, own, presentKeys } from '../core/json';
import { secretsOf } from '../core/once-secret';
import { type ConfigurationObject, type Entry, type SetEntry, type Task, type Update } from '../core/task';

type Side = 'from' | 'to';

/** What a task changes, field by field, secrets masked: from the value it was recorded against to the value it sets. */
export function taskChanges(task: Task): FieldChange[] {
  const { before, after } = taskSides(task);
  const changes = fieldChanges(descriptors[task.kind], before, after);
  return task.op === 'UPDATE' ? withoutSecrets(changes, secretsOf(task)) : changes;
}

/** The target before and after a task, as the task knows it: no `before` of a create, no `after` of a delete. */
export function taskSides(task: Task): { before?: ConfigurationObject; after?: ConfigurationObject } {
  switch (task.op) {
    case 'CREATE':
      return { after: task.value };
    case 'UPDATE':
      return { before: updateSide(task, 'from'), after: updateSide(task, 'to') };
    case 'DELETE':
      return { before: task.base };
  }
}

/** The object as it was seen, with one side of every entry written in: an older entry may have another base. */
function updateSide({ seen, patch }: Update, side: Side): ConfigurationObject {
  const fields = new Set([...Object.keys(seen), ...Object.keys(patch)]);
  const values = [...fields].map((field): [string, Maybe] => {
    const entry = own(patch, field);
    return [field, entry ? entrySide(entry, own(seen, field), side) : own(seen, field)];
  });
  return presentKeys(values);
}

function entrySide(entry: Entry, seen: Maybe, side: Side): Maybe {
  if (isSet(entry)) return setSide(entry, seen, side);
  if (!isMap(entry)) return entry[side];
  const object = isJsonObject(seen) ? seen : {};
  const names = new Set([...Object.keys(object), ...Object.keys(entry.keys)]);
  const values = [...names].map((name): [string, Maybe] => {
    const inner = own(entry.keys, name);
    const value: Maybe = own(object, name);
    if (!inner) return [name, value];
    const shown = entrySide(inner, value, side);
    // A permission that nobody has is absent.
    return [name, isSet(inner) && Array.isArray(shown) && shown.length === 0 ? undefined : shown];
  });
  return presentKeys(values);
}

function setSide({ add, remove }: SetEntry, seen: Maybe, side: Side): string[] {
  const [there, away] = side === 'to' ? [add, remove] : [remove, add];
  const members = isTextList(seen) ? seen : [];
  return [...new Set([...members, ...there])].filter((member) => !away.includes(member)).sort();
}
