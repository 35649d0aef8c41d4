import { leaf } from './entry';
import { own, sameJson } from '../json';
import { withEntry } from './patch';
import { type ConfigurationObject, type Patch } from '../task';

/**
 * A create of an object that is live by now, as a patch: each differing field from absent to mine, so that live's value
 * there stays a conflict until it is decided.
 */
export function createAsPatch(mine: ConfigurationObject, live: ConfigurationObject): Patch | undefined {
  let patch: Patch | undefined;
  for (const field of new Set([...Object.keys(mine), ...Object.keys(live)])) {
    if (!sameJson(own(mine, field), own(live, field)))
      patch = withEntry(patch, field, leaf(undefined, own(mine, field)));
  }
  return patch;
}
