import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { signedIn } from '../../access/abilities';
import { ConflictType, conflictType } from '../../change/presentation/conflict.type';
import { fieldChangeType } from '../../change/presentation/field-change.type';
import { type Id } from '../../change/core/task';
import { type Context, keep } from '../../graphql/context';
import { type Database } from '../../storage/database';
import { peopleLoader } from '../../unit/people';
import { PersonType } from '../../unit/person.type';
import { type TaskView, type SafeModeViewService } from './safe-mode-view.service';
import { type SafeMode } from '../safe-mode.store';
import { SafeModeRelation, SafeModeTaskType, SafeModeType } from '../safe-mode.type';

/** The changes of a safe mode as the API shows them, each with what stands against it. */
export async function safeModeTasks(
  views: SafeModeViewService,
  context: Context,
  safeMode: SafeMode,
): Promise<SafeModeTaskType[]> {
  const tasks = await views.tasks(context, safeMode);
  const conflicts = new Map<Id | null, ConflictType[]>(tasks.map(({ id }) => [id, []]));
  for (const view of await views.conflictsOf(context, safeMode))
    conflicts.get(view.taskId)?.push(conflictType(view));
  return tasks.map((task) => taskType(task, conflicts.get(task.id)!));
}

const taskType = ({ target, changes, ...task }: TaskView, conflicts: ConflictType[]): SafeModeTaskType => ({
  ...task,
  target: { type: target.kind, id: target.id, name: target.name },
  changes: changes.map(fieldChangeType),
  conflicts,
});

@Resolver(() => SafeModeType)
export class SafeModeFieldsResolver {
  constructor(
    private readonly views: SafeModeViewService,
    private readonly database: Database,
  ) {}

  @FieldResolver(() => PersonType, {
    description: 'Who started it: only they change, apply, rename or delete it.',
  })
  async owner(@Root() { row }: SafeModeType, @Ctx() context: Context): Promise<PersonType> {
    const person = await keep(context, 'people', () => peopleLoader(this.database)).load(row.ownerId);
    return person ?? { id: row.ownerId, name: '' };
  }

  @FieldResolver(() => SafeModeRelation, { description: 'What the viewer is to it.' })
  relation(@Root() { row }: SafeModeType, @Ctx() context: Context): SafeModeRelation {
    return row.ownerId === signedIn(context).userId ? 'OWNER' : 'PREVIEW';
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who applied or deleted it; null while it is open.',
  })
  async closedBy(@Root() { row }: SafeModeType, @Ctx() context: Context): Promise<PersonType | null> {
    if (row.closedBy === null) return null;
    const person = await keep(context, 'people', () => peopleLoader(this.database)).load(row.closedBy);
    return person ?? { id: row.closedBy, name: '' };
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether the viewer may delete it: its owner, and any admin once the owner is none any more. Never once it is closed.',
  })
  deletable(@Root() { row }: SafeModeType, @Ctx() context: Context): Promise<boolean> {
    return this.views.deletable(signedIn(context), row);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether its file is damaged or gone: no changes, no conflicts, and only deleting it is left.',
  })
  unreadable(@Root() { row }: SafeModeType, @Ctx() context: Context): Promise<boolean> {
    return this.views.unreadable(context, row);
  }

  @FieldResolver(() => Int, { description: 'Number of conflicts with what is live now.' })
  conflictCount(@Root() { row }: SafeModeType, @Ctx() context: Context): Promise<number> {
    return this.views.conflictCount(context, row);
  }

  @FieldResolver(() => [SafeModeTaskType], {
    description: 'Its changes; of an applied one from the change log, of a discarded one none.',
  })
  tasks(@Root() { row }: SafeModeType, @Ctx() context: Context): Promise<SafeModeTaskType[]> {
    return safeModeTasks(this.views, context, row);
  }

  @FieldResolver(() => [ConflictType], {
    description: 'All its conflicts, evaluated against what is live now; none once it is closed.',
  })
  async conflicts(@Root() { row }: SafeModeType, @Ctx() context: Context): Promise<ConflictType[]> {
    return (await this.views.conflictsOf(context, row)).map(conflictType);
  }
}

@Resolver(() => SafeModeTaskType)
export class SafeModeTaskFieldsResolver {
  constructor(private readonly database: Database) {}

  @FieldResolver(() => PersonType, { description: 'Who recorded it; of an applied one, who applied it.' })
  async recordedBy(@Root() { recordedById }: SafeModeTaskType, @Ctx() context: Context): Promise<PersonType> {
    const id = recordedById ?? '';
    const person = await keep(context, 'people', () => peopleLoader(this.database)).load(id);
    return person ?? { id, name: '' };
  }
}
