import { manifestOf, webUrl } from './manifest';

test('a manifest is read field by field', () => {
  const manifest = manifestOf({
    bundle: 'com.example.desk',
    name: 'Desk',
    version: '1.0.0',
    author: [{ name: 'Ada', organization: 'Press', email: 'ada@example.com' }, { email: 'only@example.com' }],
    kind: 'widget',
    page_url: 'https://desk.example/page',
    thumbnail_url: 'https://desk.example/small.png',
    graphic_url: 'https://desk.example/big.png',
    permissions: [{ id: 'edit', title: 'Edit' }, { id: 'see' }, { title: 'no id' }],
    requires: { actions: ['open'], portals: ['side'] },
    exposes: { actions: ['close'] },
    secretKeys: ['token'],
  });
  expect(manifest).toMatchObject({
    kind: 'widget',
    pageUrl: 'https://desk.example/page',
    picture: 'https://desk.example/small.png',
    authors: ['Ada, Press (ada@example.com)', 'only@example.com'],
    permissions: [
      { id: 'edit', title: 'Edit' },
      { id: 'see', title: 'see' },
    ],
    requires: [
      { type: 'action', id: 'open' },
      { type: 'portal', id: 'side' },
    ],
    exposes: [{ type: 'action', id: 'close' }],
    secretKeys: ['token'],
  });
});

test('a manifest of another shape gives an application with nothing', () => {
  for (const value of [null, 3, 'text', [], { author: 3, permissions: 'x', requires: [] }]) {
    expect(manifestOf(value)).toMatchObject({
      kind: 'application',
      permissions: [],
      requires: [],
      exposes: [],
    });
  }
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/relative', '', 3, null])(
  'only addresses on the web become links and frames: %p',
  (value) => {
    expect(webUrl(value)).toBeUndefined();
  },
);
