import { computed, type ComputedRef } from 'vue';
import { useAllNodes } from '../../../apollo';
import { NamedPluginsDocument, NamedWorkspacesDocument } from '../../../apollo/generated/safe-mode-pages';
import { useUnit } from '../../../session';
import type { ObjectNames } from './object-names';
import { pointerNames } from './json-pointer';
import type { SafeModeRow, TaskRow } from './types';

/** Fields whose values, or whose paths, hold ids. */
const fieldsWithIds = ['workspaces', 'applications', 'mappings'];

/** Names for the ids inside recorded values: of what the unit has, and of what the safe mode itself makes or removes. */
export function useObjectNames(
  safeMode: () => SafeModeRow,
  tasks: () => readonly TaskRow[],
): ComputedRef<ObjectNames> {
  const { unitId } = useUnit();
  const holdsIds = computed(() => tasks().some(mayHoldIds));
  const ofUnit = (after: string | undefined) => (holdsIds.value ? { unitId: unitId.value, after } : null);
  const workspaces = useAllNodes(NamedWorkspacesDocument, ofUnit, ({ unit }) => unit?.workspaces);
  const plugins = useAllNodes(NamedPluginsDocument, ofUnit, ({ unit }) => unit?.plugins);

  return computed(() => {
    const { owner, closedBy } = safeMode();
    const targets = (type: 'WORKSPACE' | 'PLUGIN') =>
      tasks().flatMap(({ target }) => (target.type === type ? [target] : []));
    const workspaceNames = namesById([...targets('WORKSPACE'), ...(workspaces.nodes.value ?? [])]);
    const pluginNames = namesById([...targets('PLUGIN'), ...(plugins.nodes.value ?? [])]);
    const people = namesById([owner, ...(closedBy ? [closedBy] : [])]);
    const applications = new Map(
      (workspaces.nodes.value ?? []).flatMap((workspace) =>
        workspace.applications.map(({ id, plugin }): [string, string] => [id, plugin.name]),
      ),
    );
    return {
      workspace: (id) => workspaceNames.get(id),
      plugin: (id) => pluginNames.get(id),
      application: (id) => applications.get(id),
      person: (id) => people.get(id),
    };
  });
}

function mayHoldIds({ changes, conflicts }: TaskRow): boolean {
  const paths = [...changes, ...conflicts].map(({ path }) => pointerNames(path ?? ''));
  // A conflict of a whole object has no path.
  return paths.some(([field]) => field === undefined || fieldsWithIds.includes(field));
}

function namesById(objects: readonly { id: string; name: string }[]): Map<string, string> {
  return new Map(objects.map(({ id, name }) => [id, name]));
}
