import { v7 as uuidv7 } from 'uuid';
import { BackupPlanEntity, BackupUploadEntity } from '../../src/backup/backup.entity';
import { JobEntity } from '../../src/job/job.entity';
import { type Caller, type Office } from './callers';
import { admins, type Expectation, mutation } from './expectation';

async function insert<E extends { id: string; unitId: string; createdAt: Date }>(
  office: Office,
  entity: new () => E,
  given: Partial<E>,
): Promise<string> {
  const row = Object.assign(
    new entity(),
    { id: uuidv7(), unitId: office.unitId, createdAt: new Date() },
    given,
  );
  await office.server.app.database.transaction(async ({ manager }) => {
    await manager.insert(entity, row as object);
  });
  return row.id;
}

const tomorrow = () => new Date(Date.now() + 24 * 60 * 60 * 1000);

/** A job that is over. */
const aJob = (office: Office) =>
  insert(office, JobEntity, {
    kind: 'EXPORT',
    state: 'FAILED',
    startedBy: office.user('ADMIN').id,
    progress: 1,
    rows: 0,
    input: '{}',
    cancelAsked: false,
    takeovers: 0,
    finishedAt: new Date(),
  });

/** An upload of the caller's own: only rights in the unit are missing. */
const anUploadOf = (office: Office, caller: Caller) =>
  insert(office, BackupUploadEntity, {
    userId: office.user(caller === 'signed out' ? 'ADMIN' : caller).id,
    size: '5',
    received: '5',
    complete: true,
    expiresAt: tomorrow(),
  });

/** A plan that the unit has moved on from. */
const anOldPlan = async (office: Office) =>
  insert(office, BackupPlanEntity, {
    jobId: await aJob(office),
    unitRevision: 0,
    content: '{}',
    expiresAt: tomorrow(),
  });

export const backup: Record<string, Expectation> = {
  'Query.job': {
    allowed: admins,
    call: async (office) => ({
      query: 'query ($id: ID!) { job(id: $id) { id } }',
      variables: { id: await aJob(office) },
    }),
  },
  'Query.backupUpload': {
    allowed: admins,
    call: async (office, caller) => ({
      query: 'query ($id: ID!) { backupUpload(id: $id) { id } }',
      variables: { id: await anUploadOf(office, caller) },
    }),
  },
  'Mutation.exportBackup': {
    allowed: admins,
    mayEndWith: ['BUSY'],
    call: ({ unitId }) =>
      mutation('exportBackup', 'ExportBackupInput', '{ id }', { unitId, password: 'four' }),
  },
  'Mutation.validateBackup': {
    allowed: admins,
    mayEndWith: ['BUSY', 'UPLOAD_EXPIRED', 'UPLOAD_CHANGED'],
    call: async (office, caller) =>
      mutation('validateBackup', 'ValidateBackupInput', '{ id }', {
        unitId: office.unitId,
        uploadId: await anUploadOf(office, caller),
        password: 'four',
      }),
  },
  'Mutation.importBackup': {
    allowed: admins,
    mayEndWith: ['PLAN_STALE', 'CONFIRMATION_REQUIRED'],
    call: async (office) =>
      mutation('importBackup', 'ImportBackupInput', '{ id }', { planId: await anOldPlan(office) }),
  },
  'Mutation.undoImport': {
    allowed: admins,
    mayEndWith: ['NOT_UNDOABLE'],
    call: async (office) => ({
      query: 'mutation ($id: ID!) { undoImport(jobId: $id) { id } }',
      variables: { id: await aJob(office) },
    }),
  },
  'Mutation.cancelJob': {
    allowed: admins,
    call: async (office) => ({
      query: 'mutation ($id: ID!) { cancelJob(id: $id) { id } }',
      variables: { id: await aJob(office) },
    }),
  },
  'Subscription.job': {
    allowed: admins,
    call: async (office) => ({
      query: 'subscription ($id: ID!) { job(id: $id) { id } }',
      variables: { id: await aJob(office) },
    }),
  },
};
