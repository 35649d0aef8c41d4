import { Field, ID, Int } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';

@ObjectType('Unit', {
  description: 'A publication, department or customer with its own dashboard configuration.',
})
export class UnitType {
  @Field(() => ID, { description: 'Id of the unit.' }) id!: string;
  @Field({ description: 'Name.' }) name!: string;
  @Field(() => Int, { description: '+1 with every change that lands for everybody.' }) revision!: number;
}
