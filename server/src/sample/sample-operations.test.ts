import { type Actor } from '../access/actor';
import { edit } from '../change/core/recording/edit';
import { emptySlice } from '../change/core/slice';
import { type Change, type Kind } from '../change/core/task';
import {
  declaredExposures,
  declaredPermissions,
  declaredRequirements,
  declaredSecretKeys,
} from '../configuration/plugin/declared';
import { asManifest } from '../configuration/plugin/manifest';
import { type ConfigKey } from '../configuration/config-key/config-key';
import { type Plugin } from '../configuration/plugin/plugin';
import { type Profile } from '../configuration/profile/profile';
import { layouts } from '../configuration/workspace/layout';
import { type Workspace } from '../configuration/workspace/workspace';
import { sampleOperations } from './sample-operations';

const actor: Actor = {
  userId: 'the-admin',
  email: 'admin@example.org',
  name: 'Admin',
  organisationAdmin: true,
  roles: new Map([['the-unit', 'ADMIN']]),
  via: { kind: 'session', id: 'the-session' },
};

const counting = () => {
  let count = 0;
  return () => `id-${++count}`;
};

const sample = edit(emptySlice(), sampleOperations(actor, counting()));
const created = <T>(kind: Kind) =>
  new Map(
    sample.changes
      .filter((change: Change) => change.kind === kind)
      .map(({ id, after }) => [id, after as unknown as T]),
  );
const plugins = created<Plugin>('PLUGIN');
const workspaces = created<Workspace>('WORKSPACE');
const profiles = created<Profile>('PROFILE');
const configKeys = created<ConfigKey>('CONFIG_KEY');

describe('the sample unit', () => {
  test('is created in one edit without a conflict', () => {
    expect(sample.conflicts).toEqual([]);
    expect([plugins.size, workspaces.size, profiles.size, configKeys.size]).toEqual([13, 8, 5, 40]);
  });

  test('is the same each time but for its ids', () => {
    const again = sampleOperations(actor, counting(), new Date(0)).map(({ value }) => value);
    expect(sampleOperations(actor, counting(), new Date(1)).map(({ value }) => value)).toEqual(again);
  });

  test('gives every object and application an id of its own', () => {
    const applications = [...workspaces.values()].flatMap((workspace) => Object.keys(workspace.applications));
    const ids = [...plugins.keys(), ...workspaces.keys(), ...profiles.keys(), ...applications];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has plugins of every kind, one of them disabled', () => {
    const kindsFound = new Set([...plugins.values()].map(({ manifest }) => asManifest(manifest).kind));
    expect(kindsFound).toEqual(new Set(['application', 'widget', 'agent', 'health']));
    expect([...plugins.values()].filter(({ enabled }) => !enabled)).toHaveLength(1);
  });

  test('serves everything that a plugin requires by something that another one exposes', () => {
    for (const { manifest, mappings } of plugins.values()) {
      expect(Object.keys(mappings).sort()).toEqual([...(declaredRequirements(manifest) ?? [])].sort());
      for (const { pluginId, name } of Object.values(mappings)) {
        expect(declaredExposures(plugins.get(pluginId)?.manifest ?? {})).toContain(name);
      }
    }
  });

  test('gives every permission that a plugin declares to somebody', () => {
    for (const { manifest, permissions } of plugins.values()) {
      expect(Object.keys(permissions).sort()).toEqual([...(declaredPermissions(manifest) ?? [])].sort());
    }
  });

  test('has a value, marked as sample, for every secret', () => {
    const secretsOf = ({ manifest, configuration }: Plugin) =>
      declaredSecretKeys(manifest).map((key) => configuration[key]);
    const secrets = [
      ...[...plugins.values()].flatMap(secretsOf),
      ...[...configKeys.values()].filter(({ secret }) => secret).map(({ value }) => value),
    ];
    expect(secrets.length).toBeGreaterThan(8);
    for (const secret of secrets) expect(JSON.stringify(secret)).toContain('sample-only');
  });

  test('shows every layout, all areas of each in use', () => {
    expect(new Set([...workspaces.values()].map(({ layout }) => layout))).toEqual(
      new Set(Object.keys(layouts)),
    );
    for (const { layout, applications } of workspaces.values()) {
      const areas = new Set(Object.values(applications).map(({ area }) => area));
      expect(areas).toEqual(new Set(layouts[layout]));
    }
  });

  test('has one private workspace, owned by the admin', () => {
    const hidden = [...workspaces.values()].filter(({ shared }) => !shared);
    expect(hidden).toMatchObject([{ name: 'My corner', owner: 'admin@example.org' }]);
  });

  test('has a profile for admins only, and every workspace in some profile', () => {
    expect([...profiles.values()].filter(({ roles }) => roles.length === 0)).toHaveLength(1);
    const shown = new Set([...profiles.values()].flatMap((profile) => profile.workspaces));
    expect(shown).toEqual(new Set(workspaces.keys()));
  });
});
