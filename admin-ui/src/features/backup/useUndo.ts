import { computed, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation, type Fault } from '../../apollo';
import { UndoImportDocument } from '../../apollo/generated/backup';
import { useImportInThisTab } from '../../session';
import { backupTexts } from './texts';
import { useJob, type FollowedJob } from './useJob';
import type { Landing } from './useLanding';
import { useValidation, type Plan } from './useValidation';

export interface Undoing {
  work: FollowedJob;
  /** Until it is known what came of it, too. */
  running: ComputedRef<boolean>;
  starting: ShallowRef<boolean>;
  fault: ComputedRef<Fault | undefined>;
  /** Where the unit was changed since the import: what going back would do, to be looked at first. */
  plan: ShallowRef<Plan | undefined>;
  start: (importJobId: string) => Promise<void>;
  /** Goes on with an undo that already runs. */
  follow: (jobId: string) => void;
  clear: () => void;
}

/** Goes back to what an import replaced: at once, or with a plan where something was written since. */
export function useUndo(landing: Landing): Undoing {
  const order = useMutation(UndoImportDocument, { refresh: false });
  const found = useValidation();
  const ownImport = useImportInThisTab();
  const work = useJob((job) => {
    if (job.state === 'DONE') void finish(job.id);
    else ownImport.end();
  });

  async function finish(jobId: string): Promise<void> {
    await found.load(jobId);
    if (found.plan.value || found.fault.value) ownImport.end();
    else landing.land(backupTexts.undone);
  }

  function follow(jobId: string): void {
    ownImport.begin();
    work.follow(jobId);
  }

  return {
    work,
    running: computed(() => work.running.value || found.loading.value),
    starting: order.busy,
    fault: computed(() => order.fault.value ?? found.fault.value ?? work.fault.value),
    plan: found.plan,
    follow,
    async start(importJobId) {
      work.forget();
      found.clear();
      ownImport.begin();
      const begun = await order.run({ jobId: importJobId });
      if (begun) follow(begun.undoImport.id);
      else ownImport.end();
    },
    clear() {
      work.forget();
      found.clear();
      order.fault.value = undefined;
    },
  };
}
