import { type ChangeService } from './change.service';
import { type EditOutcome, type EditRequest, type Resend } from './edit-request';
import { type Editor } from './editor';
import { mustBeOperationId } from './operation-id';
import { type Id } from './core/task';

/** Where edits are recorded instead of executed. */
export interface Recordings {
  /**
   * The safe mode that an edit of the unit goes into; `undefined` where it goes live. Throws a refusal where the
   * request's header fits neither.
   */
  destination(editor: Editor, unitId: Id): Promise<Id | undefined>;
  /** What the edit was answered with when it was recorded; `undefined` where it was not. */
  earlier(safeModeId: Id, resend: Resend): Promise<EditOutcome | undefined>;
  /** Records the edit, or throws a refusal and records nothing. */
  record(safeModeId: Id, request: EditRequest): Promise<EditOutcome>;
}

/** Every edit of the configuration: executed for everybody, or recorded where the request says so. */
export class EditService {
  constructor(
    private readonly live: ChangeService,
    private readonly recordings: Recordings,
  ) {}

  /** Throws a refusal and changes nothing, live or recorded: `CONFLICT`, `BAD_USER_INPUT`, `NOT_FOUND`, and more. */
  async edit(request: EditRequest): Promise<EditOutcome> {
    mustBeOperationId(request.operationId);
    const safeModeId = await this.recordings.destination(request.editor, request.unitId);
    return safeModeId === undefined ? this.live.edit(request) : this.recordings.record(safeModeId, request);
  }

  /**
   * What an edit with this operation id was answered with before; `undefined` where it is new. `edit` looks by itself:
   * this is for those who must ask others before they know what to edit.
   */
  async earlier(resend: Resend): Promise<EditOutcome | undefined> {
    mustBeOperationId(resend.operationId);
    if (!resend.operationId) return undefined;
    const safeModeId = await this.recordings.destination(resend.editor, resend.unitId);
    return safeModeId === undefined ? this.live.earlier(resend) : this.recordings.earlier(safeModeId, resend);
  }
}
