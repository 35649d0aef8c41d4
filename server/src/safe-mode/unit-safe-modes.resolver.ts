import {
  Arg,
  Args,
  ArgsType,
  Field,
  FieldResolver,
  ID,
  Int,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { type Id } from '../change/core/task';
import { listeningTo } from '../graphql/live-streams';
import { largestPage, pageRequest } from '../graphql/paging';
import { UnitType } from '../unit/unit.type';
import { type PresenceService } from './presence/presence.service';
import { type Presence } from './presence/presence.store';
import { SafeModePresenceType, presenceType } from './presence/presence.type';
import { type SafeModeStatus } from './safe-mode.entity';
import { type SafeModeService } from './safe-mode.service';
import { SafeModeStatusEnum, SafeModeType, safeModeType } from './safe-mode.type';

@ArgsType()
class SafeModesArguments {
  @Field(() => SafeModeStatusEnum, {
    nullable: true,
    defaultValue: 'OPEN',
    description: 'Which ones: open, applied or discarded.',
  })
  status!: SafeModeStatus | null;
  @Field(() => Int, { nullable: true, defaultValue: 50, description: `How many, at most ${largestPage}.` })
  first!: number | null;
  @Field(() => Date, {
    nullable: true,
    description:
      'Only those from before this time: createdAt of the last one shown; of closed ones closedAt.',
  })
  after?: Date | null;
}

@Resolver(() => UnitType)
export class UnitSafeModesResolver {
  constructor(
    private readonly lifeCycle: SafeModeService,
    private readonly presences: PresenceService,
  ) {}

  @FieldResolver(() => [SafeModeType], {
    description: 'Its safe modes, the last started first, or the last closed. Admins only.',
  })
  async safeModes(
    @Root() { id }: UnitType,
    @Args() { status, first, after }: SafeModesArguments,
  ): Promise<SafeModeType[]> {
    const { first: most } = pageRequest({ first });
    const found = await this.lifeCycle.list(id, status ?? 'OPEN', most, after ?? undefined);
    return found.map(safeModeType);
  }

  @FieldResolver(() => [SafeModePresenceType], {
    description: 'Who works in a safe mode of the unit right now, the longest first.',
  })
  async presence(@Root() { id }: UnitType): Promise<SafeModePresenceType[]> {
    return (await this.presences.inUnit(id)).map(presenceType);
  }

  @Subscription(() => [SafeModePresenceType], {
    topics: 'safeModeBanner',
    topicId: listeningTo('unitId'),
    description:
      'Who works in a safe mode of the unit: at once, then at each change. Listening says that the listener is still in theirs.',
  })
  safeModeBanner(
    @Root() presence: Presence[],
    @Arg('unitId', () => ID, { description: 'The unit.' }) _unitId: Id,
  ): SafeModePresenceType[] {
    return presence.map(presenceType);
  }
}
