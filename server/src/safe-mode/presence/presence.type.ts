import { Field, ID } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
import { type Id } from '../../change/core/task';
import { PersonType } from '../../unit/person.type';
import { type Presence } from './presence.store';
import { SafeModeRelation } from '../safe-mode.type';

@ObjectType('SafeModePresence', {
  description:
    'Somebody who works in a safe mode right now. Every user of the unit may know that; not what it holds.',
})
export class SafeModePresenceType {
  @Field(() => PersonType, { description: 'Who.' }) user!: PersonType;
  @Field(() => ID, { description: 'Id of the safe mode.' }) safeModeId!: Id;
  @Field({ description: 'Name of the safe mode.' }) safeModeName!: string;
  @Field(() => SafeModeRelation, { description: 'What this user is to it; the same for every receiver.' })
  relation!: SafeModeRelation;
  @Field({ description: 'Since when they are in it.' }) since!: Date;
}

/** A presence as the API shows it; on its way between servers a time becomes text. */
export const presenceType = ({ userId, userName, since, ...presence }: Presence): SafeModePresenceType => ({
  ...presence,
  user: { id: userId, name: userName },
  since: new Date(since),
});
