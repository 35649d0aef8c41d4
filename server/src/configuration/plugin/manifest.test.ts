import { type Json } from '../../change/core/json';
import { manifestFaults } from './manifest';

const whole: Record<string, Json> = {
  bundle: 'org.example.Weather-Map_2',
  name: 'Weather map',
  author: [{ name: 'Ada', organization: 'Example', email: 'ada@example.org', website: 'www.example.org' }],
  version: '1.4.0-beta.2',
  description: 'Shows the weather.',
  graphic_url: 'https://example.org/icon.png',
  thumbnail_url: '',
  markdown_url: 'http://example.org/readme.md',
  wiki_url: 'https://example.org/wiki',
  page_url: 'https://example.org/page',
  allowRunInModal: false,
  buildVersion: 1700000000000,
  kind: 'widget',
  permissions: [{ id: 'edit', title: 'Edit the map' }],
  requires: { actions: ['open'], portals: [] },
  exposes: { portals: ['map'] },
  secretKeys: ['apiKey'],
  somethingElse: { kept: true },
};
const smallest = { bundle: 'org.example.q', name: 'Q', author: { name: 'Ada' }, version: '1.0.0' };

const faults = (value: Json) => manifestFaults(value).map(({ path, message }) => `${path} ${message}`);

test('a whole manifest and the smallest one are fine', () => {
  expect(faults(whole)).toEqual([]);
  expect(faults(smallest)).toEqual([]);
});

test('every required field that is missing is listed', () => {
  expect(faults({})).toEqual([
    '/bundle is missing',
    '/name is missing',
    '/version is missing',
    '/author is missing',
  ]);
});

test('every fault is listed with its place', () => {
  const broken = {
    bundle: 'not a bundle',
    name: '',
    author: [{ name: 1 }],
    version: '1',
    page_url: 'javascript:alert(1)',
    allowRunInModal: 'yes',
    kind: 'game',
    permissions: [{ id: 'a' }, { id: 'a' }],
    requires: { actions: 'open' },
    secretKeys: [''],
  };
  expect(
    manifestFaults(broken)
      .map(({ path }) => path)
      .sort(),
  ).toEqual([
    '/allowRunInModal',
    '/author/0/name',
    '/bundle',
    '/kind',
    '/name',
    '/page_url',
    '/permissions',
    '/requires/actions',
    '/secretKeys/0',
    '/version',
  ]);
});

test('what is no object at all has one fault', () => {
  expect(faults('text')).toEqual([' must be a JSON object']);
  expect(manifestFaults(undefined)).toHaveLength(1);
  expect(manifestFaults(null)).toHaveLength(1);
});
