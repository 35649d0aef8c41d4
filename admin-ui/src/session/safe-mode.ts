import type { ApolloClient } from '@apollo/client';
import {
  computed,
  inject,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import {
  CheckSafeModeDocument,
  EnterSafeModeDocument,
  LeaveSafeModeDocument,
  ViewerSafeModeDocument,
} from '../apollo/generated/active-safe-mode';
import type { ActiveSafeModeFragment, RecordedInFragment } from '../apollo/generated/graphql';
import type { SafeModeHeader } from '../apollo/safe-mode-header';
import type { SafeModeRefusal } from '../apollo/safe-mode-refusal';
import { safeModeTexts } from './safe-mode-texts';
import type { Session } from './session';

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
  /** Back to what is live; the safe mode stays. Rejects with the request's error. */
  leave: () => Promise<void>;
  /** Back to what is live, because the safe mode was applied or deleted by this tab; `reason` is said on the screen. */
  ended: (reason?: string) => Promise<void>;
  /** Asks the server about the safe mode of this tab: its numbers, and whether the viewer is still in it. Never rejects. */
  refresh: () => Promise<void>;
}

/** What the shell and the forms need beyond that. */
export interface SafeModeState extends CurrentSafeMode {
  /** A safe mode that the viewer was in before this page was loaded; the prompt asks about it. */
  offered: ShallowRef<ActiveSafeMode | undefined>;
  /** "Not now": leaves it. Rejects with the request's error. */
  declineOffer: () => Promise<void>;
  /** Why this tab went live; shown until it is dismissed. */
  notice: ShallowRef<string | undefined>;
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

interface SafeModeParts {
  client: ApolloClient;
  session: Session;
  header: SafeModeHeader;
}

export function createSafeMode({ client, session, header }: SafeModeParts): SafeModeState {
  const active = shallowRef<ActiveSafeMode>();
  const offered = shallowRef<ActiveSafeMode>();
  const notice = shallowRef<string>();
  const seenConflicts = shallowRef(0);
  const previewing = computed(() => active.value?.relation === 'PREVIEW');
  /** The safe mode that this tab is just ending. */
  let ending: string | undefined;
  const unitId = () => session.unit.value?.id;

  /** Changes what the whole tab shows. Queries on the screen restart by the header's turn. */
  async function show(safeMode: ActiveSafeMode | undefined, why?: string): Promise<void> {
    const isOwnDoing = active.value !== undefined && active.value.id === ending;
    active.value = safeMode;
    offered.value = undefined;
    notice.value = isOwnDoing ? undefined : why;
    seenConflicts.value = safeMode?.conflictCount ?? 0;
    if (header.safeModeId === safeMode?.id) return;
    header.name(safeMode?.id);
    await client.cache.reset({ discardWatches: true });
  }

  async function enter(id: string): Promise<void> {
    const { data } = await client.mutate({
      mutation: EnterSafeModeDocument,
      variables: { id },
      fetchPolicy: 'no-cache',
    });
    if (data) await show(data.enterSafeMode);
  }

  async function tellLeft(): Promise<void> {
    const id = unitId();
    if (id === undefined) return;
    await client.mutate({
      mutation: LeaveSafeModeDocument,
      variables: { unitId: id },
      fetchPolicy: 'no-cache',
    });
  }

  async function refresh(): Promise<void> {
    const shown = active.value;
    const id = unitId();
    if (!shown || id === undefined) return;
    const { data } = await client
      .query({
        query: CheckSafeModeDocument,
        variables: { unitId: id, id: shown.id },
        fetchPolicy: 'no-cache',
      })
      .catch(() => ({ data: undefined }));
    if (!data || active.value?.id !== shown.id) return;
    if (!data.safeMode) await show(undefined, safeModeTexts.gone(shown.name));
    else if (data.viewer?.activeSafeMode?.id === shown.id) update(data.safeMode);
    else await show(undefined, safeModeTexts.leftElsewhere(shown.name));
  }

  function update(safeMode: ActiveSafeMode): void {
    active.value = safeMode;
    // What was resolved and comes up again is new.
    seenConflicts.value = Math.min(seenConflicts.value, safeMode.conflictCount);
  }

  /** A page that was just loaded, a sign-in and another unit ask whether to go on in a safe mode. */
  async function offer(): Promise<void> {
    const id = unitId();
    if (id === undefined || session.unit.value?.role !== 'ADMIN') return;
    const { turn } = header;
    const asked = turn.value;
    const { data } = await client
      .query({ query: ViewerSafeModeDocument, variables: { unitId: id }, fetchPolicy: 'no-cache' })
      .catch(() => ({ data: undefined }));
    // Whoever entered one meanwhile has decided.
    if (turn.value === asked && unitId() === id && !active.value)
      offered.value = data?.viewer?.activeSafeMode ?? undefined;
  }

  const viewerAndUnit = () => [session.viewer.value?.id, session.unit.value?.id].join();
  // At once: nothing of the next unit may be asked for in a safe mode of the former one.
  watch(viewerAndUnit, () => void show(undefined), { flush: 'sync' });
  watch(viewerAndUnit, () => void offer());
  watch(
    () => session.unit.value?.role,
    (role) => {
      if (role !== 'ADMIN' && active.value) void show(undefined, safeModeTexts.demoted(active.value.name));
    },
    { flush: 'sync' },
  );

  return {
    active: computed(() => active.value),
    previewing,
    readOnlyReason: computed(() =>
      active.value && previewing.value
        ? safeModeTexts.readOnly(active.value.name, active.value.owner.name)
        : undefined,
    ),
    notRecordableReason: computed(() => (active.value ? safeModeTexts.notRecordable : undefined)),
    offered,
    notice,
    newConflicts: computed(() => (active.value?.conflictCount ?? 0) - seenConflicts.value),
    enter,
    startedOrEntered: (safeMode) => show(safeMode),
    async leave() {
      await tellLeft();
      await show(undefined);
    },
    async declineOffer() {
      await tellLeft();
      offered.value = undefined;
    },
    ended: (reason) => show(undefined, reason),
    refresh,
    noteConflictsSeen: () => (seenConflicts.value = active.value?.conflictCount ?? 0),
    async whileEnding(id, work) {
      ending = id;
      try {
        return await work();
      } finally {
        ending = undefined;
      }
    },
    noteRecorded({ id, ...numbers }) {
      if (active.value?.id === id) update({ ...active.value, ...numbers });
    },
    noteRefused({ safeModeId, code, isRead, closing }) {
      const shown = active.value;
      if (shown?.id !== safeModeId) return;
      if (code === 'FORBIDDEN') void session.reload().catch(() => undefined);
      else if (!isRead) void refresh();
      else
        void show(
          undefined,
          closing ? safeModeTexts.closed(closing, session.viewer.value?.id) : safeModeTexts.gone(shown.name),
        );
    },
  };
}

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
