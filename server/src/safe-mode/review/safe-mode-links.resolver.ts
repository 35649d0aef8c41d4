import DataLoader from 'dataloader';
import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { signedIn } from '../../access/abilities';
import { type UnitLookups } from '../../access/operation-rules';
import { UserType } from '../../access/user.type';
import { BackupPlanType } from '../../backup/backup.type';
import { HistoryEntryType } from '../../change/log/history.resolver';
import { type Id } from '../../change/core/task';
import { type Context, keep } from '../../graphql/context';
import { type ActiveSafeModeService } from '../presence/active-safe-mode.service';
import { type SafeModeService } from '../safe-mode.service';
import { type SafeMode } from '../safe-mode.store';
import { SafeModeType, safeModeType } from '../safe-mode.type';

/** An import makes all of them match their changes again: a list of this length says enough. */
const mostAffected = 200;

@Resolver(() => UserType)
export class UserSafeModeResolver {
  constructor(private readonly active: ActiveSafeModeService) {}

  @FieldResolver(() => SafeModeType, {
    nullable: true,
    description:
      'The safe mode of the unit that the user is in: one for all their browser sessions, one for each API token. Of others null.',
  })
  async activeSafeMode(
    @Root() { id }: UserType,
    @Arg('unitId', () => ID, { description: 'The unit.' }) unitId: Id,
    @Ctx() context: Context,
  ): Promise<SafeModeType | null> {
    const actor = signedIn(context);
    if (actor.userId !== id) return null;
    const safeMode = await this.active.activeOf(actor, unitId);
    return safeMode ? safeModeType(safeMode) : null;
  }
}

@Resolver(() => HistoryEntryType)
export class HistorySafeModeResolver {
  constructor(private readonly safeModes: SafeModeService) {}

  @FieldResolver(() => SafeModeType, {
    nullable: true,
    description: 'The safe mode whose applying wrote it; null for everything else.',
  })
  async safeMode(
    @Root() { unitId, revision, cause }: HistoryEntryType,
    @Ctx() context: Context,
  ): Promise<SafeModeType | null> {
    if (cause !== 'SAFE_MODE' && cause !== 'UNDO') return null;
    const applied = keep(
      context,
      `applied safe modes of ${unitId}`,
      () =>
        new DataLoader<number, SafeMode | undefined>(async (revisions) => {
          const found = await this.safeModes.appliedAt(unitId, revisions);
          return revisions.map((each) => found.get(each));
        }),
    );
    const safeMode = await applied.load(revision);
    return safeMode ? safeModeType(safeMode) : null;
  }
}

@Resolver(() => BackupPlanType)
export class PlanSafeModesResolver {
  constructor(
    private readonly safeModes: SafeModeService,
    private readonly unitOf: UnitLookups,
  ) {}

  @FieldResolver(() => [SafeModeType], {
    description: 'Open safe modes whose changes will have to be matched with the imported content.',
  })
  async affectedSafeModes(@Root() { id }: BackupPlanType): Promise<SafeModeType[]> {
    const unitId = await this.unitOf.plan(id);
    const open = unitId === undefined ? [] : await this.safeModes.list(unitId, 'OPEN', mostAffected);
    return open.filter(({ taskCount }) => taskCount > 0).map(safeModeType);
  }
}
