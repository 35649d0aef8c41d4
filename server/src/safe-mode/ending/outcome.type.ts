import { createUnionType, Field, ID, Int } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
import { ConflictType } from '../../change/presentation/conflict.type';
import { type Id } from '../../change/core/task';
import { UnitType } from '../../unit/unit.type';
import { SafeModeTaskType, SafeModeType } from '../safe-mode.type';

@ObjectType({ description: 'The safe mode was executed for everybody.' })
export class SafeModeApplied {
  @Field(() => SafeModeType, { description: 'The safe mode.' }) safeMode!: SafeModeType;
  @Field(() => UnitType, { description: 'The unit as it is now.' }) unit!: UnitType;
  @Field(() => Int, { description: 'Number of changes that were applied.' }) taskCount!: number;
  @Field({ description: 'Whether it had been applied before: then nothing was written now.' })
  alreadyApplied!: boolean;
}

@ObjectType({ description: 'Nothing was written: these conflicts stand, and the safe mode stays open.' })
export class SafeModeConflicted {
  @Field(() => SafeModeType, { description: 'The safe mode.' }) safeMode!: SafeModeType;
  @Field(() => [ConflictType], { description: 'All of them.' }) conflicts!: ConflictType[];
}

export const ApplySafeModeResult = createUnionType({
  name: 'ApplySafeModeResult',
  description: 'What came of applying a safe mode for all users.',
  types: () => [SafeModeApplied, SafeModeConflicted] as const,
});

@ObjectType({ description: 'The change was taken out.' })
export class SafeModeTaskRemoved {
  @Field(() => SafeModeType, { description: 'The safe mode without it.' }) safeMode!: SafeModeType;
  @Field(() => [ID], { description: 'The change, and those that went with it.' }) removedTaskIds!: Id[];
}

@ObjectType({ description: 'Nothing was taken out: these changes need the one that was to go.' })
export class SafeModeTaskHasDependents {
  @Field(() => SafeModeType, { description: 'The safe mode.' }) safeMode!: SafeModeType;
  @Field(() => [SafeModeTaskType], {
    description: 'The changes that need it; where it was to be detached, those that cannot be.',
  })
  dependents!: SafeModeTaskType[];
}

export const RemoveSafeModeTaskResult = createUnionType({
  name: 'RemoveSafeModeTaskResult',
  description: 'What came of taking a change out of a safe mode.',
  types: () => [SafeModeTaskRemoved, SafeModeTaskHasDependents] as const,
});
