import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation, type Fault } from '../../apollo';
import { ExportBackupDocument } from '../../apollo/generated/backup';
import { useUnit } from '../../session';
import { startDownload } from './download';
import type { Job } from './job-state';
import type { BackupJobs } from './useBackupJobs';
import { useJob, type FollowedJob } from './useJob';

export interface Exporting {
  work: FollowedJob;
  /** While the order is on its way to the server. */
  starting: ShallowRef<boolean>;
  fault: ComputedRef<Fault | undefined>;
  /** The finished export whose file can be fetched. */
  made: ComputedRef<Job | undefined>;
  /** What is typed as a note; unlike the password it stays while the other tab is looked at. */
  note: ShallowRef<string>;
  /** True when the export has begun; otherwise `fault` says why not. */
  start: (password: string) => Promise<boolean>;
}

/** Exports the unit and hands the file to the browser; goes on with the viewer's export that already runs. */
export function useExport(jobs: BackupJobs): Exporting {
  const { unitId } = useUnit();
  const order = useMutation(ExportBackupDocument, { refresh: false });
  const finished = shallowRef<Job>();
  const note = shallowRef('');
  const work = useJob((job) => {
    if (job.state !== 'DONE') return;
    finished.value = job;
    startDownload(job);
  });

  watch(
    jobs.ownExport,
    (job) => {
      if (job && !work.running.value && job.id !== work.job.value?.id) work.follow(job.id);
    },
    { immediate: true },
  );

  return {
    work,
    starting: order.busy,
    fault: computed(() => order.fault.value ?? work.fault.value),
    made: computed(() => finished.value ?? jobs.madeExport.value),
    note,
    async start(password) {
      const begun = await order.run({
        input: { unitId: unitId.value, password, note: note.value.trim() || null },
      });
      if (!begun) return false;
      note.value = '';
      work.follow(begun.exportBackup.id);
      return true;
    },
  };
}
