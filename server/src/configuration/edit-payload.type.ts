import { Field } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { type EditOutcome } from '../change/edit-request';
import { SafeModeType, safeModeType } from '../safe-mode/safe-mode.type';

/** What every configuration mutation answers. */
@ObjectType()
export abstract class EditPayload {
  @Field(() => SafeModeType, {
    nullable: true,
    description: 'The safe mode that it was recorded in; null where it was executed for everybody.',
  })
  safeMode!: SafeModeType | null;
}

/** The safe mode that an edit went into, as the API shows it. */
export const recordedIn = ({ safeMode }: EditOutcome): SafeModeType | null =>
  safeMode ? safeModeType(safeMode) : null;
