import { computed, watch, type ComputedRef } from 'vue';
import { useUnsaved } from '../../session';
import type { BackupJobs } from './useBackupJobs';
import { useImport, type Importing } from './useImport';
import { useLanding, type Landing } from './useLanding';
import { useUndo, type Undoing } from './useUndo';
import { useUpload, type Uploading } from './useUpload';
import { useValidation, type Validating } from './useValidation';

/** Everything between choosing a file and the reloaded page. */
export interface Restoring {
  upload: Uploading;
  validation: Validating;
  importing: Importing;
  undo: Undoing;
  landing: Landing;
  /** Where the person has come to. */
  step: ComputedRef<RestoreStep>;
  /** Sends a file in place of the one before. */
  choose: (file: File) => void;
  /** Back to the choice of a file. */
  startOver: () => void;
  /** Back to the password; the file stays. */
  validateAgain: () => void;
}

export type RestoreStep =
  | 'landed'
  | 'importing'
  | 'undoing'
  | 'undo-plan'
  | 'plan'
  | 'validating'
  | 'rejected'
  | 'password'
  | 'uploading'
  | 'choice';

/** The road of an import; goes on with work that already runs on the server. */
export function useRestore(jobs: BackupJobs): Restoring {
  const landing = useLanding();
  const upload = useUpload();
  const validation = useValidation();
  const importing = useImport(landing);
  const undo = useUndo(landing);

  watch(jobs.ownValidation, (job) => job && idle() && validation.work.follow(job.id), { immediate: true });
  watch(jobs.runningImport, (job) => job && idle() && importing.follow(job.id), { immediate: true });
  watch(jobs.runningUndo, (job) => job && idle() && undo.follow(job.id), { immediate: true });

  const step = computed<RestoreStep>(() => {
    if (landing.text.value) return 'landed';
    if (importing.work.running.value) return 'importing';
    if (undo.running.value) return 'undoing';
    if (undo.plan.value) return 'undo-plan';
    if (validation.plan.value) return 'plan';
    if (validation.running.value) return 'validating';
    if (upload.state.value === 'none') return 'choice';
    if (upload.state.value !== 'arrived') return 'uploading';
    return upload.rejected.value || isForGood(validation.rejected.value) ? 'rejected' : 'password';
  });
  const idle = () => step.value === 'choice';

  useUnsaved(() => upload.state.value !== 'none' && step.value !== 'landed' && step.value !== 'rejected');

  function startOver(): void {
    upload.discard();
    validation.clear();
    importing.clear();
    undo.clear();
  }

  return {
    upload,
    validation,
    importing,
    undo,
    landing,
    step,
    startOver,
    choose(file) {
      startOver();
      upload.choose(file);
    },
    validateAgain() {
      validation.clear();
      importing.clear();
    },
  };
}

/** With another password the same file may still be fine; whatever else is wrong with it stays wrong. */
function isForGood(rejected: { code: string } | undefined): boolean {
  return rejected !== undefined && rejected.code !== 'WRONG_PASSWORD';
}
