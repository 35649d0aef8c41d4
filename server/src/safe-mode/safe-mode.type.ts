import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { FieldChangeType, TaskOperation, TaskTargetType } from '../change/presentation/field-change.type';
import { ConflictType, ResolutionEnum } from '../change/presentation/conflict.type';
import { type Json } from '../change/core/json';
import { type DependentsMode, type Resolution } from '../change/core/outcome';
import { type Id } from '../change/core/task';
import { JsonScalar } from '../graphql/scalars';
import { type SafeModeStatus } from './safe-mode.entity';
import { type SafeMode } from './safe-mode.store';

export const SafeModeStatusEnum: { readonly [S in SafeModeStatus]: S } = {
  OPEN: 'OPEN',
  APPLIED: 'APPLIED',
  DISCARDED: 'DISCARDED',
};
registerEnumType(SafeModeStatusEnum, {
  name: 'SafeModeStatus',
  description: 'What has become of a safe mode.',
  valuesConfig: {
    OPEN: { description: 'Its changes wait to be applied or deleted.' },
    APPLIED: { description: 'Its changes were executed for everybody.' },
    DISCARDED: { description: 'It was deleted.' },
  },
});

export const SafeModeRelation = { OWNER: 'OWNER', PREVIEW: 'PREVIEW' } as const;
export type SafeModeRelation = keyof typeof SafeModeRelation;
registerEnumType(SafeModeRelation, {
  name: 'SafeModeRelation',
  description: 'What somebody is to a safe mode.',
  valuesConfig: {
    OWNER: { description: 'They started it, and only they change it.' },
    PREVIEW: { description: 'They only look at it.' },
  },
});

export const DependentsModeEnum: { readonly [M in DependentsMode]: M } = {
  REFUSE: 'REFUSE',
  CASCADE: 'CASCADE',
  DETACH: 'DETACH',
};
registerEnumType(DependentsModeEnum, {
  name: 'DependentsMode',
  description: 'What becomes of changes that need the one that is taken out.',
  valuesConfig: {
    REFUSE: { description: 'They are named, and nothing is taken out.' },
    CASCADE: { description: 'They are taken out too.' },
    DETACH: { description: 'They stay, without their reference to it.' },
  },
});

@ObjectType('SafeMode', {
  description: 'Changes of an admin that are recorded instead of executed. Only admins see what it holds.',
})
export class SafeModeType {
  @Field(() => ID, { description: 'Id; what the header X-Safe-Mode names.' }) id!: Id;
  @Field(() => ID, { description: 'Unit whose configuration it changes.' }) unitId!: Id;
  @Field({ description: 'Name; need not be unique.' }) name!: string;
  @Field(() => SafeModeStatusEnum, { description: 'What has become of it.' }) status!: SafeModeStatus;
  @Field(() => Int, {
    description: '+1 with everything that is recorded or taken out; renaming moves it not.',
  })
  revision!: number;
  @Field({ description: 'When it was started.' }) createdAt!: Date;
  @Field({ description: 'When its changes were last written.' }) updatedAt!: Date;
  @Field(() => Date, { nullable: true, description: 'When it was applied for all users.' })
  appliedAt!: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it was applied or deleted.' })
  closedAt!: Date | null;
  @Field(() => Int, { description: 'Number of its changes; also once it is applied.' }) taskCount!: number;

  row!: SafeMode;
}

/** A safe mode as the API shows it. */
export const safeModeType = (row: SafeMode): SafeModeType => ({
  id: row.id,
  unitId: row.unitId,
  name: row.name,
  status: row.status,
  revision: row.revision,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  appliedAt: row.status === 'APPLIED' ? row.closedAt : null,
  closedAt: row.closedAt,
  taskCount: row.taskCount,
  row,
});

@ObjectType('SafeModeTask', { description: 'One recorded change to one object.' })
export class SafeModeTaskType {
  @Field(() => ID, { description: 'Id within the safe mode.' }) id!: Id;
  @Field(() => TaskOperation, { description: 'What happens to the object.' }) operation!: TaskOperation;
  @Field(() => TaskTargetType, { description: 'The object.' }) target!: TaskTargetType;
  @Field({ description: 'The change in words, on one line.' }) summary!: string;
  @Field(() => [FieldChangeType], {
    description: 'What it changes, field by field, from what was live when it was recorded; secrets masked.',
  })
  changes!: FieldChangeType[];
  @Field(() => [ConflictType], { description: 'What stands against it now.' }) conflicts!: ConflictType[];
  @Field({ description: 'When it was last recorded; of an applied one, when it was applied.' })
  recordedAt!: Date;

  recordedById!: Id | null;
}

@InputType({ description: 'A safe mode to start.' })
export class StartSafeModeInput {
  @Field(() => ID, { description: 'Unit whose changes are to be recorded.' }) unitId!: Id;
  @Field(() => String, {
    nullable: true,
    description: 'Its name, at most 120 characters; left out, it is made of user and time.',
  })
  name?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "The client's own id of this operation: a resend starts nothing twice.",
  })
  operationId?: string | null;
}

@InputType({ description: 'A change to take out of a safe mode.' })
export class RemoveSafeModeTaskInput {
  @Field(() => ID, { description: 'The safe mode.' }) safeModeId!: Id;
  @Field(() => ID, { description: 'The change.' }) taskId!: Id;
  @Field(() => DependentsModeEnum, {
    nullable: true,
    defaultValue: 'REFUSE',
    description: 'What becomes of changes that need it.',
  })
  dependents?: DependentsMode | null;
}

@InputType({ description: 'The answer to one conflict, as its owner saw it.' })
export class ResolveSafeModeConflictInput {
  @Field(() => ID, { description: 'The safe mode.' }) safeModeId!: Id;
  @Field(() => ID, { description: 'The conflict; STALE_REVISION where it does not stand any more.' })
  conflictId!: string;
  @Field(() => ResolutionEnum, { description: 'One of its ways out.' }) resolution!: Resolution;
  @Field(() => JsonScalar, { nullable: true, description: 'The value, or name, of VALUE.' }) value?: Json;
}

@InputType({ description: 'A safe mode to apply for all users.' })
export class ApplySafeModeInput {
  @Field(() => ID, { description: 'The safe mode.' }) id!: Id;
  @Field(() => Int, { description: 'Revision that its owner reviewed; STALE_REVISION where it moved since.' })
  revision!: number;
}
