import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { signedIn } from '../access/abilities';
import { type Context, keep } from '../graphql/context';
import { listeningTo } from '../graphql/live-streams';
import { largestPage, pageRequest } from '../graphql/paging';
import { type Database } from '../storage/database';
import { peopleLoader } from '../unit/people';
import { PersonType } from '../unit/person.type';
import { type UnitService } from '../unit/unit.service';
import { UnitType } from '../unit/unit.type';
import { type JobEntity, type JobKind } from './job.entity';
import { type JobService } from './job.service';
import { JobKindEnum, JobType, jobType } from './job.type';

@Resolver(() => JobType)
export class JobResolver {
  constructor(
    private readonly jobs: JobService,
    private readonly units: UnitService,
    private readonly database: Database,
  ) {}

  @Query(() => JobType, { nullable: true, description: 'A job of a unit. Admins only.' })
  async job(
    @Arg('id', () => ID, { description: 'Id of the job.' }) id: string,
    @Ctx() { actor }: Context,
  ): Promise<JobType> {
    return jobType(await this.jobs.find(actor, id));
  }

  @Mutation(() => JobType, {
    description: 'Stop a job. One that has ended, or is in its last step, stays as it is.',
  })
  async cancelJob(
    @Arg('id', () => ID, { description: 'Id of the job.' }) id: string,
    @Ctx() context: Context,
  ): Promise<JobType> {
    return jobType(await this.jobs.cancel(signedIn(context), id));
  }

  @Subscription(() => JobType, {
    name: 'job',
    topics: 'job',
    topicId: listeningTo('id'),
    nullable: false,
    description: 'The present state of a job at once, then its progress until it has ended. Admins only.',
  })
  jobProgress(
    @Root() job: JobEntity,
    @Arg('id', () => ID, { description: 'Id of the job.' }) _id: string,
  ): JobType {
    return jobType(job);
  }

  @FieldResolver(() => UnitType, { description: 'The unit that it is about.' })
  async unit(@Root() { entity }: JobType, @Ctx() context: Context): Promise<UnitType> {
    return (await this.units.unitOfMember(context, entity.unitId))!;
  }

  @FieldResolver(() => PersonType, { description: 'Who began it.' })
  async startedBy(@Root() { entity }: JobType, @Ctx() context: Context): Promise<PersonType> {
    const person = await keep(context, 'people', () => peopleLoader(this.database)).load(entity.startedBy);
    // Accounts are never deleted.
    return person!;
  }
}

@Resolver(() => UnitType)
export class UnitJobsResolver {
  constructor(private readonly service: JobService) {}

  @FieldResolver(() => [JobType], { description: 'The jobs of the unit, newest first. Admins only.' })
  async jobs(
    @Root() { id }: UnitType,
    @Ctx() { actor }: Context,
    @Arg('kind', () => JobKindEnum, { nullable: true, description: 'Only jobs of this kind.' })
    kind?: JobKind | null,
    @Arg('first', () => Int, { defaultValue: 20, description: `How many, at most ${largestPage}.` })
    first?: number,
  ): Promise<JobType[]> {
    const request = pageRequest({ first });
    const jobs = await this.service.list(actor, id, kind ?? undefined, request.first);
    return jobs.map(jobType);
  }
}
