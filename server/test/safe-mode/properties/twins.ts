import { setTimeout as pause } from 'node:timers/promises';
import { type Slice } from '../../../src/change/core/slice';
import { invert } from '../../../src/change/core/invert';
import { type Change, type Conflict, type Id, type Operation } from '../../../src/change/core/task';
import { type Intent, operationOf } from '../../../src/change/core/testing/intents';
import { count } from '../../../src/change/core/testing/reached';
import { beginning, minter } from '../../../src/change/core/testing/run';
import { aSafeMode, expectAgreement, type TestedSafeMode } from './agreement';
import { ask } from './ask';
import { operationsAskedBy } from './asked-operations';
import { countLanded, tasksInFull } from './counted';
import { type Newsroom } from './newsroom';
import { replace } from './import';
import { PureUnit } from './pure-unit';
import { attempt, expectSameRefusal, expectUnchanged } from './refused';
import { type Situation } from './situations';
import { type Owner } from './steps';
import { type Admin, type TestedUnit } from './tested-unit';

/** A safe mode that was applied, and what it changed. */
export interface Applied {
  id: Id;
  generation: number;
  changes: readonly Change[];
}

/** What a mutation asked of the core, and why it was refused where it was. */
export interface Edited {
  operations: readonly Operation[];
  refused?: readonly Conflict[];
}

/** A unit behind the services and the same one by the core alone: whatever is done is done to both. */
export class Twins {
  readonly mint = minter();
  private readonly safeModes = new Map<Owner, TestedSafeMode>();

  private constructor(
    readonly unit: TestedUnit,
    readonly pure: PureUnit,
  ) {}

  static async begin(newsroom: Newsroom, configuration: Slice = beginning): Promise<Twins> {
    return new Twins(await newsroom.unit(configuration), new PureUnit(configuration));
  }

  /** The one that the owner works in; a new one where there is none. */
  async safeMode(owner: Owner): Promise<TestedSafeMode> {
    const safeMode = this.safeModes.get(owner) ?? (await aSafeMode(this.unit, this.pure, owner));
    this.safeModes.set(owner, safeMode);
    return safeMode;
  }

  /** What stands against the owner's safe mode. */
  conflicts(owner: Owner): Conflict[] {
    const safeMode = this.safeModes.get(owner);
    return safeMode ? this.pure.conflicts(safeMode.pure) : [];
  }

  /** Tables, files, previews and conflicts are what the core alone says. */
  agree(): Promise<void> {
    return expectAgreement(this.unit, this.pure, [...this.safeModes.values()]);
  }

  /** What an admin sees: Ada what is live, the others their safe mode. */
  shownTo(admin: Admin): Slice {
    const safeMode = admin === 'ada' ? undefined : this.safeModes.get(admin);
    return safeMode ? this.pure.evaluated(safeMode.pure).overlay : this.pure.live;
  }

  /** Does what somebody means to do, where it can be done at all. Answers whether it was, or what refused it. */
  async intend(admin: Admin, what: Intent, ago = 0): Promise<'done' | 'refused' | 'nothing to do'> {
    const operation = operationOf(what, this.shownTo(admin), this.mint);
    if (!operation) return 'nothing to do';
    return (await this.edit(admin, operation, ago)).refused ? 'refused' : 'done';
  }

  /** By the mutation that people use, from a form that was loaded some revisions ago. */
  async edit(admin: Admin, operation: Operation, ago = 0): Promise<Edited> {
    const { unit, pure } = this;
    const safeMode = admin === 'ada' ? undefined : await this.safeMode(admin);
    const editor = unit.editor(admin, safeMode?.id);
    // The form of something new was not loaded with anything.
    const isNew = operation.op === 'CREATE' && operation.kind !== 'CONFIG_KEY';
    const basedOnRevision = ago === 0 || isNew ? undefined : Math.max(1, pure.revision - ago);
    const form = { app: unit.app, unitId: unit.id, editor, shown: this.shownTo(admin), basedOnRevision };
    const refusal = await attempt(unit, pure.live, () => ask(form, operation));
    const operations = operationsAskedBy(editor);
    if (!operations) throw new Error(`Refused before it asked for anything: ${refusal?.message}`);
    const refused = safeMode
      ? pure.record(safeMode.pure, operations, basedOnRevision)
      : pure.edit(operations, basedOnRevision);
    expect(refusal?.message ?? 'done').toEqual(refused ? expect.any(String) : 'done');
    if (!refusal || !refused) return { operations };
    expectSameRefusal(refusal, refused);
    for (const { code } of refused) count(`refused ${safeMode ? 'recording' : 'edit'} ${code}`);
    return { operations, refused };
  }

