import { descriptors } from '../../configuration/descriptors';
import { type FieldChange, withoutSecrets } from './field-change';
import { type ConfigurationObject, type Kind } from '../core/task';

/**
 * The changes of an object without what has become a secret since, how open it may have been.
 *
 * @param live the object as it is now
 */
export const withoutPresentSecrets = (
  kind: Kind,
  live: ConfigurationObject | undefined,
  changes: readonly FieldChange[],
): FieldChange[] => withoutSecrets(changes, live ? descriptors[kind].secrets(live) : []);
