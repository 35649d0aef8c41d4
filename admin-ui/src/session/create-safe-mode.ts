import type { ApolloClient } from '@apollo/client';
import { computed, shallowRef, watch } from 'vue';
import type { SafeModeHeader } from '../apollo/safe-mode-header';
import type { ActiveSafeMode, SafeModeState } from './safe-mode';
import { safeModeRequests } from './safe-mode-requests';
import { safeModeTexts } from './safe-mode-texts';
import type { Session } from './session';

interface SafeModeParts {
  client: ApolloClient;
  session: Session;
  header: SafeModeHeader;
}

/** What this tab knows of safe modes. Each sign-in and each unit on the screen begins with what is live. */
export function createSafeMode({ client, session, header }: SafeModeParts): SafeModeState {
  const requests = safeModeRequests(client);
  const active = shallowRef<ActiveSafeMode>();
  const offered = shallowRef<ActiveSafeMode>();
  const notice = shallowRef<string>();
  const seenConflicts = shallowRef(0);
  const previewing = computed(() => active.value?.relation === 'PREVIEW');
  const unitId = () => session.unit.value?.id;
  const ending = shallowRef<string>();
  /** How many requests to enter or to leave are under way: until they are answered nobody is where the tab is. */
  let moving = 0;

  /** Changes what the whole tab shows. Queries on the screen restart by the header's turn. */
  async function show(safeMode: ActiveSafeMode | undefined, why?: string): Promise<void> {
    // An answer that comes when another unit is on the screen: going back there asks about it.
    if (safeMode && safeMode.unitId !== unitId()) return;
    active.value = safeMode;
    offered.value = undefined;
    notice.value = why;
    seenConflicts.value = safeMode?.conflictCount ?? 0;
    if (header.safeModeId === safeMode?.id) return;
    header.name(safeMode?.id);
    await client.cache.reset({ discardWatches: true });
  }

  /** Live, because the tab heard that it is in the safe mode no more. Its own doing is told by whoever did it. */
  function goLive(why: string): Promise<void> {
    return show(undefined, active.value?.id === ending.value ? undefined : why);
  }

  function update(safeMode: ActiveSafeMode): void {
    active.value = safeMode;
    // What was resolved and comes up again is new.
    seenConflicts.value = Math.min(seenConflicts.value, safeMode.conflictCount);
  }

  async function whileMoving<Answer>(request: Promise<Answer>): Promise<Answer> {
    moving++;
    try {
      return await request;
    } finally {
      moving--;
    }
  }

  async function enter(id: string): Promise<void> {
    const entered = await whileMoving(requests.enter(id));
    if (entered) await show(entered);
  }

  async function leave(): Promise<void> {
    const id = unitId();
    if (id !== undefined) await whileMoving(requests.leave(id));
    await show(undefined);
  }

  async function refresh(): Promise<void> {
    const shown = active.value;
    if (!shown) return;
    const checked = await requests.check(shown.unitId, shown.id);
    if (!checked || moving > 0 || active.value?.id !== shown.id) return;
    if (!checked.safeMode) await goLive(safeModeTexts.gone(shown.name));
    else if (checked.viewerIsIn) update(checked.safeMode);
    else await goLive(safeModeTexts.leftElsewhere(shown.name));
  }

  /** A page that was just loaded, a sign-in and another unit ask whether to go on in a safe mode. */
  async function offer(): Promise<void> {
    const id = unitId();
    if (id === undefined || session.unit.value?.role !== 'ADMIN') return;
    const asked = header.turn.value;
    const found = await requests.activeIn(id);
    // Whoever entered one meanwhile has decided.
    if (header.turn.value === asked && unitId() === id && !active.value) offered.value = found;
  }

  const viewerAndUnit = () => [session.viewer.value?.id, session.unit.value?.id].join();
  // At once: nothing of the next unit may be asked for in a safe mode of the former one.
  watch(viewerAndUnit, () => void show(undefined), { flush: 'sync' });
  watch(viewerAndUnit, () => void offer());
  watch(
    () => session.unit.value?.role,
    (role) => {
      if (role !== 'ADMIN' && active.value) void goLive(safeModeTexts.demoted(active.value.name));
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
    ending,
    newConflicts: computed(() => (active.value?.conflictCount ?? 0) - seenConflicts.value),
    enter,
    startedOrEntered: (safeMode) => show(safeMode),
    leave,
    ended: () => show(undefined),
    refresh,
    noteConflictsSeen: () => (seenConflicts.value = active.value?.conflictCount ?? 0),
    async whileEnding(id, work) {
      ending.value = id;
      try {
        return await work();
      } finally {
        ending.value = undefined;
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
      else if (!closing) void goLive(safeModeTexts.gone(shown.name));
      else void goLive(safeModeTexts.closed(closing, session.viewer.value?.id));
    },
  };
}
