import DataLoader from 'dataloader';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
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
import { nameKey } from '../core/name-key';
import { type Id, type Kind, type Operation } from '../core/task';
import {
  FieldChangeType,
  fieldChangeType,
  TaskOperation,
  TaskTargetType,
} from '../presentation/field-change.type';
import { withoutPresentSecrets } from '../presentation/present-secrets';
import { type ChangeLogStore, type HistoryEntry, type HistoryLine } from './change-log.store';
import { countHistory, historyAuthorIds, type HistoryPosition, type HistoryQuery } from './history-query';

@ObjectType('HistoryEntry', { description: 'What became of one object with one write.' })
export class HistoryEntryType {
  @Field(() => ID, { description: 'Id of the line.' }) id!: string;
  @Field(() => Int, { description: 'Revision of the unit that the write made.' }) revision!: number;
  @Field(() => ChangeCauseEnum, { description: 'Why it was written.' }) cause!: ChangeCause;
  @Field({ description: 'When.' }) at!: Date;
  @Field(() => TaskOperation, { description: 'What happened to the object.' }) operation!: TaskOperation;
  @Field(() => TaskTargetType, { description: 'The object.' }) target!: TaskTargetType;

  byUserId!: Id | null;
  unitId!: Id;
  position!: HistoryPosition;
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
  @Field(() => TaskOperation, { nullable: true, description: 'Only what was created, updated or deleted.' })
  operation?: Operation['op'] | null;
  @Field(() => ID, { nullable: true, description: 'Only what this user did.' }) by?: Id | null;
  @Field(() => ChangeCauseEnum, { nullable: true, description: 'Only what was written for this reason.' })
  cause?: ChangeCause | null;
  @Field(() => Date, { nullable: true, description: 'Only what was written then or later.' })
  since?: Date | null;
  @Field(() => Date, { nullable: true, description: 'Only what was written before then.' })
  until?: Date | null;
}

@Resolver(() => HistoryEntryType)
export class HistoryEntryResolver {
  constructor(
    private readonly database: Database,
    private readonly log: ChangeLogStore,
    private readonly configurations: ConfigurationService,
  ) {}

  @FieldResolver(() => PersonType, { nullable: true, description: 'Who did it.' })
  by(@Root() { byUserId }: HistoryEntryType, @Ctx() context: Context): Promise<PersonType | null> | null {
    return byUserId ? keep(context, 'people', () => peopleLoader(this.database)).load(byUserId) : null;
  }

  @FieldResolver(() => [FieldChangeType], { description: 'What differs, field by field; secrets masked.' })
  async changes(
    @Root() { unitId, position }: HistoryEntryType,
    @Ctx() context: Context,
  ): Promise<FieldChangeType[]> {
    const entry = await keep(context, `history of ${unitId}`, () => this.entryLoader(unitId)).load(position);
    if (!entry) return [];
    const reader = await this.configurations.liveReader(context, unitId);
    const live = await reader.object(entry.kind, entry.objectId);
    return withoutPresentSecrets(entry.kind, live, entry.changes).map(fieldChangeType);
  }

  private entryLoader(unitId: Id): DataLoader<HistoryPosition, HistoryEntry | undefined, string> {
    return new DataLoader(
      async (positions) => {
        const found = await this.database.read((db) => this.log.entries(db, unitId, positions));
        const byPlace = new Map(found.map((entry) => [placeOf(entry), entry]));
        return positions.map((position) => byPlace.get(placeOf(position)));
      },
      { cacheKeyFn: placeOf },
    );
  }
}

@Resolver(() => UnitType)
export class UnitHistoryResolver {
  constructor(
    private readonly database: Database,
    private readonly log: ChangeLogStore,
  ) {}

  @FieldResolver(() => HistoryConnection, { description: 'The change log, newest first. Admins only.' })
  async history(
    @Root() { id: unitId }: UnitType,
    @Args() { first, after, ...filters }: HistoryArguments,
  ): Promise<Connection<HistoryEntryType>> {
    const request = pageRequest({ first, after });
    const query = { unitId, ...queryOf(filters) };
    const begin = request.after === undefined ? undefined : positionOf(request.after);
    const lines = await this.database.read((db) =>
      this.log.history(db, { ...query, after: begin }, request.first + 1),
    );
    const page = pageOf(
      lines,
      request.first,
      (line) => ({ node: historyEntryType(line), cursor: () => encodeCursor([line.revision, line.number]) }),
      () => this.database.read((db) => countHistory(db, query)),
    );
    return connection(page, request);
  }

  @FieldResolver(() => HistoryEntryType, {
    nullable: true,
    description: 'One line of the change log. Admins only.',
  })
  async historyEntry(
    @Root() { id: unitId }: UnitType,
    @Arg('id', () => ID, { description: 'Id of the line.' }) id: Id,
  ): Promise<HistoryEntryType | null> {
    const position = positionIn(unitId, id);
    if (!position) return null;
    const [entry] = await this.database.read((db) => this.log.entries(db, unitId, [position]));
    return entry ? historyEntryType(entry) : null;
  }

  @FieldResolver(() => [PersonType], {
    description: 'Everybody whose changes the change log holds, by name. Admins only.',
  })
  async historyAuthors(@Root() { id: unitId }: UnitType, @Ctx() context: Context): Promise<PersonType[]> {
    const ids = await this.database.read((db) => historyAuthorIds(db, unitId));
    const people = await keep(context, 'people', () => peopleLoader(this.database)).loadMany(ids);
    return people
      .filter((person): person is PersonType => person !== null && !(person instanceof Error))
      .sort((a, b) => (nameKey(a.name) < nameKey(b.name) ? -1 : 1));
  }
}

type Filters = Omit<HistoryArguments, 'first' | 'after'>;

const queryOf = ({
  type,
  objectId,
  operation,
  by,
  cause,
  since,
  until,
}: Filters): Omit<HistoryQuery, 'unitId'> => ({
  kind: type ?? undefined,
  objectId: objectId ?? undefined,
  operation: operation ?? undefined,
  byUserId: by ?? undefined,
  cause: cause ?? undefined,
  since: since ?? undefined,
  until: until ?? undefined,
});

function positionOf(cursor: string): HistoryPosition {
  const [revision, number] = decodeNumericCursor(cursor, 2);
  return { revision: revision!, number: number! };
}

const placeOf = ({ revision, number }: HistoryPosition) => `${revision}.${number}`;

/** Undoes what makes the id of a line; undefined for what is none of this unit. */
function positionIn(unitId: Id, id: Id): HistoryPosition | undefined {
  const [, unit, revision, number] = /^(.+)\.(\d{1,9})\.(\d{1,9})$/.exec(id) ?? [];
  return unit === unitId ? { revision: Number(revision), number: Number(number) } : undefined;
}

const historyEntryType = (line: HistoryLine): HistoryEntryType => ({
  id: `${line.unitId}.${placeOf(line)}`,
  revision: line.revision,
  cause: line.cause,
  at: line.at,
  operation: line.operation,
  target: { type: line.kind, id: line.objectId, name: line.objectName },
  byUserId: line.byUserId,
  unitId: line.unitId,
  position: line,
});
