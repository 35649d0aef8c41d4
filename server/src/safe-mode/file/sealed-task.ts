import {
  isJsonObject,
  type Json,
  type JsonObject,
  own,
  type Pointer,
  pointerNames,
  pointerTo,
  setOwn,
  valueAt,
} from '../../change/core/json';
import { type Task } from '../../change/core/task';
import { type Sealer } from '../../storage/sealer';
import { FileDamaged } from './file-errors';
import { secretPlaces } from './secret-places';

/** A task as it stands in the file. */
export interface SealedTask {
  task: JsonObject;
  /** Places within the task where a sealed text stands for the JSON that was there. */
  sealed: Pointer[];
}

/** The task with all that is secret in it encrypted. */
export function sealTask(task: Task, sealer: Sealer): SealedTask {
  const sealed = secretPlaces(task);
  const copy = (sealed.length > 0 ? structuredClone(task) : task) as unknown as JsonObject;
  for (const place of sealed) replaceAt(copy, place, (secret) => sealer.seal(JSON.stringify(secret)));
  return { task: copy, sealed };
}

/** The opposite of `sealTask`, on unchecked JSON, in place. Needs no opinion about what is secret. Throws `FileDamaged`. */
export function openTask(item: Json, sealer: Sealer): JsonObject {
  const { task, sealed } = asSealedTask(item);
  for (const place of sealed) replaceAt(task, place, (text) => opened(text, sealer));
  return task;
}

function asSealedTask(item: Json): SealedTask {
  if (!isJsonObject(item) || Object.keys(item).length !== 2)
    throw new FileDamaged('has a task without a frame');
  const { task, sealed } = item;
  const isPlace = (place: Json) => typeof place === 'string' && place.startsWith('/');
  if (!isJsonObject(task) || !Array.isArray(sealed) || !sealed.every(isPlace))
    throw new FileDamaged('has a task without a frame');
  return { task, sealed: sealed as Pointer[] };
}

function opened(text: Json, sealer: Sealer): Json {
  if (typeof text !== 'string') throw new FileDamaged('has no sealed text where it says so');
  try {
    return JSON.parse(sealer.open(text)) as Json;
  } catch {
    // Without the reason: that of a text which is no JSON quotes it.
    throw new FileDamaged('has a secret that cannot be opened under the server key');
  }
}

function replaceAt(task: JsonObject, place: Pointer, replace: (value: Json) => Json): void {
  const names = pointerNames(place);
  const last = names.pop() ?? '';
  const parent = valueAt(task, pointerTo(...names));
  const value = isJsonObject(parent) ? own(parent, last) : undefined;
  if (value === undefined) throw new FileDamaged('has nothing where it says that a secret is');
  setOwn(parent as JsonObject, last, replace(value));
}
