import { Field, ID } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';

@ObjectType('User', { description: 'An account: for its user and, in part, for admins of the user’s units.' })
export class UserType {
  @Field(() => ID, { description: 'Id of the user.' }) id!: string;
  @Field({ description: 'E-mail, in lower case. It is what one signs in with.' }) email!: string;
  @Field({ description: 'Name.' }) name!: string;
  @Field({ description: 'Whether the user may create units and manage all accounts.' })
  organisationAdmin!: boolean;
}
