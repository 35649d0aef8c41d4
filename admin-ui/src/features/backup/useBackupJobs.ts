import { computed, type ComputedRef, type ShallowRef } from 'vue';
import { useQuery, type Fault } from '../../apollo';
import { BackupJobsDocument } from '../../apollo/generated/backup';
import { useSession, useUnit } from '../../session';
import { isRunning, type Job } from './job-state';

/** A plan that was made before the page was left or reloaded. */
export interface WaitingPlan {
  job: Job;
  /** Whether the unit was changed since. */
  stale: boolean;
}

/** What the server knows of the unit's backups: how a page that was reloaded finds its work again. */
export interface BackupJobs {
  loaded: ComputedRef<boolean>;
  fault: ShallowRef<Fault | undefined>;
  refetch: () => Promise<void>;
  /** The viewer's own work that goes on. */
  ownExport: ComputedRef<Job | undefined>;
  ownValidation: ComputedRef<Job | undefined>;
  /** The viewer's newest validation that nobody has imported, while its plan is kept. */
  waitingPlan: ComputedRef<WaitingPlan | undefined>;
  /** Work that replaces the configuration, whoever began it. */
  runningImport: ComputedRef<Job | undefined>;
  runningUndo: ComputedRef<Job | undefined>;
  /** The viewer's newest export whose file can still be fetched. */
  madeExport: ComputedRef<Job | undefined>;
  /** The newest import, as long as it is neither undone nor older than the time for that. */
  undoableImport: ComputedRef<Job | undefined>;
}

/** The jobs of the unit on the screen. */
export function useBackupJobs(): BackupJobs {
  const { unitId } = useUnit();
  const session = useSession();
  // A cached answer could show a job as running that has long ended.
  const query = useQuery(BackupJobsDocument, () => ({ unitId: unitId.value }), {
    fetchPolicy: 'network-only',
  });
  const unit = computed(() => query.data.value?.unit ?? undefined);

  const isOwn = ({ startedBy }: Job) => startedBy?.id === session.viewer.value?.id;
  const undone = computed(() =>
    unit.value?.undos.find(({ state, validation }) => state === 'DONE' && !validation),
  );
  const newestImport = computed(() => unit.value?.imports.find(({ state }) => state === 'DONE'));

  return {
    loaded: computed(() => unit.value !== undefined),
    fault: query.fault,
    refetch: query.refetch,
    ownExport: computed(() => unit.value?.exports.find((job) => isRunning(job) && isOwn(job))),
    ownValidation: computed(() => unit.value?.validations.find((job) => isRunning(job) && isOwn(job))),
    waitingPlan: computed(() => {
      const job = unit.value?.validations.find(isOwn);
      if (job?.validation?.__typename !== 'BackupPlan') return undefined;
      if (job.validation.unitRevision === unit.value?.revision) return { job, stale: false };
      const imported = unit.value?.imports.some(({ createdAt }) => createdAt > job.createdAt);
      return imported ? undefined : { job, stale: true };
    }),
    runningImport: computed(() => unit.value?.imports.find(isRunning)),
    runningUndo: computed(() => unit.value?.undos.find(isRunning)),
    madeExport: computed(() => unit.value?.exports.find((job) => job.downloadUrl !== null && isOwn(job))),
    undoableImport: computed(() => {
      const job = newestImport.value;
      if (!job?.undoableUntil || new Date(job.undoableUntil).getTime() <= Date.now()) return undefined;
      return undone.value && undone.value.createdAt > job.createdAt ? undefined : job;
    }),
  };
}
