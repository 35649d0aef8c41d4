import { Field, ID, Int } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { ChangeCauseEnum } from './change-cause.type';
import { type ChangeCause } from './unit.entity';

@ObjectType('UnitChange', { description: 'The revision of a unit moved: what was read before may be old.' })
export class UnitChangeType {
  @Field(() => ID, { description: 'Id of the unit.' }) unitId!: string;
  @Field(() => Int, { description: 'The revision that it moved to.' }) revision!: number;
  @Field(() => ChangeCauseEnum, { description: 'Why it moved.' }) cause!: ChangeCause;
  @Field({ description: 'When.' }) at!: Date;

  byUserId!: string | null;
}
