import { useUnsaved } from '../../session';
import { leaveQuestion } from '../../texts';
import { useConfirm } from '../../ui/confirm';

/** Before something that throws the page away: asks where there is unsaved input. True when one may go on. */
export function useLeave(): () => Promise<boolean> {
  const unsaved = useUnsaved();
  const confirm = useConfirm();
  return async () => {
    if (unsaved.any.value && !(await confirm.ask(leaveQuestion))) return false;
    unsaved.waived = true;
    return true;
  };
}
