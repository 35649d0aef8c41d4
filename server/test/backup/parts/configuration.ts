import { type Change, type ConfigurationObject, type Kind } from '../../../src/change/core/task';

export const clockId = '01900000-0000-7000-8000-00000000c10c';
export const wireId = '01900000-0000-7000-8000-00000000a1e0';
export const deskId = '01900000-0000-7000-8000-0000000d1234';
export const ownId = '01900000-0000-7000-8000-0000000d5678';
export const everybodyId = '01900000-0000-7000-8000-0000000f1234';
export const theSecret = 'k-9f41c-very-secret';

const manifest = (bundle: string, name: string, more: object = {}) => ({
  bundle,
  name,
  author: {
    name: 'A. Writer',
    organization: 'Board',
    email: 'a@example.org',
    website: 'https://example.org',
  },
  version: '1.2.0',
  ...more,
});

const created = (kind: Kind, id: string, after: object): Change => ({
  kind,
  id,
  after: after as ConfigurationObject,
});

export const aConfigKey = (key: string, value: unknown, more: object = {}): Change =>
  created('CONFIG_KEY', key, { key, value, secret: false, ...more });

/** Creates a small configuration with everything that a unit can hold. */
export const someConfiguration = (): Change[] => [
  created('PLUGIN', clockId, {
    bundle: 'org.example.clock',
    manifest: manifest('org.example.clock', 'Clock', {
      secretKeys: ['apiKey'],
      requires: { actions: ['open.story'], portals: [] },
      unknown: { kept: [1, 2.5, null] },
    }),
    enabled: true,
    configuration: { zone: 'Europe/Vienna', apiKey: { id: 7, key: theSecret }, __proto__x: 1 },
    permissions: { 'clock.set': ['ADMIN', 'POWER_USER'] },
    mappings: { 'open.story': { pluginId: wireId, name: 'openStory' } },
  }),
  created('PLUGIN', wireId, {
    bundle: 'org.example.wire',
    manifest: manifest('org.example.wire', 'Wire', { exposes: { actions: ['openStory'], portals: [] } }),
    manifestUrl: 'https://plugins.example.org/wire.json',
    enabled: false,
    configuration: {},
    permissions: {},
    mappings: {},
  }),
  created('WORKSPACE', deskId, {
    name: 'News desk – Zürich',
    icon: { initials: 'ND', colour: '#224466' },
    layout: 'two-columns',
    shared: true,
    applications: {
      '01900000-0000-7000-8000-000000000a01': {
        pluginId: clockId,
        area: 'side',
        position: 1,
        configuration: { size: 2, '10': 'b', '9': 'a' },
      },
      '01900000-0000-7000-8000-000000000a02': {
        pluginId: wireId,
        area: 'main',
        position: -3,
        configuration: {},
      },
    },
  }),
  created('WORKSPACE', ownId, {
    name: 'Mine',
    layout: 'single',
    shared: false,
    owner: 'gone@example.org',
    applications: {},
  }),
  created('PROFILE', everybodyId, {
    name: 'Everybody',
    roles: ['ADMIN', 'USER'],
    workspaces: [ownId, deskId],
  }),
  created('PROFILE', '01900000-0000-7000-8000-0000000f5678', {
    name: 'Admins only',
    roles: [],
    workspaces: [],
  }),
  aConfigKey('banner', 'Good morning', { description: 'Shown on top' }),
  aConfigKey('feed', { url: 'https://feed.example.org', token: theSecret, tags: ['ü'] }, { secret: true }),
  aConfigKey('\u{ff5e}', 1.5),
  aConfigKey('\u{1f600}', [true, false, null]),
];
