import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { refetchShown, useClient, useConnection, useSubscription } from '../../apollo';
import { UnitChangedDocument } from '../../apollo/generated/session';
import type { UnitChangedSubscription } from '../../apollo/generated/graphql';
import { useSafeMode, useUnit, useUnsaved } from '../../session';
import { useOwnImport } from '../../session/own-import';

type UnitChange = UnitChangedSubscription['unitChanged'];

interface UnitChanges {
  /** An import by somebody else that waits until unsaved input is dealt with. */
  imported: ShallowRef<UnitChange | undefined>;
  /** Throws away unsaved input and loads the imported configuration. */
  reloadPage: () => void;
}

/**
 * Keeps what is on the screen at the unit's newest revision: asks again when somebody changed something, and
 * reloads after an import, at once or, with unsaved input, when the person says so.
 */
export function useUnitChanges(shownRevision: () => number | undefined): UnitChanges {
  const client = useClient();
  const unsaved = useUnsaved();
  const ownImport = useOwnImport();
  const safeMode = useSafeMode();
  const { unitId, role } = useUnit();
  const imported = shallowRef<UnitChange>();

  const refresh = () => refetchShown(client);

  function reloadPage(): void {
    unsaved.waived = true;
    window.location.reload();
  }

  function follow(change: UnitChange): void {
    if (!replacesAll(change)) {
      void refresh();
      void safeMode.refresh();
    } else if (ownImport.value > 0) return;
    else if (unsaved.any.value) imported.value = change;
    else reloadPage();
  }

  const { data } = useSubscription(UnitChangedDocument, () =>
    unitId.value ? { unitId: unitId.value } : null,
  );
  // Also when the shown revision arrives after the message: what was asked before the change may answer after it.
  // And when an import of this tab's own fails: another one may have landed meanwhile.
  watch([data, shownRevision, ownImport], ([message, shown]) => {
    const change = message?.unitChanged;
    if (change && shown !== undefined && change.revision > shown) follow(change);
  });
  // Whoever may see more, or less, is shown that at once.
  watch([unitId, role], ([id], [before]) => {
    if (id === before) void refresh();
  });
  watch(unsaved.any, (any) => {
    if (imported.value && !any) reloadPage();
  });
  onScopeDispose(useConnection().onBack(() => void refresh()));

  return { imported, reloadPage };
}

/** An import, and its undo: everything is another configuration then. */
function replacesAll({ cause }: UnitChange): boolean {
  return cause === 'IMPORT' || cause === 'UNDO';
}
