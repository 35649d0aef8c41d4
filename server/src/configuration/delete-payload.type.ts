import { Field, ID, ObjectType } from 'type-graphql';
import { type Id } from '../change/task';

@ObjectType({ description: 'What was deleted.' })
export class DeletePayload {
  @Field(() => ID, { description: 'Id that the object had.' }) id!: Id;
}
