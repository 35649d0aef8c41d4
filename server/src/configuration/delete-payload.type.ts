import { EditPayload } from './edit-payload.type';
import { Field, ID } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { type Id } from '../change/core/task';

@ObjectType({ description: 'What was deleted.' })
export class DeletePayload extends EditPayload {
  @Field(() => ID, { description: 'Id that the object had.' }) id!: Id;
}
