import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { signedIn } from '../access/abilities';
import { conflictType } from '../change/presentation/conflict.type';
import { type Id } from '../change/core/task';
import { type Context } from '../graphql/context';
import { NotFound } from '../refusal';
import { type UnitService } from '../unit/unit.service';
import { type ActiveSafeModeService } from './presence/active-safe-mode.service';
import { type ApplyService } from './ending/apply.service';
import {
  ApplySafeModeResult,
  RemoveSafeModeTaskResult,
  SafeModeApplied,
  SafeModeConflicted,
  SafeModeTaskHasDependents,
  SafeModeTaskRemoved,
} from './ending/outcome.type';
import { type SafeModeService } from './safe-mode.service';
import { type SafeModeViewService } from './review/safe-mode-view.service';
import { safeModeTasks } from './review/safe-mode-fields.resolver';
import {
  ApplySafeModeInput,
  RemoveSafeModeTaskInput,
  ResolveSafeModeConflictInput,
  SafeModeType,
  safeModeType,
  StartSafeModeInput,
} from './safe-mode.type';
import { type TaskService } from './review/task.service';
import { type UndoService } from './ending/undo.service';

@Resolver()
export class SafeModeResolver {
  constructor(
    private readonly safeModes: SafeModeService,
    private readonly active: ActiveSafeModeService,
    private readonly tasks: TaskService,
    private readonly applying: ApplyService,
    private readonly undos: UndoService,
    private readonly views: SafeModeViewService,
    private readonly units: UnitService,
  ) {}

  @Query(() => SafeModeType, { nullable: true, description: 'A safe mode, open or closed. Admins only.' })
  async safeMode(@Arg('id', () => ID, { description: 'Its id.' }) id: Id): Promise<SafeModeType> {
    return safeModeType(await this.safeModes.find(id));
  }

  @Mutation(() => SafeModeType, {
    description: 'Start a safe mode and enter it. To record in it, send its id as X-Safe-Mode.',
  })
  async startSafeMode(
    @Arg('input', { description: 'The safe mode.' }) input: StartSafeModeInput,
    @Ctx() context: Context,
  ): Promise<SafeModeType> {
    return safeModeType(await this.safeModes.start(signedIn(context), input));
  }

  @Mutation(() => SafeModeType, {
    description:
      'Apply the changes locally: the caller is in the safe mode from now on, and in no other of the unit.',
  })
  async enterSafeMode(
    @Arg('id', () => ID, { description: 'The safe mode.' }) id: Id,
    @Ctx() context: Context,
  ): Promise<SafeModeType> {
    return safeModeType(await this.active.enter(signedIn(context), id));
  }

  @Mutation(() => Boolean, { description: 'Back to what is live. The safe mode and its file stay.' })
  async leaveSafeMode(
    @Arg('unitId', () => ID, { description: 'The unit.' }) unitId: Id,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.active.leave(signedIn(context), unitId);
    return true;
  }

  @Mutation(() => SafeModeType, { description: 'Give a safe mode another name. Its owner only.' })
  async renameSafeMode(
    @Arg('id', () => ID, { description: 'The safe mode.' }) id: Id,
    @Arg('name', { description: 'Its name, 1 to 120 characters.' }) name: string,
    @Ctx() context: Context,
  ): Promise<SafeModeType> {
    return safeModeType(await this.safeModes.rename(signedIn(context), id, name));
  }

  @Mutation(() => Boolean, {
    description:
      'Delete a safe mode with all its changes. Its owner only; any admin once the owner is none any more.',
  })
  async deleteSafeMode(
    @Arg('id', () => ID, { description: 'The safe mode.' }) id: Id,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.safeModes.discard(signedIn(context), id);
    return true;
  }

  @Mutation(() => RemoveSafeModeTaskResult, {
    description: 'Take one change out of a safe mode. Its owner only.',
  })
  async removeSafeModeTask(
    @Arg('input', { description: 'The change.' }) input: RemoveSafeModeTaskInput,
    @Ctx() context: Context,
  ): Promise<typeof RemoveSafeModeTaskResult> {
    const { safeModeId, taskId, dependents } = input;
    const { safeMode, removal } = await this.tasks.remove(
      signedIn(context),
      safeModeId,
      taskId,
      dependents ?? 'REFUSE',
    );
    const answer = { safeMode: safeModeType(safeMode) };
    if (removal.removed) {
      return Object.assign(new SafeModeTaskRemoved(), { ...answer, removedTaskIds: removal.removed });
    }
    const tasks = await safeModeTasks(this.views, context, safeMode);
    return Object.assign(new SafeModeTaskHasDependents(), {
      ...answer,
      dependents: tasks.filter(({ id }) => removal.dependents.includes(id)),
    });
  }

  @Mutation(() => SafeModeType, {
    description:
      'Answer a conflict by rewriting its change. The answer lapses by itself when the live value moves again. Its owner only.',
  })
  async resolveSafeModeConflict(
    @Arg('input', { description: 'The answer.' }) input: ResolveSafeModeConflictInput,
    @Ctx() context: Context,
  ): Promise<SafeModeType> {
    return safeModeType(await this.tasks.resolve(signedIn(context), input));
  }

  @Mutation(() => ApplySafeModeResult, {
    description: 'Execute every change of a safe mode for all users, or none. Its owner only.',
  })
  async applySafeMode(
    @Arg('input', { description: 'The safe mode as it was reviewed.' }) { id, revision }: ApplySafeModeInput,
    @Ctx() context: Context,
  ): Promise<typeof ApplySafeModeResult> {
    const outcome = await this.applying.applyForAll(signedIn(context), id, revision);
    const safeMode = safeModeType(outcome.safeMode);
    if (outcome.kind === 'conflicted') {
      const conflicts = (await this.views.conflictViews(outcome.evaluated)).map(conflictType);
      return Object.assign(new SafeModeConflicted(), { safeMode, conflicts });
    }
    const unit = await this.units.find(outcome.safeMode.unitId);
    if (!unit) throw new NotFound('unit');
    const { alreadyApplied } = outcome;
    return Object.assign(new SafeModeApplied(), {
      safeMode,
      unit,
      taskCount: safeMode.taskCount,
      alreadyApplied,
    });
  }

  @Mutation(() => SafeModeType, {
    description: 'Make a safe mode that holds the opposite of an applied one. Admins.',
  })
  async undoSafeMode(
    @Arg('id', () => ID, { description: 'The applied safe mode.' }) id: Id,
    @Ctx() context: Context,
  ): Promise<SafeModeType> {
    return safeModeType(await this.undos.undo(signedIn(context), id));
  }
}
