import { type Expectation } from './expectation';
import { accounts } from './expectations-of-accounts';
import { backup } from './expectations-of-backup';
import { configuration, fieldsOfUnit } from './expectations-of-configuration';
import { safeModes } from './expectations-of-safe-modes';

/** Who gets through to each root operation and each field of a unit. */
export const expectations: Readonly<Record<string, Expectation>> = {
  ...accounts,
  ...configuration,
  ...fieldsOfUnit,
  ...backup,
  ...safeModes,
};
