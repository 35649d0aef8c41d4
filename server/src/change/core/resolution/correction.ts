import { descriptors } from '../../../configuration/descriptors';
import { canonical } from '../canonical';
import { isJsonObject, type Maybe, own, pointerNames, type Pointer, withKey } from '../json';
import { type LiveView } from '../live-view';
import { seenNow } from '../once-secret';
import { foldPatch, overwritePatch } from '../fields/patch';
import { type ConfigurationObject, type Create, type Update } from '../task';

/** The task with another value at one place of the object that it makes; `undefined` when nothing of it is left. */
export function withCorrection(
  live: LiveView,
  task: Create | Update,
  path: Pointer,
  value: Maybe,
): Create | Update | undefined {
  if (task.op === 'CREATE')
    return { ...task, value: corrected(task.kind, canonical(task.kind, task.value), path, value) };
  const before = live.object(task);
  if (!before) return task;
  const shown = canonical(task.kind, overwritePatch(before, task.patch));
  const asked = corrected(task.kind, shown, path, value);
  const everyField = Object.keys(descriptors[task.kind].fields).map(
    (field) => [field, own(asked, field)] as const,
  );
  const patch = foldPatch(task.kind, task.patch, before, shown, Object.fromEntries(everyField), new Set());
  return patch && { ...task, patch, ...seenNow(task, before) };
}

function corrected(
  kind: Create['kind'],
  object: ConfigurationObject,
  path: Pointer,
  value: Maybe,
): ConfigurationObject {
  const [field = '', ...names] = pointerNames(path);
  const fields = Object.keys(descriptors[kind].fields);
  const all = [...new Set([...fields, ...Object.keys(object)])].map(
    (name) =>
      [name, name === field ? valueWith(own(object, name), names, value) : own(object, name)] as const,
  );
  return canonical(kind, descriptors[kind].stored(Object.fromEntries(all)));
}

function valueWith(value: Maybe, names: readonly string[], to: Maybe): Maybe {
  const [name, ...rest] = names;
  if (name === undefined) return to;
  if (Array.isArray(value)) {
    const items = value.map((item, index): Maybe =>
      String(index) === name ? valueWith(item, rest, to) : item,
    );
    return items.filter((item) => item !== undefined);
  }
  return isJsonObject(value) ? withKey(value, name, valueWith(own(value, name), rest, to)) : value;
}
