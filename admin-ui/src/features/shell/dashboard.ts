import {
  computed,
  inject,
  provide,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import { useAllNodes, type Fault } from '../../apollo';
import type { ShellProfilesQuery, ShellWorkspacesQuery } from '../../apollo/generated/graphql';
import { ShellProfilesDocument, ShellWorkspacesDocument } from '../../apollo/generated/shell';
import { useUnit } from '../../session';
import { workspacesOf } from './profile-filter';
import { rememberedProfile, rememberProfile } from './remembered-profile';

export type BarWorkspace = NonNullable<ShellWorkspacesQuery['unit']>['workspaces']['nodes'][number];
export type BarProfile = NonNullable<ShellProfilesQuery['unit']>['profiles']['nodes'][number];

/** What the frame around every page knows of the unit: its workspaces and the profile that filters them. */
export interface Dashboard {
  /** The unit's revision that is on the screen. */
  revision: ComputedRef<number | undefined>;
  profiles: ComputedRef<BarProfile[]>;
  /** The chosen profile; null is "Show all". */
  profile: ComputedRef<BarProfile | null>;
  chooseProfile: (id: string | null) => void;
  /** The workspaces of the left bar: those of the chosen profile in its order, or all. */
  workspaces: ComputedRef<BarWorkspace[]>;
  loaded: ComputedRef<boolean>;
  fault: ShallowRef<Fault | undefined>;
  refetch: () => Promise<void>;
}

const dashboardKey: InjectionKey<Dashboard> = Symbol('dashboard');

/** Loads the frame's data and hands it to the pages inside. Called once, by the shell. */
export function provideDashboard(): Dashboard {
  const { unitId } = useUnit();
  const ofUnit = (after: string | undefined) => (unitId.value ? { unitId: unitId.value, after } : null);
  const workspaces = useAllNodes(ShellWorkspacesDocument, ofUnit, ({ unit }) => unit?.workspaces);
  const profiles = useAllNodes(ShellProfilesDocument, ofUnit, ({ unit }) => unit?.profiles);
  const profileId = shallowRef<string | null>(null);
  watch(unitId, (id) => (profileId.value = rememberedProfile(id)), { immediate: true });

  // Right after a switch the former unit's answers are still there.
  const allWorkspaces = computed(() =>
    workspaces.first.value?.unit?.id === unitId.value ? workspaces.nodes.value : undefined,
  );
  const allProfiles = computed(() =>
    profiles.first.value?.unit?.id === unitId.value ? profiles.nodes.value : undefined,
  );
  const profile = computed(() => allProfiles.value?.find(({ id }) => id === profileId.value) ?? null);

  const dashboard: Dashboard = {
    revision: computed(() => (allWorkspaces.value ? workspaces.first.value?.unit?.revision : undefined)),
    profiles: computed(() => allProfiles.value ?? []),
    profile,
    chooseProfile(id) {
      profileId.value = id;
      rememberProfile(unitId.value, id);
    },
    // Until the profile is known, nothing: all of them would flash up first.
    workspaces: computed(() =>
      allProfiles.value ? workspacesOf(allWorkspaces.value ?? [], profile.value) : [],
    ),
    loaded: computed(() => allWorkspaces.value !== undefined && allProfiles.value !== undefined),
    fault: workspaces.fault,
    async refetch() {
      await Promise.all([workspaces.refetch(), profiles.refetch()]);
    },
  };
  provide(dashboardKey, dashboard);
  return dashboard;
}

/** The frame's data. Only for pages inside the shell. */
export function useDashboard(): Dashboard {
  const dashboard = inject(dashboardKey);
  if (!dashboard) throw new Error('Only pages inside the shell have a dashboard.');
  return dashboard;
}
