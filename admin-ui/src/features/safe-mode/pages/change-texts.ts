import type { TaskOperation } from '../../../apollo/generated/graphql';

export const operationNames: Record<TaskOperation, string> = {
  CREATE: 'Create',
  UPDATE: 'Change',
  DELETE: 'Delete',
};

export const appliedOperationNames: Record<TaskOperation, string> = {
  CREATE: 'Created',
  UPDATE: 'Changed',
  DELETE: 'Deleted',
};

/** Fields whose own names are not what people say. */
export const fieldNames: Record<string, string> = { manifestUrl: 'manifest address' };

/** Places in an object. */
export const placeTexts = {
  whole: 'All of it',
  application: (plugin: string | undefined) =>
    plugin === undefined ? 'an application' : `the application “${plugin}”`,
  inside: (place: string, application: string) => `${place} of ${application}`,
};

/** Around the values of a change. */
export const changeTexts = {
  secret: 'a secret, not shown',
  becomes: 'becomes',
  toggle: (isShown: boolean, isUpdate: boolean) =>
    `${isShown ? 'Hide' : 'Show'} ${isUpdate ? 'the difference' : 'the value'}`,
  difference: (place: string) => `Difference in ${place}`,
};

/** Values themselves, and the dialog that asks for one. */
export const valueTexts = {
  anotherName: (name: string) => `Another name for “${name}”`,
  enter: (place: string) => `Enter a value: ${place}`,
  yesChoice: 'Yes',
  noChoice: 'No',
  secretAnew: 'What was recorded is not shown here either: type the secret anew.',
  picture: (kilobytes: number) => `a picture of ${kilobytes} KB`,
  nothing: 'nothing',
  none: 'none',
  yes: 'yes',
  no: 'no',
  nameMissing: 'Type a name.',
};
