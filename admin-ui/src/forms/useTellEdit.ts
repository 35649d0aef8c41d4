import { useSafeMode } from '../session';
import { useToasts } from '../ui/toasts';
import { formTexts } from './texts';

/**
 * For the end of an edit of the configuration that went well: says in a toast what happened, and in a safe mode that it
 * was recorded there. `what` is a sentence without its full stop: "Profile “Evening” saved". Call it in `setup`.
 */
export function useTellEdit(): (what: string) => void {
  const toasts = useToasts();
  const { active } = useSafeMode();
  return (what) => toasts.say(formTexts.done(what, active.value?.name));
}
