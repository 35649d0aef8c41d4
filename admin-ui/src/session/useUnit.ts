import { computed, type ComputedRef } from 'vue';
import type { Role } from '../apollo/generated/graphql';
import { useSession, type Membership } from './session';

export interface CurrentUnit {
  unit: ComputedRef<Membership>;
  unitId: ComputedRef<string>;
  role: ComputedRef<Role>;
  isAdmin: ComputedRef<boolean>;
  /** Admins and power users: they edit workspaces and application settings. */
  mayEditWorkspaces: ComputedRef<boolean>;
}

/** The unit on the screen. Only for pages inside the shell, which shows none without a unit. */
export function useUnit(): CurrentUnit {
  const session = useSession();
  const unit = computed(() => session.unit.value ?? { id: '', name: '', role: 'READONLY' as const });
  const role = computed(() => unit.value.role);
  return {
    unit,
    unitId: computed(() => unit.value.id),
    role,
    isAdmin: computed(() => role.value === 'ADMIN'),
    mayEditWorkspaces: computed(() => role.value === 'ADMIN' || role.value === 'POWER_USER'),
  };
}
