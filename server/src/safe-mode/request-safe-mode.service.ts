import { may } from '../access/abilities';
import { type Actor } from '../access/actor';
import { type Editor } from '../change/editor';
import { type Id } from '../change/core/task';
import { BadUserInput, Forbidden } from '../refusal';
import { type Database, type Db } from '../storage/database';
import { personName } from '../unit/people';
import { type ActiveSafeModeStore } from './presence/active-safe-mode.store';
import { type SafeMode, type SafeModeStore } from './safe-mode.store';
import { SafeModeClosed, SafeModeContextLost, SafeModeReadOnly } from './safe-mode-refusals';

/** What the header says of a request that means what is live. */
const live = 'none';

/** What the header X-Safe-Mode of a request means: which safe mode its reads show and its edits go into. */
export class RequestSafeModes {
  constructor(
    private readonly database: Database,
    private readonly safeModes: SafeModeStore,
    private readonly active: ActiveSafeModeStore,
  ) {}

  /** The open safe mode that reads of a unit are overlaid with; `undefined` for what is live, as in units of others. */
  async ofReads(
    actor: Actor | undefined,
    header: string | undefined,
    unitId: Id,
  ): Promise<SafeMode | undefined> {
    if (header === undefined || header === live) return undefined;
    const safeMode = await this.named(actor, header);
    return safeMode.unitId === unitId ? safeMode : undefined;
  }

  /**
   * The safe mode that an edit of a unit is recorded in; `undefined` where it goes live. Throws `SAFE_MODE_READ_ONLY`
   * for a previewer, `SAFE_MODE_CONTEXT_LOST` where the header is missing though the caller is in a safe mode,
   * `SAFE_MODE_CLOSED`, `FORBIDDEN`, and `BAD_USER_INPUT` where the safe mode belongs to another unit.
   */
  async ofEdits(editor: Editor, unitId: Id): Promise<SafeMode | undefined> {
    if (editor.safeModeHeader === live) return undefined;
    if (editor.safeModeHeader === undefined) {
      await this.mustNotBeLost(editor, unitId);
      return undefined;
    }
    const safeMode = await this.named(editor, editor.safeModeHeader);
    if (safeMode.unitId !== unitId) {
      throw new BadUserInput([
        { path: 'input.unitId', message: 'is not the unit of the safe mode that X-Safe-Mode names' },
      ]);
    }
    if (safeMode.ownerId !== editor.userId) throw new SafeModeReadOnly();
    return safeMode;
  }

  /** Throws `SAFE_MODE_CONTEXT_LOST` where the caller is in a safe mode of the unit, or of any where none is given. */
  async mustNotBeLost(actor: Actor, unitId?: Id): Promise<void> {
    const units = await this.database.read((db) => this.active.unitsOf(db, actor));
    // Whoever is no admin any more has lost the safe mode itself.
    const inOne = units.filter((each) => may(actor, 'useSafeModes', each));
    if (unitId === undefined ? inOne.length > 0 : inOne.includes(unitId)) throw new SafeModeContextLost();
  }

  private async named(actor: Actor | undefined, id: Id): Promise<SafeMode> {
    const safeMode = await this.database.read((db) => this.safeModes.find(db, id));
    if (!safeMode || !may(actor, 'readUnit', safeMode.unitId)) throw new SafeModeClosed();
    if (!may(actor, 'useSafeModes', safeMode.unitId)) throw new Forbidden();
    if (safeMode.status !== 'OPEN') throw await this.database.read((db) => closed(db, safeMode));
    return safeMode;
  }
}

/** The refusal of whoever still names a safe mode that was applied or deleted: it says by whom. */
export async function closed(
  db: Db,
  { name, status, closedBy, closedAt }: SafeMode,
): Promise<SafeModeClosed> {
  if (status === 'OPEN') throw new Error('An open safe mode was taken for a closed one');
  const by = closedBy === null ? null : await personName(db, closedBy);
  return new SafeModeClosed({ status, name, by, at: closedAt });
}
