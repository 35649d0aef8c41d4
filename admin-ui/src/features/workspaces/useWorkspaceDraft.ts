import type { ComputedRef } from 'vue';
import { useQuery, type Query } from '../../apollo';
import { WorkspaceDocument } from '../../apollo/generated/workspaces';
import type { WorkspaceQuery } from '../../apollo/generated/graphql';
import { useDraft, type Draft } from '../../forms/useDraft';
import { useKept } from '../../forms/useKept';
import { useUnit } from '../../session';
import { editedApplications, type EditedApplication } from './applications';
import { iconOf, type Icon } from './icon';

export type LoadedWorkspace = NonNullable<NonNullable<WorkspaceQuery['unit']>['workspace']>;

/** A workspace as its form edits it. */
export interface EditedWorkspace {
  name: string;
  icon: Icon | null;
  layout: string;
  shared: boolean;
  profileIds: string[];
  applications: EditedApplication[];
}

interface WorkspaceDraft extends Draft<EditedWorkspace> {
  query: Query<WorkspaceQuery>;
  workspace: ComputedRef<LoadedWorkspace | undefined>;
}

const newWorkspace: EditedWorkspace = {
  name: '',
  icon: null,
  layout: 'single',
  shared: true,
  profileIds: [],
  applications: [],
};

/** A workspace loaded into a form; without an id, the form of a new one. */
export function useWorkspaceDraft(id: () => string | undefined): WorkspaceDraft {
  const { unitId } = useUnit();
  const query = useQuery(WorkspaceDocument, () => {
    const given = id();
    return given ? { unitId: unitId.value, id: given } : null;
  });
  const workspace = useKept(() => query.data.value?.unit?.workspace);
  const draft = useDraft<EditedWorkspace>(() => {
    if (!id()) return { value: newWorkspace, revision: undefined };
    return (
      workspace.value && {
        value: editedWorkspace(workspace.value),
        revision: query.data.value?.unit?.revision,
      }
    );
  });
  return { ...draft, query, workspace };
}

function editedWorkspace({
  name,
  icon,
  layout,
  shared,
  profiles,
  applications,
}: LoadedWorkspace): EditedWorkspace {
  return {
    name,
    icon: iconOf(icon) ?? null,
    layout,
    shared,
    profileIds: profiles.map(({ id }) => id),
    applications: editedApplications(applications),
  };
}
