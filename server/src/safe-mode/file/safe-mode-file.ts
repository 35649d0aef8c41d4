import { type Id, type Task } from '../../change/core/task';

/** What one safe mode file holds, secrets in clear. */
export interface SafeModeFile {
  safeModeId: Id;
  unitId: Id;
  revision: number;
  /** Generation that the tasks were recorded on. */
  generationId: Id;
  tasks: Task[];
  /** The last 200 operations, newest last. */
  operations: RecordedOperation[];
}

/** One operation that came in: by its id a resend is known for one. */
export interface RecordedOperation {
  id: string;
  by: Id;
  mutation: string;
  target: Id;
}

/** Operations that a file remembers; older ones are left out when it is written. */
export const mostOperations = 200;