  /** Bob records what belongs to a situation, then Ada does. */
  async meet({ mine, theirs }: Pick<Situation, 'mine' | 'theirs'>): Promise<void> {
    for (const asked of mine) await this.mustEdit('bob', asked(this.shownTo('bob')));
    for (const asked of theirs) await this.mustEdit('ada', asked(this.shownTo('ada')));
  }

  /** As `edit`, of what is never refused. */
  async mustEdit(admin: Admin, operation: Operation): Promise<void> {
    expect((await this.edit(admin, operation)).refused).toBeUndefined();
  }

  /** Puts another configuration in the place of the unit's, as an import does. */
  async replace(configuration: Slice): Promise<void> {
    await replace(this.unit, configuration);
    this.pure.replace(configuration);
  }

  /** Applies the owner's safe mode for all; nothing is answered where there were conflicts. */
  async apply(owner: Owner): Promise<Applied | undefined> {
    const { unit, pure } = this;
    const { id, pure: safeMode } = await this.safeMode(owner);
    const { conflicts, changes } = pure.evaluated(safeMode);
    const blocked = pure.isReplaced(safeMode) || conflicts.length > 0;
    const before = await unit.traces();
    const { applying } = unit.app.safeModes;
    const { kind } = await applying.applyForAll(unit.actor(owner), id, safeMode.revision);
    expect(kind).toBe(blocked ? 'conflicted' : 'applied');
    if (blocked) {
      count('apply refused');
      await expectUnchanged(unit, pure.live, before);
      return undefined;
    }
    countLanded(pure.live, safeMode.tasks);
    pure.land(changes);
    const appliedRevision = changes.length > 0 ? pure.revision : null;
    expect(await unit.safeMode(id)).toMatchObject({ status: 'APPLIED', appliedRevision });
    await this.filesGone(id);
    this.safeModes.delete(owner);
    count(changes.length > 0 ? 'applied' : 'applied without a change');
    return { id, generation: safeMode.generation, changes };
  }

  /** Files go after the commit; whoever applied does not wait for them for ever. */
  private async filesGone(id: Id): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if ((await this.unit.traces()).files.every((key) => !key.includes(id))) return;
      await pause(100);
    }
    throw new Error('The files of an applied safe mode are still there');
  }

  /** Puts one that takes an applied safe mode back in the place of the owner's. */
  async undo(owner: Owner, { id, generation, changes }: Applied): Promise<void> {
    const { unit } = this;
    const actor = unit.actor(owner);
    const before = this.safeModes.get(owner);
    if (before) await unit.app.safeModes.lifeCycle.discard(actor, before.id);
    const undo = await unit.app.safeModes.undos.undo(actor, id);
    const { tasks } = await unit.file(undo.id);
    const ids = new Map(tasks.map((task) => [`${task.kind} ${task.target}`, task.id]));
    const context = { newId: () => '', at: tasks[0]!.at, by: actor.userId };
    const wanted = invert(changes, context).map((task) => ({
      ...task,
      id: ids.get(`${task.kind} ${task.target}`) ?? '',
    }));
    expect(tasksInFull(tasks)).toEqual(tasksInFull(wanted));
    this.safeModes.set(owner, { owner, id: undo.id, pure: { tasks, revision: 1, generation } });
    count('undone');
  }
}
