import type { SafeModeBannerSubscription } from '../../../apollo/generated/graphql';

export type Presence = SafeModeBannerSubscription['safeModeBanner'][number];

/** The people, each once: one of them may be in several safe modes. */
export function peopleIn(presence: readonly Presence[]): Presence['user'][] {
  return [...new Map(presence.map(({ user }) => [user.id, user])).values()];
}

/** Since when somebody is in a safe mode; undefined where they are not. */
export function sinceOf(
  presence: readonly Presence[],
  userId: string | undefined,
  safeModeId: string | undefined,
): string | undefined {
  return presence.find((each) => each.user.id === userId && each.safeModeId === safeModeId)?.since;
}

/** Everybody but the viewer in the safe mode that this tab shows: that one the bar tells apart. */
export function besides(
  presence: readonly Presence[],
  userId: string | undefined,
  safeModeId: string | undefined,
): Presence[] {
  return presence.filter((each) => each.user.id !== userId || each.safeModeId !== safeModeId);
}
