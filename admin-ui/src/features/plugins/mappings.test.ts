import { candidatesFor, mappingsOf } from './mappings';

const servers = [
  {
    bundle: 'com.a',
    name: 'A',
    enabled: true,
    manifest: { exposes: { actions: ['open', 'close'], portals: ['open'] } },
  },
  { bundle: 'com.b', name: 'B', enabled: false, manifest: {} },
];

test('an action is served by exposed actions only, not by a portal of the same name', () => {
  expect(candidatesFor({ type: 'action', id: 'x' }, servers).map(({ served }) => served)).toEqual([
    { bundle: 'com.a', name: 'open' },
    { bundle: 'com.a', name: 'close' },
  ]);
  expect(candidatesFor({ type: 'portal', id: 'x' }, servers)).toEqual([
    { label: 'A: open', served: { bundle: 'com.a', name: 'open' } },
  ]);
});

test('stored mappings of another shape are left out', () => {
  expect(mappingsOf({ a: { bundle: 'com.a', name: 'open' }, b: 3, c: { bundle: 'x' } })).toEqual({
    a: { bundle: 'com.a', name: 'open' },
  });
  expect(mappingsOf(null)).toEqual({});
});
