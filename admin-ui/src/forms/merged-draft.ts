import { isObject, sameJson } from '../ui/json-text';

/**
 * What a form should hold after its source moved from `start` to `newest` while somebody typed `mine`: field by
 * field, whichever of both changed it. Undefined where both changed the same field to different values.
 */
export function mergedDraft<Value>(start: Value, mine: Value | undefined, newest: Value): Value | undefined {
  if (sameJson(start, newest) || sameJson(mine, newest)) return mine;
  if (mine === undefined || sameJson(start, mine)) return newest;
  if (!isObject(start) || !isObject(mine) || !isObject(newest)) return undefined;

  const merged: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(newest)])) {
    const mineMoved = !sameJson(start[key], mine[key]);
    const sourceMoved = !sameJson(start[key], newest[key]);
    if (mineMoved && sourceMoved && !sameJson(mine[key], newest[key])) return undefined;
    merged[key] = mineMoved ? mine[key] : newest[key];
  }
  return merged as Value;
}
