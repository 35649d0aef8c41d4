import { type FieldChange } from '../../change/presentation/field-change';
import { type Id, type Kind } from '../../change/core/task';
import { type BackupHeader } from '../format/lines/backup-header';
import { type SectionCounts } from '../format/rows/section';
import { type BackupNotice } from '../rejection';

export type PlanDifference = 'ADDED' | 'REMOVED' | 'CHANGED';

/** How many rows of each section are how. A workspace counts as changed when one of its applications is. */
export interface PlanCounts {
  added: SectionCounts;
  removed: SectionCounts;
  changed: SectionCounts;
  same: SectionCounts;
}

/** What an import would do, without the single objects. */
export interface PlanContent extends PlanCounts {
  /** The header of the file; of an undo, nothing but the unit that it is about. */
  header: BackupHeader | { unit: { id: string; name: string } };
  counts: SectionCounts;
  warnings: BackupNotice[];
}

/** One object that an import would add, remove or change. */
export interface PlanEntry {
  kind: Kind;
  id: Id;
  name: string;
  difference: PlanDifference;
  /** Of a changed object. Secrets masked, long values cut. */
  fields: FieldChange[];
}

/** The first so many of each kind and difference are listed. */
export const mostEntries = 200;
