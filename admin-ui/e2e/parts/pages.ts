import type { RouteRecordRaw } from 'vue-router';
import { routes } from '../../src/routes';
import type { Api } from './api';
import { addProfile } from './edits';
import { startSafeMode } from './safe-mode';

interface Named {
  id: string;
  name: string;
}

/** The names of all pages of the console; those of a path with several forms once. */
export function pageNames(): { name: string; isPublic: boolean }[] {
  const named = (records: readonly RouteRecordRaw[]): { name: string; isPublic: boolean }[] =>
    records.flatMap(({ name, meta, children }) => [
      ...(name === undefined ? [] : [{ name: String(name), isPublic: meta?.public ?? false }]),
      ...named(children ?? []),
    ]);
  return named(routes);
}

/** An address for each page, with something on each. Makes what the sample unit has not. */
export async function addressesOf(api: Api): Promise<Record<string, string[]>> {
  interface Answer {
    unit: Record<'plugins' | 'workspaces' | 'profiles', { nodes: Named[] }> & {
      configKeys: { nodes: { key: string }[] };
      history: { nodes: { id: string }[] };
    };
  }
  const { unit } = await api.ask<Answer>(
    `query ($unitId: ID!) { unit(id: $unitId) {
       plugins(first: 50) { nodes { id name } } workspaces(first: 50) { nodes { id name } }
       profiles(first: 50) { nodes { id name } } configKeys(first: 50) { nodes { key } }
       history(first: 1) { nodes { id } } } }`,
    { unitId: api.unitId },
  );
  const workspace = unit.workspaces.nodes.find(({ name }) => name === 'News desk')?.id ?? '';
  const plugin = unit.plugins.nodes.find(({ name }) => name === 'Wire Desk')?.id ?? '';
  const safeMode = await startSafeMode(api, 'Election night');
  await addProfile(api, 'Election team', [workspace], safeMode);
  await api.ask('mutation ($unitId: ID!) { leaveSafeMode(unitId: $unitId) }', { unitId: api.unitId });

  return {
    'sign-in': ['/sign-in'],
    'set-up': ['/set-up?token=used-up'],
    invitation: ['/invitation/no-such-token'],
    unreachable: ['/unreachable'],
    home: ['/'],
    workspace: [`/workspaces/${workspace}`],
    applications: [`/workspaces/${workspace}/applications`],
    account: ['/account'],
    backup: ['/backup', '/backup?tab=export', '/backup?tab=import'],
    plugins: ['/admin/plugins'],
    plugin: ['about', 'settings', 'permissions', 'mappings'].map((tab) => `/admin/plugins/${plugin}/${tab}`),
    workspaces: ['/admin/workspaces'],
    'new-workspace': ['/admin/workspaces/new'],
    'edit-workspace': [`/admin/workspaces/${workspace}`],
    profiles: ['/admin/profiles'],
    'new-profile': ['/admin/profiles/new'],
    'edit-profile': [`/admin/profiles/${unit.profiles.nodes[0]?.id ?? ''}`],
    'config-keys': ['/admin/config-keys'],
    'new-config-key': ['/admin/config-keys/new'],
    'edit-config-key': [`/admin/config-keys/edit/${encodeURIComponent(unit.configKeys.nodes[0]?.key ?? '')}`],
    users: ['/admin/users'],
    'safe-modes': ['/admin/safe-mode'],
    'safe-mode': [`/admin/safe-mode/${safeMode}`],
    'api-tokens': ['/admin/api-tokens'],
    history: ['/admin/history'],
    'history-entry': [`/admin/history/${unit.history.nodes[0]?.id ?? ''}`],
    'not-found': ['/no/such/page'],
  };
}
