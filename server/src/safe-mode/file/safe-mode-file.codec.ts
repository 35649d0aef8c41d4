import { isUtf8 } from 'node:buffer';
import { isJsonObject, type Json, type JsonObject } from '../../change/core/json';
import { type Sealer } from '../../storage/sealer';
import { FileDamaged, FileTooNew } from './file-errors';
import { converted, currentSchema, type FileSchema } from './file-schema';
import { checkedFile } from './file-shape';
import { mostOperations, type SafeModeFile } from './safe-mode-file';
import { openTask, sealTask } from './sealed-task';

/**
 * The bytes of a file: JSON with the fields always in the same order, every secret encrypted. Only the last operations
 * are kept. Throws when they could not be read back.
 */
export function encodeFile(file: SafeModeFile, sealer: Sealer): Buffer {
  const written = checkedFile({ ...file, operations: file.operations.slice(-mostOperations) });
  const tasks = written.tasks.map((task) => sealTask(task, sealer));
  return Buffer.from(JSON.stringify({ schemaVersion: currentSchema.version, ...written, tasks }));
}

/**
 * The opposite of `encodeFile`, for files of this schema version and all older ones. Throws `FileDamaged` when they are
 * no such file or cannot be opened, `FileTooNew` when a newer version wrote them.
 *
 * @param schema what the file is brought to
 */
export function decodeFile(bytes: Buffer, sealer: Sealer, schema: FileSchema = currentSchema): SafeModeFile {
  const { schemaVersion, ...file } = parsed(bytes);
  const version = readable(schemaVersion, schema);
  return checkedFile(converted(openTasks(file, sealer), version, schema));
}

function parsed(bytes: Buffer): JsonObject {
  // Else what is no text would be read as replacement characters.
  if (!isUtf8(bytes)) throw new FileDamaged('is not UTF-8');
  const file = jsonOf(bytes.toString('utf8'));
  if (!isJsonObject(file)) throw new FileDamaged('is not a JSON object');
  return file;
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Without the reason, which quotes the text.
    throw new FileDamaged('is not JSON');
  }
}

function readable(version: Json | undefined, schema: FileSchema): number {
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1)
    throw new FileDamaged('has no schema version');
  if (version > schema.version) throw new FileTooNew(version, schema.version);
  return version;
}

/** Before converting: the places of the secrets are those of the version that wrote them. */
function openTasks(file: JsonObject, sealer: Sealer): JsonObject {
  if (!Array.isArray(file.tasks)) throw new FileDamaged('has no tasks');
  const tasks = file.tasks.map((task) => openTask(task, sealer));
  return { ...file, tasks };
}
