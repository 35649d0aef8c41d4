import { computed, type ComputedRef } from 'vue';
import { useAllNodes } from '../../../apollo';
import type { ConfigurationType } from '../../../apollo/generated/graphql';
import { NamedPluginsDocument, NamedWorkspacesDocument } from '../../../apollo/generated/safe-mode-pages';
import { useUnit } from '../../../session';
import type { ObjectNames } from './object-names';
import { pointerNames } from './json-pointer';
import type { SafeModeRow, TaskRow } from './types';

/** Fields whose values, or whose paths, hold ids. */
const fieldsWithIds = ['workspaces', 'applications', 'mappings'];

interface Named {
  id: string;
  name: string;
}

interface Known {
  /** Whether there are ids at all: without, nothing is asked for. */
  holdsIds: () => boolean;
  /** Objects that are not in the unit, or not any more. */
  targets: () => readonly (Named & { type: ConfigurationType })[];
  people: () => readonly Named[];
}

/** Names for the ids inside recorded values: of what the unit has, and of what the safe mode itself makes or removes. */
export function useObjectNames(
  safeMode: () => SafeModeRow,
  tasks: () => readonly TaskRow[],
): ComputedRef<ObjectNames> {
  return useNames({
    holdsIds: () => tasks().some(({ changes, conflicts }) => mayHoldIds([...changes, ...conflicts])),
    targets: () => tasks().map(({ target }) => target),
    people: () => {
      const { owner, closedBy } = safeMode();
      return closedBy ? [owner, closedBy] : [owner];
    },
  });
}

/** Names for ids inside recorded values, of what the unit has and of what is known besides. */
export function useNames({ holdsIds: wanted, targets, people }: Known): ComputedRef<ObjectNames> {
  const { unitId } = useUnit();
  const holdsIds = computed(wanted);
  const ofUnit = (after: string | undefined) => (holdsIds.value ? { unitId: unitId.value, after } : null);
  const workspaces = useAllNodes(NamedWorkspacesDocument, ofUnit, ({ unit }) => unit?.workspaces);
  const plugins = useAllNodes(NamedPluginsDocument, ofUnit, ({ unit }) => unit?.plugins);

  return computed(() => {
    const of = (wanted: ConfigurationType) => targets().filter(({ type }) => type === wanted);
    const workspaceNames = namesById([...of('WORKSPACE'), ...(workspaces.nodes.value ?? [])]);
    const pluginNames = namesById([...of('PLUGIN'), ...(plugins.nodes.value ?? [])]);
    const peopleNames = namesById(people());
    const applications = new Map(
      (workspaces.nodes.value ?? []).flatMap((workspace) =>
        workspace.applications.map(({ id, plugin }): [string, string] => [id, plugin.name]),
      ),
    );
    return {
      workspace: (id) => workspaceNames.get(id),
      plugin: (id) => pluginNames.get(id),
      application: (id) => applications.get(id),
      person: (id) => peopleNames.get(id),
    };
  });
}

/** Whether ids may stand at one of these places, or in their paths. */
export function mayHoldIds(places: readonly { path: string | null }[]): boolean {
  const paths = places.map(({ path }) => pointerNames(path ?? ''));
  // A conflict of a whole object has no path.
  return paths.some(([field]) => field === undefined || fieldsWithIds.includes(field));
}

function namesById(objects: readonly Named[]): Map<string, string> {
  return new Map(objects.map(({ id, name }) => [id, name]));
}
