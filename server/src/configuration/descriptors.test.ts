import { aConfigKey, aPlugin, aProfile, aWorkspace } from '../change/core/testing/builders';
import { type Json } from '../change/core/json';
import { type ConfigurationObject, type Kind } from '../change/core/task';
import { descriptors } from './descriptors';

const faults = (kind: Kind, value: ConfigurationObject) =>
  descriptors[kind].validate(value).map(({ path, message }) => `${path} ${message}`);
const paths = (kind: Kind, value: ConfigurationObject) =>
  descriptors[kind].validate(value).map(({ path }) => path);

const manifest = { bundle: 'org.example.q', name: 'Q', version: '1.2.0', author: { name: 'Somebody' } };
const application = { pluginId: 'q', area: 'main', position: 0, configuration: {} };
const nested = (levels: number): Json => (levels === 0 ? 1 : { a: nested(levels - 1) });

test('what the builders make is valid', () => {
  expect(faults('PLUGIN', aPlugin('q'))).toEqual([]);
  expect(faults('WORKSPACE', aWorkspace('w'))).toEqual([]);
  expect(faults('PROFILE', aProfile('p'))).toEqual([]);
  expect(faults('CONFIG_KEY', aConfigKey('k'))).toEqual([]);
});

describe('any object', () => {
  test('names are there, not empty, and at most 200 characters', () => {
    expect(faults('PROFILE', aProfile('p', { name: ' ' }))).toEqual(['/name must not be empty']);
    expect(paths('PROFILE', aProfile('p', { name: 'x'.repeat(201) }))).toEqual(['/name']);
    expect(paths('PROFILE', aProfile('p', { name: 'x'.repeat(200) }))).toEqual([]);
    expect(faults('WORKSPACE', { ...aWorkspace('w'), name: undefined })).toEqual(['/name is missing']);
    expect(paths('CONFIG_KEY', aConfigKey('k', { key: 'x'.repeat(256) }))).toEqual(['/key']);
    expect(paths('CONFIG_KEY', aConfigKey('k', { key: 'x'.repeat(255) }))).toEqual([]);
  });

  test('a name that grows too long without case is refused', () => {
    expect(paths('PROFILE', aProfile('p', { name: 'ß'.repeat(200) }))).toEqual(['/name']);
  });

  test('every fault is listed', () => {
    expect(
      paths('WORKSPACE', { name: '', layout: 'round', shared: 'yes', applications: [], more: 1 }),
    ).toEqual(['/more', '/name', '/layout', '/shared', '/applications']);
  });

  test('JSON is at most 64 levels deep', () => {
    expect(paths('CONFIG_KEY', aConfigKey('k', { value: nested(63) }))).toEqual([]);
    expect(paths('CONFIG_KEY', aConfigKey('k', { value: nested(64) }))).toHaveLength(1);
  });

  test('integers that would not be kept are refused', () => {
    expect(
      paths('CONFIG_KEY', aConfigKey('k', { value: [2 ** 53 - 1, -(2 ** 53 - 1), 0.1, 1e300] })),
    ).toEqual([]);
    expect(paths('CONFIG_KEY', aConfigKey('k', { value: { n: 2 ** 53 } }))).toEqual(['/value/n']);
  });

  test('text that a database would not keep is refused, in keys too', () => {
    expect(paths('CONFIG_KEY', aConfigKey('k', { value: 'a\u0000b' }))).toEqual(['/value']);
    expect(paths('CONFIG_KEY', aConfigKey('k', { value: { '\ud800': 1 } }))).toEqual(['/value/\ud800']);
    expect(paths('CONFIG_KEY', aConfigKey('k', { value: '😀' }))).toEqual([]);
  });

  test('an object larger than a line of a backup is refused', () => {
    expect(paths('CONFIG_KEY', aConfigKey('k', { value: 'x'.repeat(8 * 1024 * 1024) }))).toEqual(['']);
  });
});

describe('config keys', () => {
  test('a value is never null nor absent', () => {
    expect(paths('CONFIG_KEY', aConfigKey('k', { value: null }))).toEqual(['/value']);
    expect(paths('CONFIG_KEY', { key: 'k', secret: false })).toEqual(['/value']);
  });

  test('the value of a secret one is secret', () => {
    expect(descriptors.CONFIG_KEY.secrets(aConfigKey('k', { secret: true }))).toEqual(['/value']);
    expect(descriptors.CONFIG_KEY.secrets(aConfigKey('k'))).toEqual([]);
  });
});

