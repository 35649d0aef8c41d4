import { fieldNames, placeTexts } from './change-texts';
import { pointerNames } from './json-pointer';
import type { ObjectNames } from './object-names';

/**
 * A place in an object, as people call it: `name`, `configuration › server › url`, `area of the application “Clock”`.
 * `value` is what stands there, by which an added or removed application is known.
 */
export function placeName(path: string, names: ObjectNames, value?: unknown): string {
  const [field, ...rest] = pointerNames(path);
  if (field === undefined) return placeTexts.whole;
  if (field !== 'applications' || rest[0] === undefined) return within(field, rest);
  const [id, part, ...inner] = rest;
  const plugin = pluginOf(value, names) ?? names.application(id);
  const application = placeTexts.application(plugin);
  return part === undefined ? application : placeTexts.inside(within(part, inner), application);
}

function within(field: string, rest: readonly string[]): string {
  return [fieldNames[field] ?? field, ...rest].join(' › ');
}

function pluginOf(value: unknown, names: ObjectNames): string | undefined {
  if (typeof value !== 'object' || value === null || !('pluginId' in value)) return undefined;
  return typeof value.pluginId === 'string' ? names.plugin(value.pluginId) : undefined;
}
