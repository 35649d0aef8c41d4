import type {
  AppliedSafeModesQuery,
  ConflictFactsFragment,
  SafeModeRowFragment,
  SafeModeTaskRowFragment,
} from '../../../apollo/generated/graphql';

export type SafeModeRow = SafeModeRowFragment;
export type AppliedRow = NonNullable<AppliedSafeModesQuery['unit']>['safeModes'][number];
export type TaskRow = SafeModeTaskRowFragment;
export type ConflictRow = ConflictFactsFragment;
export type RecordedChange = TaskRow['changes'][number];

/** A component that takes the focus. */
export interface Focusable {
  focus: () => void;
}
