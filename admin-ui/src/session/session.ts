import type { ApolloClient } from '@apollo/client';
import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue';
import { SessionDocument, SignOutDocument } from '../apollo/generated/session';
import type { Role, SessionQuery } from '../apollo/generated/graphql';
import { rememberedUnit, rememberUnit } from './remembered-unit';

export type Viewer = NonNullable<SessionQuery['viewer']>;
export type System = SessionQuery['system'];

/** A unit that the viewer belongs to, with the viewer's role in it. */
export interface Membership {
  id: string;
  name: string;
  role: Role;
}

/** Who is signed in, to which unit they look, and what they may do there. */
export interface Session {
  viewer: ShallowRef<Viewer | null>;
  system: ShallowRef<System | undefined>;
  memberships: ComputedRef<Membership[]>;
  /** The unit on the screen; null when signed out or without any unit. */
  unit: ComputedRef<Membership | null>;
  /** True when the server ended the session while the console was open. */
  expired: ShallowRef<boolean>;
  /** Resolves when the viewer is known; asks the server only the first time. Rejects when it does not answer. */
  ready: () => Promise<void>;
  /** Finds out whether the session has ended, or may do more or less than before. Never rejects. */
  check: () => Promise<void>;
  /** Asks the server again who is signed in. Rejects when it does not answer. */
  reload: () => Promise<void>;
  /** Shows another unit and forgets everything cached of the former one, also what is still to be answered. */
  switchUnit: (id: string) => Promise<void>;
  /** Rejects when the server does not answer. */
  signOut: () => Promise<void>;
}

export const sessionKey: InjectionKey<Session> = Symbol('session');

export function createSession(client: ApolloClient): Session {
  const viewer = shallowRef<Viewer | null>(null);
  const system = shallowRef<System>();
  const unitId = shallowRef<string>();
  const expired = shallowRef(false);
  let loaded: Promise<void> | undefined;

  const memberships = computed(() =>
    (viewer.value?.units ?? []).map(({ role, unit }) => ({ id: unit.id, name: unit.name, role })),
  );
  const unit = computed(
    () => memberships.value.find(({ id }) => id === unitId.value) ?? memberships.value[0] ?? null,
  );

  /** The unit on the screen stays for as long as the viewer belongs to it, whichever comes first by name. */
  async function take({ viewer: present, system: presentSystem }: SessionQuery): Promise<void> {
    const before = unit.value?.id;
    unitId.value = before ?? unitId.value ?? rememberedUnit();
    viewer.value = present;
    system.value = presentSystem;
    const now = unit.value?.id;
    if (now === undefined || now === unitId.value) return;
    if (before === undefined) showUnit(now);
    else await switchUnit(now);
  }

  function showUnit(id: string): void {
    unitId.value = id;
    rememberUnit(id);
  }

  async function switchUnit(id: string): Promise<void> {
    // It drops what was asked before, a moment from now: before watchers hear of the unit and ask about the next one.
    const cleared = client.clearStore();
    showUnit(id);
    await cleared;
  }

  async function reload(): Promise<void> {
    const { data } = await client.query({ query: SessionDocument, fetchPolicy: 'network-only' });
    if (!data) throw new Error('The server sent no session.');
    await take(data);
    if (data.viewer) expired.value = false;
  }

  return {
    viewer,
    system,
    memberships,
    unit,
    expired,
    reload,
    async check() {
      const { data } = await client
        .query({ query: SessionDocument, fetchPolicy: 'no-cache' })
        .catch(() => ({ data: undefined }));
      if (!data || !viewer.value) return;
      if (!data.viewer) expired.value = true;
      else if (data.viewer.id === viewer.value.id) await take(data);
    },
    ready() {
      loaded ??= reload().catch((error: unknown) => {
        loaded = undefined;
        throw error;
      });
      return loaded;
    },
    switchUnit,
    async signOut() {
      await client.mutate({ mutation: SignOutDocument });
      viewer.value = null;
      await client.clearStore();
    },
  };
}

/** The session of this console. Call it in `setup`. */
export function useSession(): Session {
  const session = inject(sessionKey);
  if (!session) throw new Error('No session was provided.');
  return session;
}
