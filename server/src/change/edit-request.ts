import { type SafeMode } from '../safe-mode/safe-mode.store';
import { type Editor } from './editor';
import { type ShownConfiguration } from './shown-configuration';
import { type Id, type Operation } from './core/task';

/** What a mutation asks for: to be done for everybody at once, or to be recorded in a safe mode. */
export interface EditRequest {
  unitId: Id;
  editor: Editor;
  /** Name of the mutation, and the object that it is about: what a resend is answered with. */
  mutation: string;
  target: Id;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null;
  /** The unit's revision that the form was loaded at. */
  basedOnRevision?: number | null;
  /** Throws where the caller may not do this to the objects as they are now. */
  permit?(shown: ShownConfiguration): Promise<void>;
  /** What is asked for; may look at what the caller sees. All or nothing. */
  operations(shown: ShownConfiguration): Promise<Operation[]>;
}

/** What a resend of an edit is known by. */
export type Resend = Pick<EditRequest, 'unitId' | 'editor' | 'mutation' | 'operationId'>;

/** What came of an edit. */
export interface EditOutcome {
  /** The object that it was about; for a resend the one of the first time. */
  target: Id;
  /** The safe mode that it was recorded in; none where it was executed. */
  safeMode?: SafeMode;
}
