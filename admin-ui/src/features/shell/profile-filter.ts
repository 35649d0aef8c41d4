/**
 * The workspaces that show under a profile, in its order; without one, all. A workspace of the profile that the
 * viewer may not see is skipped.
 */
export function workspacesOf<Workspace extends { id: string }>(
  all: readonly Workspace[],
  profile: { workspaces: readonly { id: string }[] } | null,
): Workspace[] {
  if (!profile) return [...all];
  const byId = new Map(all.map((workspace) => [workspace.id, workspace]));
  return profile.workspaces.flatMap(({ id }) => byId.get(id) ?? []);
}
