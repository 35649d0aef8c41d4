const keyOf = (unitId: string) => `safeboard.profile.${unitId}`;

/** The profile last chosen for this unit in this browser; null is "Show all". */
export function rememberedProfile(unitId: string): string | null {
  try {
    return localStorage.getItem(keyOf(unitId));
  } catch {
    return null;
  }
}

export function rememberProfile(unitId: string, profileId: string | null): void {
  try {
    if (profileId === null) localStorage.removeItem(keyOf(unitId));
    else localStorage.setItem(keyOf(unitId), profileId);
  } catch {
    // Without storage the choice lasts for this visit only.
  }
}
