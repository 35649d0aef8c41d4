import type { RouteRecordRaw } from 'vue-router';
import type { Role } from './apollo/generated/graphql';
import { pageTitles, typeNames } from './texts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Reachable without being signed in. */
    public?: boolean;
    /** Only for these roles of the unit on the screen; others are told so. */
    roles?: Role[];
    title?: string;
  }
}

const admins: Role[] = ['ADMIN'];
const editors: Role[] = ['ADMIN', 'POWER_USER'];

const publicRoutes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    meta: { public: true, title: pageTitles.signIn },
    component: () => import('./features/sign-in/SignInPage.vue'),
  },
  {
    path: '/set-up',
    name: 'set-up',
    meta: { public: true, title: pageTitles.setUp },
    component: () => import('./features/sign-in/SetUpPage.vue'),
  },
  {
    path: '/invitation/:token',
    name: 'invitation',
    meta: { public: true, title: pageTitles.invitation },
    component: () => import('./features/sign-in/InvitationPage.vue'),
  },
  {
    path: '/unreachable',
    name: 'unreachable',
    meta: { public: true, title: pageTitles.noConnection },
    component: () => import('./features/sign-in/UnreachablePage.vue'),
  },
];

const adminRoutes: RouteRecordRaw[] = [
  { path: '', redirect: { name: 'plugins' } },
  {
    path: 'plugins',
    name: 'plugins',
    meta: { roles: admins, title: pageTitles.plugins },
    component: () => import('./features/plugins/PluginsPage.vue'),
  },
  {
    path: 'plugins/:id/:tab(about|settings|permissions|mappings)?',
    name: 'plugin',
    meta: { roles: admins, title: typeNames.PLUGIN },
    component: () => import('./features/plugins/PluginPage.vue'),
  },
  {
    path: 'workspaces',
    name: 'workspaces',
    meta: { roles: editors, title: pageTitles.workspaces },
    component: () => import('./features/workspaces/WorkspacesPage.vue'),
  },
  {
    path: 'workspaces/new',
    name: 'new-workspace',
    meta: { roles: editors, title: pageTitles.newWorkspace },
    component: () => import('./features/workspaces/WorkspaceFormPage.vue'),
  },
  {
    path: 'workspaces/:id',
    name: 'edit-workspace',
    meta: { roles: editors, title: typeNames.WORKSPACE },
    component: () => import('./features/workspaces/WorkspaceFormPage.vue'),
  },
  {
    path: 'profiles',
    name: 'profiles',
    meta: { roles: admins, title: pageTitles.profiles },
    component: () => import('./features/profiles/ProfilesPage.vue'),
  },
  {
    path: 'profiles/new',
    name: 'new-profile',
    meta: { roles: admins, title: pageTitles.newProfile },
    component: () => import('./features/profiles/ProfileFormPage.vue'),
  },
  {
    path: 'profiles/:id',
    name: 'edit-profile',
    meta: { roles: admins, title: typeNames.PROFILE },
    component: () => import('./features/profiles/ProfileFormPage.vue'),
  },
  {
    path: 'config-keys',
    name: 'config-keys',
    meta: { roles: admins, title: pageTitles.configKeys },
    component: () => import('./features/config-keys/ConfigKeysPage.vue'),
  },
  {
    path: 'config-keys/new',
    name: 'new-config-key',
    meta: { roles: admins, title: pageTitles.newConfigKey },
    component: () => import('./features/config-keys/ConfigKeyFormPage.vue'),
  },
  {
    path: 'config-keys/edit/:key',
    name: 'edit-config-key',
    meta: { roles: admins, title: typeNames.CONFIG_KEY },
    component: () => import('./features/config-keys/ConfigKeyFormPage.vue'),
  },
  {
    path: 'users',
    name: 'users',
    meta: { roles: admins, title: pageTitles.users },
    component: () => import('./features/users/UsersPage.vue'),
  },
  {
    path: 'safe-mode',
    name: 'safe-modes',
    meta: { roles: admins, title: pageTitles.safeMode },
    component: () => import('./features/safe-mode/pages/SafeModesPage.vue'),
  },
  {
    path: 'safe-mode/:id',
    name: 'safe-mode',
    meta: { roles: admins, title: pageTitles.safeMode },
    component: () => import('./features/safe-mode/pages/SafeModePage.vue'),
  },
  {
    path: 'api-tokens',
    name: 'api-tokens',
    meta: { roles: admins, title: pageTitles.apiTokens },
    component: () => import('./features/api-tokens/ApiTokensPage.vue'),
  },
  {
    path: 'history',
    name: 'history',
    meta: { roles: admins, title: pageTitles.history },
    component: () => import('./features/history/HistoryPage.vue'),
  },
  {
    path: 'history/:id',
    name: 'history-entry',
    meta: { roles: admins, title: pageTitles.history },
    component: () => import('./features/history/HistoryEntryPage.vue'),
  },
];

const shellRoutes: RouteRecordRaw[] = [
  {
    path: '',
    name: 'home',
    meta: { title: pageTitles.dashboard },
    component: () => import('./features/workspaces/HomePage.vue'),
  },
  {
    path: 'workspaces/:id',
    name: 'workspace',
    // Until its own name is known.
    meta: { title: typeNames.WORKSPACE },
    component: () => import('./features/workspaces/WorkspacePage.vue'),
  },
  {
    path: 'workspaces/:id/applications',
    name: 'applications',
    meta: { roles: editors, title: pageTitles.applicationSettings },
    component: () => import('./features/workspaces/ApplicationSettingsPage.vue'),
  },
  {
    path: 'account',
    name: 'account',
    meta: { title: pageTitles.account },
    component: () => import('./features/account/AccountPage.vue'),
  },
  {
    path: 'backup',
    name: 'backup',
    meta: { roles: admins, title: pageTitles.backup },
    component: () => import('./features/backup/BackupPage.vue'),
  },
  { path: 'admin', component: () => import('./features/shell/AdminSettings.vue'), children: adminRoutes },
  {
    path: ':path(.*)*',
    name: 'not-found',
    meta: { title: pageTitles.notFound },
    component: () => import('./features/shell/NotFoundPage.vue'),
  },
];

/** All pages; each loads when it is first opened. */
export const routes: RouteRecordRaw[] = [
  ...publicRoutes,
  { path: '/', component: () => import('./features/shell/AppShell.vue'), children: shellRoutes },
];
