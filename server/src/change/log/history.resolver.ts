import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type ConfigurationService } from '../../configuration/configuration.service';
import { ConfigurationType } from '../../configuration/configuration-type';
import { type Context, keep } from '../../graphql/context';
import {
  type Connection,
  connection,
  connectionTypes,
  decodeNumericCursor,
  encodeCursor,
  largestPage,
  pageOf,
  pageRequest,
} from '../../graphql/paging';
import { type Database } from '../../storage/database';
import { ChangeCauseEnum } from '../../unit/change-cause.type';
import { peopleLoader } from '../../unit/people';
import { PersonType } from '../../unit/person.type';
import { type ChangeCause } from '../../unit/unit.entity';
import { UnitType } from '../../unit/unit.type';
import { type ChangeLogStore, type HistoryEntry } from './change-log.store';
import {
  FieldChangeType,
  fieldChangeType,
  TaskOperation,
  TaskTargetType,
} from '../presentation/field-change.type';
import { withoutPresentSecrets } from '../presentation/present-secrets';
import { type Id, type Kind } from '../core/task';

@ObjectType('HistoryEntry', { description: 'What became of one object with one write.' })
export class HistoryEntryType {
  @Field(() => ID, { description: 'Id of the line.' }) id!: string;
  @Field(() => Int, { description: 'Revision of the unit that the write made.' }) revision!: number;
  @Field(() => ChangeCauseEnum, { description: 'Why it was written.' }) cause!: ChangeCause;
  @Field({ description: 'When.' }) at!: Date;
  @Field(() => TaskOperation, { description: 'What happened to the object.' }) operation!: TaskOperation;
  @Field(() => TaskTargetType, { description: 'The object.' }) target!: TaskTargetType;
  @Field(() => [FieldChangeType], { description: 'What differs, field by field; secrets masked.' })
  changes!: FieldChangeType[];

  byUserId!: Id | null;
  unitId!: Id;
}

const HistoryConnection = connectionTypes(HistoryEntryType, 'History');

@ArgsType()
class HistoryArguments {
  @Field(() => Int, {
    nullable: true,
    description: `Size of the page, at most ${largestPage}; 50 if left out.`,
  })
  first?: number | null;
  @Field(() => String, { nullable: true, description: 'Cursor after which the page begins.' }) after?:
    string | null;
  @Field(() => ConfigurationType, { nullable: true, description: 'Only objects of this kind.' })
  type?: Kind | null;
  @Field(() => ID, { nullable: true, description: 'Only this object.' }) objectId?: Id | null;
}

@Resolver(() => HistoryEntryType)
export class HistoryEntryResolver {
  constructor(private readonly database: Database) {}

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who did it.' })
  by(@Root() { byUserId }: HistoryEntryType, @Ctx() context: Context): Promise<PersonType | null> | null {
    return byUserId ? keep(context, 'people', () => peopleLoader(this.database)).load(byUserId) : null;
  }
}

@Resolver(() => UnitType)
export class UnitHistoryResolver {
  constructor(
    private readonly database: Database,
    private readonly log: ChangeLogStore,
    private readonly configurations: ConfigurationService,
  ) {}

  @FieldResolver(() => HistoryConnection, { description: 'The change log, newest first. Admins only.' })
  async history(
    @Root() { id: unitId }: UnitType,
    @Args() { type, objectId, ...asked }: HistoryArguments,
    @Ctx() context: Context,
  ): Promise<Connection<HistoryEntryType>> {
    const request = pageRequest(asked);
    const query = { unitId, kind: type ?? undefined, objectId: objectId ?? undefined };
    const after = request.after === undefined ? undefined : positionOf(request.after);
    const logged = await this.database.read((db) =>
      this.log.history(db, { ...query, after }, request.first + 1),
    );
    const entries = await this.masked(context, unitId, logged);
    const page = pageOf(
      entries,
      request.first,
      (entry) => ({ node: historyEntryType(entry), cursor: encodeCursor([entry.revision, entry.number]) }),
      () => this.database.read((db) => this.log.countHistory(db, query)),
    );
    return connection(page, request);
  }

  private async masked(
    context: Context,
    unitId: Id,
    entries: readonly HistoryEntry[],
  ): Promise<HistoryEntry[]> {
    const reader = await this.configurations.liveReader(context, unitId);
    return Promise.all(
      entries.map(async (entry) => {
        const live = await reader.object(entry.kind, entry.objectId);
        return { ...entry, changes: withoutPresentSecrets(entry.kind, live, entry.changes) };
      }),
    );
  }
}

function positionOf(cursor: string): { revision: number; number: number } {
  const [revision, number] = decodeNumericCursor(cursor, 2);
  return { revision: revision!, number: number! };
}

const historyEntryType = (entry: HistoryEntry): HistoryEntryType => ({
  id: `${entry.unitId}.${entry.revision}.${entry.number}`,
  revision: entry.revision,
  cause: entry.cause,
  at: entry.at,
  operation: entry.operation,
  target: { type: entry.kind, id: entry.objectId, name: entry.objectName },
  changes: entry.changes.map(fieldChangeType),
  byUserId: entry.byUserId,
  unitId: entry.unitId,
});
