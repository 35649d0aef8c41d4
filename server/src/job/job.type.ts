import { Field, Float, ID, Int, registerEnumType } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { type JobEntity, type JobKind, type JobState } from './job.entity';

const JobStateEnum: { readonly [S in JobState]: S } = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
};
registerEnumType(JobStateEnum, {
  name: 'JobState',
  description: 'How far a job is.',
  valuesConfig: {
    QUEUED: { description: 'Waits for its turn.' },
    RUNNING: { description: 'Is being worked on.' },
    DONE: { description: 'Has done what it was to do.' },
    FAILED: { description: 'Has ended with an error; nothing was changed.' },
    CANCELLED: { description: 'Was stopped on request; nothing was changed.' },
  },
});

export const JobKindEnum: { readonly [K in JobKind]: K } = {
  EXPORT: 'EXPORT',
  VALIDATE: 'VALIDATE',
  IMPORT: 'IMPORT',
  UNDO_IMPORT: 'UNDO_IMPORT',
};
registerEnumType(JobKindEnum, {
  name: 'JobKind',
  description: 'What a job does.',
  valuesConfig: {
    EXPORT: { description: 'Writes a backup.' },
    VALIDATE: { description: 'Reads an uploaded backup and plans its import.' },
    IMPORT: { description: 'Carries out a plan.' },
    UNDO_IMPORT: { description: 'Goes back to what an import replaced.' },
  },
});

@ObjectType('JobError', { description: 'Why a job failed.' })
export class JobErrorType {
  @Field({ description: 'As in the errors of the API, or SERVER_STOPPED.' }) code!: string;
  @Field({ description: 'What happened and what to do next.' }) message!: string;
}

@ObjectType('Job', { description: 'Long work of a unit. It goes on when nobody looks.' })
export class JobType {
  @Field(() => ID, { description: 'Id of the job.' }) id!: string;
  @Field(() => JobKindEnum, { description: 'What it does.' }) kind!: JobKind;
  @Field(() => JobStateEnum, { description: 'How far it is.' }) state!: JobState;
  @Field(() => String, { nullable: true, description: 'What it does at the moment, in words.' })
  stage!: string | null;
  @Field(() => Float, { description: '0 to 1, never falling.' }) progress!: number;
  @Field(() => Int, { description: 'Rows read or written so far.' }) rows!: number;
  @Field(() => JobErrorType, { nullable: true, description: 'Of a failed job.' }) error!: JobErrorType | null;
  @Field({ description: 'When it was begun.' }) createdAt!: Date;
  @Field(() => Date, { nullable: true, description: 'When it ended.' }) finishedAt!: Date | null;

  entity!: JobEntity;
}

/** A job as the API shows it. */
export const jobType = (entity: JobEntity): JobType => ({
  id: entity.id,
  kind: entity.kind,
  state: entity.state,
  stage: entity.stage,
  progress: entity.progress,
  rows: entity.rows,
  error: entity.errorCode === null ? null : { code: entity.errorCode, message: entity.errorMessage ?? '' },
  createdAt: entity.createdAt,
  finishedAt: entity.finishedAt,
  entity,
});
