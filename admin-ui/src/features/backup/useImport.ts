import { computed, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation, type Fault } from '../../apollo';
import { ImportBackupDocument } from '../../apollo/generated/backup';
import { newId } from '../../forms/new-id';
import { useImportInThisTab } from '../../session';
import { backupTexts } from './texts';
import { useJob, type FollowedJob } from './useJob';
import type { Landing } from './useLanding';

export interface Importing {
  work: FollowedJob;
  starting: ShallowRef<boolean>;
  fault: ComputedRef<Fault | undefined>;
  /** Carries out a plan; the name of the unit where the backup was made elsewhere. */
  start: (planId: string, confirmUnitName: string | undefined) => Promise<void>;
  /** Goes on with an import that already runs. */
  follow: (jobId: string) => void;
  clear: () => void;
}

/** Carries out a plan and reloads the page when it has landed. */
export function useImport(landing: Landing): Importing {
  const order = useMutation(ImportBackupDocument, { refresh: false });
  const ownImport = useImportInThisTab();
  const work = useJob((job) => {
    if (job.state === 'DONE') landing.land(backupTexts.imported);
    else ownImport.end();
  });
  // One key for each plan: sent again after a cut, the server answers the import that has begun already.
  let key = { planId: '', id: '' };

  function follow(jobId: string): void {
    ownImport.begin();
    work.follow(jobId);
  }

  return {
    work,
    starting: order.busy,
    fault: computed(() => order.fault.value ?? work.fault.value),
    follow,
    async start(planId, confirmUnitName) {
      if (key.planId !== planId || work.fault.value) key = { planId, id: newId() };
      work.forget();
      ownImport.begin();
      const begun = await order.run({ input: { planId, confirmUnitName, idempotencyKey: key.id } });
      if (begun) follow(begun.importBackup.id);
      else ownImport.end();
    },
    clear() {
      work.forget();
      order.fault.value = undefined;
    },
  };
}
