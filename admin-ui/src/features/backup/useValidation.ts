import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { faultOf, useClient, useMutation, type Fault } from '../../apollo';
import { BackupValidationDocument, ValidateBackupDocument } from '../../apollo/generated/backup';
import type { BackupRejectionFragment, BackupValidationQuery } from '../../apollo/generated/graphql';
import { useUnit } from '../../session';
import { plainFault } from './job-state';
import { backupTexts } from './texts';
import { useJob, type FollowedJob } from './useJob';

type Validation = NonNullable<NonNullable<BackupValidationQuery['job']>['validation']>;

/** What an import would do, with the job that worked it out. */
export type Plan = Extract<Validation, { __typename: 'BackupPlan' }> & { jobId: string };

export interface Validating {
  work: FollowedJob;
  /** Until what was found is here, too. */
  running: ComputedRef<boolean>;
  /** While what a finished job has found is on its way. */
  loading: ShallowRef<boolean>;
  starting: ShallowRef<boolean>;
  fault: ComputedRef<Fault | undefined>;
  plan: ShallowRef<Plan | undefined>;
  rejected: ShallowRef<BackupRejectionFragment | undefined>;
  /** Forgets what an earlier validation found and begins one. False when the server would not. */
  start: (uploadId: string, password: string) => Promise<boolean>;
  /** Fetches what a finished job has found. */
  load: (jobId: string) => Promise<void>;
  /** Shows the plan of an earlier validation again. */
  reopen: (jobId: string) => Promise<void>;
  clear: () => void;
}

/** Has the server read an uploaded file, and knows what it found. */
export function useValidation(): Validating {
  const client = useClient();
  const { unitId } = useUnit();
  const order = useMutation(ValidateBackupDocument, { refresh: false });
  const plan = shallowRef<Plan>();
  const rejected = shallowRef<BackupRejectionFragment>();
  const loadFault = shallowRef<Fault>();
  const loading = shallowRef(false);
  const work = useJob((job) => {
    if (job.state === 'DONE') void load(job.id);
  });

  async function load(jobId: string): Promise<void> {
    loading.value = true;
    loadFault.value = undefined;
    try {
      const { data } = await client.query({
        query: BackupValidationDocument,
        variables: { jobId },
        fetchPolicy: 'no-cache',
      });
      const found = data?.job?.validation;
      if (found?.__typename === 'BackupPlan') plan.value = { ...found, jobId };
      else rejected.value = found ?? undefined;
    } catch (error) {
      loadFault.value = faultOf(error);
    } finally {
      loading.value = false;
    }
  }

  function clear(): void {
    work.forget();
    plan.value = rejected.value = undefined;
    order.fault.value = loadFault.value = undefined;
  }

  return {
    work,
    running: computed(() => work.running.value || (loading.value && work.job.value !== undefined)),
    loading,
    starting: order.busy,
    fault: computed(() => order.fault.value ?? loadFault.value ?? work.fault.value),
    plan,
    rejected,
    load,
    clear,
    async reopen(jobId) {
      clear();
      await load(jobId);
      const found = plan.value ?? rejected.value ?? loadFault.value;
      if (!found) loadFault.value = plainFault('UPLOAD_EXPIRED', backupTexts.planExpired);
    },
    async start(uploadId, password) {
      clear();
      const begun = await order.run({ input: { unitId: unitId.value, uploadId, password } });
      if (begun) work.follow(begun.validateBackup.id);
      return begun !== undefined;
    },
  };
}
