import { Field, ID, registerEnumType } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
import { ConfigurationType } from '../../configuration/configuration-type';
import { JsonScalar } from '../../graphql/scalars';
import { type FieldChange } from './field-change';
import { type Json } from '../core/json';
import { type Kind } from '../core/task';

export const TaskOperation = { CREATE: 'CREATE', UPDATE: 'UPDATE', DELETE: 'DELETE' } as const;
export type TaskOperation = keyof typeof TaskOperation;
registerEnumType(TaskOperation, { name: 'TaskOperation', description: 'What happens to an object.' });

@ObjectType('TaskTarget', {
  description: 'An object of the configuration, as it is named in logs and conflicts.',
})
export class TaskTargetType {
  @Field(() => ConfigurationType, { description: 'Its kind.' }) type!: Kind;
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'What it was called.' }) name!: string;
}

@ObjectType('FieldChange', { description: 'One field that differs.' })
export class FieldChangeType {
  @Field({ description: 'JSON Pointer to the field.' }) path!: string;
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The value before; null also where it was absent.',
  })
  from!: Json | null;
  @Field(() => JsonScalar, { nullable: true, description: 'The value after; null also where it is absent.' })
  to!: Json | null;
  @Field({ description: 'Whether it is a secret: then from and to are null.' }) masked!: boolean;
}

/** A field change as the API shows it. */
export const fieldChangeType = ({ path, from, to, masked }: FieldChange): FieldChangeType => ({
  path,
  from: from ?? null,
  to: to ?? null,
  masked,
});
