import { Field, ID, InputType, Int } from 'type-graphql';
import { type Id } from '../change/core/task';

/** What every configuration mutation takes. */
@InputType()
export abstract class EditInput {
  @Field(() => ID, { description: 'Unit whose configuration is changed.' }) unitId!: Id;
  @Field(() => ID, {
    nullable: true,
    description: "The client's own id of this operation: a resend does nothing twice.",
  })
  operationId?: string | null;
}

/** What every change of something that was there before takes. */
@InputType()
export abstract class BasedInput extends EditInput {
  @Field(() => Int, {
    nullable: true,
    description:
      'Revision of the unit that the form was loaded at: CONFLICT when a touched field has moved since.',
  })
  basedOnRevision?: number | null;
}

/** What every change of an object with an id of its own takes. */
@InputType()
export abstract class ObjectInput extends BasedInput {
  @Field(() => ID, { description: 'The object.' }) id!: Id;
}

@InputType({ description: 'An object to delete.' })
export class DeleteInput extends ObjectInput {
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Drop the references to it instead of refusing.',
  })
  detach?: boolean | null;
}