describe('profiles', () => {
  test('roles are known and workspaces named once', () => {
    expect(paths('PROFILE', { ...aProfile('p'), roles: ['KING'], workspaces: ['w', 'w'] })).toEqual([
      '/roles/0',
      '/workspaces',
    ]);
  });
});

describe('workspaces', () => {
  test('an application is in an area of the layout', () => {
    const value = aWorkspace('w', { applications: { a: { ...application, area: 'side' } } });
    expect(paths('WORKSPACE', value)).toEqual(['/applications/a/area']);
    expect(paths('WORKSPACE', { ...value, layout: 'two-columns' })).toEqual([]);
  });

  test('only what had the area before is moved out of an area that vanishes', () => {
    const before = aWorkspace('w', {
      layout: 'top-and-columns',
      applications: { a: { ...application, area: 'left' } },
    });
    const after = {
      ...before,
      layout: 'single',
      applications: { ...before.applications, b: { ...application, area: 'left' } },
    };
    expect(descriptors.WORKSPACE.settle(after, before)).toMatchObject({
      applications: { a: { area: 'main' }, b: { area: 'left' } },
    });
  });

  test('an icon is initials with a colour or a picture that is what it says', () => {
    const png = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\n----', 'latin1').toString('base64')}`;
    const icons: [Json, string[]][] = [
      [{ initials: 'AB', colour: '#3366cc' }, []],
      [{ initials: 'AB', colour: 'red;background:url(x)' }, ['/icon/colour']],
      [{ picture: png }, []],
      [{ picture: png.replace('png', 'jpeg') }, ['/icon/picture']],
      [{ picture: 'data:image/svg+xml;base64,AAAA' }, ['/icon/picture']],
      [{ picture: `data:image/png;base64,${Buffer.alloc(65 * 1024).toString('base64')}` }, ['/icon/picture']],
      [{ picture: png, initials: 'AB' }, ['/icon']],
      ['AB', ['/icon']],
    ];
    for (const [icon, expected] of icons)
      expect(paths('WORKSPACE', aWorkspace('w', { icon }))).toEqual(expected);
  });
});

describe('plugins', () => {
  const mapping = { pluginId: 'q', name: 'show' };

  test('the manifest is of the bundle', () => {
    expect(paths('PLUGIN', aPlugin('q', { manifest: { ...manifest, bundle: 'org.example.other' } }))).toEqual(
      ['/manifest/bundle'],
    );
  });

  test('permissions and mappings are such as the manifest lists, where it lists any', () => {
    const said = { permissions: { edit: ['USER' as const] }, mappings: { open: mapping } };
    expect(paths('PLUGIN', aPlugin('q', said))).toEqual([]);
    const listing = {
      ...manifest,
      permissions: [{ id: 'view', title: 'View' }],
      requires: { actions: ['close'] },
    };
    expect(paths('PLUGIN', aPlugin('q', { ...said, manifest: listing }))).toEqual([
      '/permissions/edit',
      '/mappings/open',
    ]);
  });

  test('a new manifest takes with it what it no longer lists', () => {
    const before = aPlugin('q', {
      permissions: { edit: ['USER'], view: ['USER'] },
      mappings: { open: mapping },
    });
    const listing = { ...manifest, permissions: [{ id: 'view' }], requires: { portals: ['close'] } };
    expect(descriptors.PLUGIN.settle({ ...before, manifest: listing }, before)).toMatchObject({
      permissions: { view: ['USER'] },
      mappings: {},
    });
  });

  test('the configuration keys that the manifest names hold secrets, configured or not', () => {
    const value = aPlugin('q', {
      manifest: { ...manifest, secretKeys: ['api/key', 'absent'] },
      configuration: { 'api/key': 1, open: 2 },
    });
    expect(descriptors.PLUGIN.secrets(value)).toEqual(['/configuration/api~1key', '/configuration/absent']);
  });

  test('an installed bundle is never changed', () => {
    const before = aPlugin('q');
    expect(descriptors.PLUGIN.validateEdit(before, { ...before, bundle: 'org.example.other' })).toHaveLength(
      1,
    );
  });
});
