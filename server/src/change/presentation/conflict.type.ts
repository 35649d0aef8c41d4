import { Field, ID, registerEnumType } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
import { JsonScalar } from '../../graphql/scalars';
import { PersonType } from '../../unit/person.type';
import { type ConflictView } from './conflict.presenter';
import { TaskTargetType } from './field-change.type';
import { type Json } from '../core/json';
import { type Resolution } from '../core/outcome';
import { type ConflictCode } from '../core/task';

/** The codes as the API names them. */
export const ConflictCodeEnum: { readonly [C in ConflictCode]: C } = {
  NAME_TAKEN: 'NAME_TAKEN',
  TARGET_MISSING: 'TARGET_MISSING',
  FIELD_CHANGED: 'FIELD_CHANGED',
  DELETE_OF_CHANGED: 'DELETE_OF_CHANGED',
  REFERENCE_MISSING: 'REFERENCE_MISSING',
  REFERENCE_GAINED: 'REFERENCE_GAINED',
  IN_USE: 'IN_USE',
  DEPENDENCY_REMOVED: 'DEPENDENCY_REMOVED',
  UNIT_REPLACED: 'UNIT_REPLACED',
  INVALID: 'INVALID',
};
registerEnumType(ConflictCodeEnum, {
  name: 'ConflictCode',
  description: 'Why a change cannot be applied to the configuration as it is now.',
  valuesConfig: {
    NAME_TAKEN: {
      description: 'Another object has the profile name or the bundle, live or in the same safe mode.',
    },
    TARGET_MISSING: { description: 'What is to be changed or removed is no longer live.' },
    FIELD_CHANGED: { description: 'The live field is neither as it was nor as it is to be.' },
    DELETE_OF_CHANGED: { description: 'What is to be removed is no longer as it was.' },
    REFERENCE_MISSING: { description: 'It would point at something that does not exist.' },
    REFERENCE_GAINED: { description: 'Live objects have begun to use what is to be removed.' },
    IN_USE: { description: 'What is to be removed is in use, and the uses were not to be dropped.' },
    DEPENDENCY_REMOVED: { description: 'It needs something whose creation is itself left out.' },
    UNIT_REPLACED: { description: 'A backup was imported since.' },
    INVALID: { description: 'The object would not be valid.' },
  },
});

/** The ways out as the API names them. */
export const ResolutionEnum: { readonly [R in Resolution]: R } = {
  MINE: 'MINE',
  THEIRS: 'THEIRS',
  VALUE: 'VALUE',
  RECREATE: 'RECREATE',
  DETACH: 'DETACH',
  REMATCH: 'REMATCH',
};
registerEnumType(ResolutionEnum, {
  name: 'Resolution',
  description: 'A way out of a conflict, besides removing its task.',
  valuesConfig: {
    MINE: { description: 'Go on with what was recorded.' },
    THEIRS: { description: 'Leave the field as it is live.' },
    VALUE: { description: 'Enter another value; for NAME_TAKEN another name.' },
    RECREATE: { description: 'Create the object again, with the recorded changes.' },
    DETACH: { description: 'Drop the reference that is in the way.' },
    REMATCH: {
      description: 'Find all targets again in the imported configuration, for the whole safe mode.',
    },
  },
});

@ObjectType('Conflict', {
  description: 'A reason why a change cannot be applied to the configuration as it is now.',
})
export class ConflictType {
  @Field(() => ID, {
    description:
      'Id. It changes with the live value, so a resolution can only answer what its owner has seen.',
  })
  id!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The task of the safe mode; null for what was only asked for.',
  })
  taskId!: string | null;
  @Field(() => ConflictCodeEnum, { description: 'What kind of conflict it is.' }) code!: ConflictCode;
  @Field({ description: 'The conflict in words, without values that may be secret.' }) message!: string;
  @Field(() => String, {
    nullable: true,
    description: 'JSON Pointer to the place in the object; empty for the whole object.',
  })
  path!: string | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What the change was recorded against; null also where it was absent.',
  })
  base!: Json | null;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What the change makes of it; null also where it is absent.',
  })
  mine!: Json | null;
  @Field(() => JsonScalar, { nullable: true, description: 'What is live; null also where it is absent.' })
  live!: Json | null;
  @Field({
    description: 'Whether a secret was left out: whole objects lack it, other values are null.',
  })
  masked!: boolean;
  @Field(() => PersonType, {
    nullable: true,
    description: 'Who last changed the live object that stands against it; null where none does.',
  })
  liveChangedBy!: PersonType | null;
  @Field(() => Date, { nullable: true, description: 'When that was.' }) liveChangedAt!: Date | null;
  @Field(() => [TaskTargetType], {
    description: 'The other objects it is about: who uses the target, who has the name, what is missing.',
  })
  referrers!: TaskTargetType[];
  @Field(() => [ResolutionEnum], { description: 'The ways out, besides removing the task.' })
  resolutions!: Resolution[];
  @Field({ description: 'Whether it stands only because other tasks are in conflict.' }) derived!: boolean;
  @Field(() => [ID], { description: 'Tasks that have to do with it.' }) because!: string[];
}

/** A conflict as the API shows it; what refused edits carry in their extensions has the same shape. */
export const conflictType = (view: ConflictView): ConflictType => view;
