import { z } from 'zod';
import { isJsonObject, pointerTo } from '../../change/core/json';
import { type ConfigurationObject, kinds, type Patch } from '../../change/core/task';
import { isPatch } from './entry-shape';
import { FileDamaged } from './file-errors';
import { type SafeModeFile } from './safe-mode-file';

const id = z.string().min(1);
const count = z.int().nonnegative();
const object = z.custom<ConfigurationObject>(isJsonObject);
const recorded = {
  id,
  kind: z.enum(kinds),
  target: id,
  key: z.string(),
  at: z.iso.datetime(),
  by: id,
  operationIds: z.array(id),
};
const task = z.discriminatedUnion('op', [
  z.strictObject({ ...recorded, op: z.literal('CREATE'), value: object }),
  z.strictObject({
    ...recorded,
    op: z.literal('UPDATE'),
    patch: z.custom<Patch>(isPatch),
    seen: object,
    onceSecret: z.array(z.string()).optional(),
  }),
  z.strictObject({ ...recorded, op: z.literal('DELETE'), base: object, detach: z.array(z.string()) }),
]);
const shape = z.strictObject({
  safeModeId: id,
  unitId: id,
  revision: count,
  generationId: id,
  tasks: z.array(task),
  operations: z.array(z.strictObject({ id, by: id, mutation: z.string(), target: z.string() })),
});

/** The file, typed and with its own fields in the order of the shape, when it is one. Throws `FileDamaged`. */
export function checkedFile(file: unknown): SafeModeFile {
  const reading = shape.safeParse(file);
  if (!reading.success) throw new FileDamaged(`is not as it must be at ${placeOf(reading.error)}`);
  const doubled = firstDoubled(reading.data);
  if (doubled) throw new FileDamaged(`has ${doubled}`);
  return reading.data;
}

function placeOf({ issues }: z.ZodError): string {
  return pointerTo(...(issues[0]?.path ?? []).map(String)) || 'its top';
}

function firstDoubled({ tasks }: SafeModeFile): string | undefined {
  const ids = new Set(tasks.map((task) => task.id));
  if (ids.size < tasks.length) return 'two tasks of one id';
  const targets = new Set(tasks.map(({ kind, target }) => `${kind} ${target}`));
  return targets.size < tasks.length ? 'two tasks for one object' : undefined;
}
