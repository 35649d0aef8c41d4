import { Field, ID } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';

@ObjectType('Person', { description: 'Somebody, as everybody may see them.' })
export class PersonType {
  @Field(() => ID, { description: 'Id of the user.' }) id!: string;
  @Field({ description: 'Name.' }) name!: string;
}
