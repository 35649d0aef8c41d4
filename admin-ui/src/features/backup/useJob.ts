import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation, useSubscription, type Fault } from '../../apollo';
import { BackupJobProgressDocument, CancelBackupJobDocument } from '../../apollo/generated/backup';
import { faultOfJob, isRunning, type Job } from './job-state';

/** A job of the server as it goes on. */
export interface FollowedJob {
  /** Undefined before the first message of the server. */
  job: ComputedRef<Job | undefined>;
  /** True from `follow` until the job has ended. */
  running: ComputedRef<boolean>;
  /** Why it failed, or why it cannot be followed. */
  fault: ComputedRef<Fault | undefined>;
  follow: (id: string) => void;
  forget: () => void;
  /** Asks the server to stop it; that shows in `job`. */
  cancel: () => Promise<void>;
  cancelling: ShallowRef<boolean>;
}

/** Follows one job at a time; `onEnd` is called once, when the job has ended in whichever way. */
export function useJob(onEnd: (job: Job) => void): FollowedJob {
  const id = shallowRef<string>();
  const cancellation = useMutation(CancelBackupJobDocument, { refresh: false });
  let endedId: string | undefined;

  const { data, fault } = useSubscription(
    BackupJobProgressDocument,
    () => (id.value ? { id: id.value } : null),
    ({ job }) => {
      if (isRunning(job) || endedId === job.id) return;
      endedId = job.id;
      onEnd(job);
    },
  );
  const job = computed(() => data.value?.job);

  return {
    job,
    running: computed(() => id.value !== undefined && (!job.value || isRunning(job.value))),
    fault: computed(() => cancellation.fault.value ?? fault.value ?? faultOfJob(job.value)),
    follow(next) {
      endedId = undefined;
      id.value = next;
    },
    forget() {
      id.value = undefined;
    },
    async cancel() {
      if (id.value) await cancellation.run({ id: id.value });
    },
    cancelling: cancellation.busy,
  };
}
