import { inject, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue';
import type { ActiveSafeModeFragment, RecordedInFragment } from '../apollo/generated/graphql';
import type { SafeModeRefusal } from '../apollo/safe-mode-refusal';

export type ActiveSafeMode = ActiveSafeModeFragment;

/** The safe mode that this browser tab shows, and the ways into it and out of it. */
export interface CurrentSafeMode {
  /** The safe mode that this tab's requests name; undefined where the tab shows what is live. */
  active: ComputedRef<ActiveSafeMode | undefined>;
  /** Somebody else's: nothing can be changed in it. */
  previewing: ComputedRef<boolean>;
  /** Why nothing of the configuration can be changed now; undefined where it can. */
  readOnlyReason: ComputedRef<string | undefined>;
  /** Why members, units, tokens and imports cannot be changed now; undefined where they can. */
  notRecordableReason: ComputedRef<string | undefined>;
  /** Applies a safe mode locally: everything on the screen is read anew. Rejects with the request's error. */
  enter: (id: string) => Promise<void>;
  /** As `enter`, for the answer of a mutation that has entered it already, as starting one does. */
  startedOrEntered: (safeMode: ActiveSafeMode) => Promise<void>;
  /** Back to what is live, also "Not now" at the prompt; the safe mode stays. Rejects with the request's error. */
  leave: () => Promise<void>;
  /** Back to what is live, because the safe mode was applied or deleted by this tab. */
  ended: () => Promise<void>;
  /** Asks the server about the safe mode of this tab: its numbers, and whether the viewer is still in it. Never rejects. */
  refresh: () => Promise<void>;
}

/** What the shell and the forms need beyond that. */
export interface SafeModeState extends CurrentSafeMode {
  /** A safe mode that the viewer was in before this page was loaded; the prompt asks about it. */
  offered: ShallowRef<ActiveSafeMode | undefined>;
  /** Why this tab went live; shown until it is dismissed. */
  notice: ShallowRef<string | undefined>;
  /** The safe mode that this tab is just applying or deleting: what is heard of its end is not news yet. */
  ending: ShallowRef<string | undefined>;
  /** How many more conflicts there are, because live changed, than when they were last seen. */
  newConflicts: ComputedRef<number>;
  noteConflictsSeen: () => void;
  /** After a mutation that was recorded: the numbers of the safe mode. */
  noteRecorded: (recorded: RecordedInFragment) => void;
  /**
   * Runs what ends a safe mode from this tab. What the tab hears of the end meanwhile leads back to what is live
   * without words: whoever called says what happened.
   */
  whileEnding: <Outcome>(id: string, work: () => Promise<Outcome>) => Promise<Outcome>;
  /** The server refused what a request of this tab named. */
  noteRefused: (refusal: SafeModeRefusal) => void;
}

export const safeModeKey: InjectionKey<SafeModeState> = Symbol('safe mode');

/** For the shell and the forms. Call it in `setup`. */
export function useSafeModeState(): SafeModeState {
  const state = inject(safeModeKey);
  if (!state) throw new Error('No safe mode was provided.');
  return state;
}

/** The safe mode of this tab. Call it in `setup`. */
export function useSafeMode(): CurrentSafeMode {
  return useSafeModeState();
}
