import { computed, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation, type Fault } from '../../../apollo';
import type { ActiveSafeModeFragment } from '../../../apollo/generated/graphql';
import { StartSafeModeDocument } from '../../../apollo/generated/safe-mode-pages';
import { newId } from '../../../forms/new-id';
import { withNextStep } from './page-texts';

interface Start {
  /** Resolves with the new safe mode, which is entered; with undefined after `fault` was set. */
  start: (input: { unitId: string; name: string | undefined }) => Promise<ActiveSafeModeFragment | undefined>;
  busy: ShallowRef<boolean>;
  fault: ComputedRef<Fault | undefined>;
  forgetFault: () => void;
}

/** Starts safe modes. Sent again after a request that got no answer, the same one is not started twice. */
export function useStart(): Start {
  // What shows is read anew once the tab names the safe mode.
  const mutation = useMutation(StartSafeModeDocument, { refresh: false });
  let unanswered: { input: string; operationId: string } | undefined;
  return {
    async start(input) {
      const text = JSON.stringify(input);
      if (unanswered?.input !== text) unanswered = { input: text, operationId: newId() };
      const data = await mutation.run({ input: { ...input, operationId: unanswered.operationId } });
      if (mutation.fault.value?.code !== 'OFFLINE') unanswered = undefined;
      return data?.startSafeMode;
    },
    busy: mutation.busy,
    fault: computed(() => withNextStep(mutation.fault.value)),
    forgetFault: () => (mutation.fault.value = undefined),
  };
}
