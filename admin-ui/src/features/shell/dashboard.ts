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
import { useQuery, type Fault } from '../../apollo';
import { ShellUnitDocument } from '../../apollo/generated/shell';
import type { ShellUnitQuery } from '../../apollo/generated/graphql';
import { useUnit } from '../../session';
import { workspacesOf } from './profile-filter';
import { rememberedProfile, rememberProfile } from './remembered-profile';

type ShellUnit = NonNullable<ShellUnitQuery['unit']>;
export type BarWorkspace = ShellUnit['workspaces']['nodes'][number];
export type BarProfile = ShellUnit['profiles']['nodes'][number];

/** What the frame around every page knows of the unit: its workspaces and the profile that filters them. */
export interface Dashboard {
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
  const query = useQuery(ShellUnitDocument, () => (unitId.value ? { unitId: unitId.value } : null));
  const profileId = shallowRef<string | null>(null);
  watch(unitId, (id) => (profileId.value = rememberedProfile(id)), { immediate: true });

  // Right after a switch the former unit's answer is still there.
  const unit = computed(() => {
    const loaded = query.data.value?.unit ?? undefined;
    return loaded?.id === unitId.value ? loaded : undefined;
  });
  const profiles = computed(() => unit.value?.profiles.nodes ?? []);
  const profile = computed(() => profiles.value.find(({ id }) => id === profileId.value) ?? null);

  const dashboard: Dashboard = {
    revision: computed(() => unit.value?.revision),
    profiles,
    profile,
    chooseProfile(id) {
      profileId.value = id;
      rememberProfile(unitId.value, id);
    },
    workspaces: computed(() => workspacesOf(unit.value?.workspaces.nodes ?? [], profile.value)),
    loaded: computed(() => unit.value !== undefined),
    fault: query.fault,
    refetch: query.refetch,
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
