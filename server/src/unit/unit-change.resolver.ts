import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import { type Context, keep } from '../graphql/context';
import { listeningTo } from '../graphql/live-streams';
import { type UnitChange } from '../messages/topics';
import { type Database } from '../storage/database';
import { peopleLoader } from './people';
import { PersonType } from './person.type';
import { UnitChangeType } from './unit-change.type';

@Resolver(() => UnitChangeType)
export class UnitChangeResolver {
  constructor(private readonly database: Database) {}

  @Subscription(() => UnitChangeType, {
    topics: 'unitChanged',
    topicId: listeningTo('unitId'),
    description:
      'The latest change of a unit at once, then each. Refetch when the revision differs from what you show.',
  })
  unitChanged(
    @Root() { unitId, revision, cause, at, byUserId }: UnitChange,
    @Arg('unitId', () => ID, { description: 'Id of the unit.' }) _unitId: string,
  ): UnitChangeType {
    // On its way between servers a time becomes text.
    return { unitId, revision, cause, at: new Date(at), byUserId };
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who changed it; null for what the server did itself.',
  })
  by(@Root() { byUserId }: UnitChangeType, @Ctx() context: Context): Promise<PersonType | null> | null {
    return byUserId ? keep(context, 'people', () => peopleLoader(this.database)).load(byUserId) : null;
  }
}
