import { type ConfigurationClient } from '../parts/configuration';
import { type SafeModeAnswer, type SafeModeClient } from '../parts/safe-modes';
import { Edits, type Everything } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Reads that name a safe mode: the configuration as it would be; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

describe('single objects', () => {
  test('are shown as they would be, found by id, bundle and key, to the owner and to whoever previews', async () => {
    const { plugin } = await room.live.installPlugin('org.single.changed', {}, { configuration: { a: 1 } });
    const { plugin: removed } = await room.live.installPlugin('org.single.removed');
    const { workspace } = await room.live.createWorkspace('Single');
    const { profile } = await room.live.createProfile('Single');
    await room.live.setConfigKey('single.changed', { value: 1 });
    await room.live.setConfigKey('single.removed', { value: 1 });

    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, { configuration: { a: 2 }, enabled: false });
    await mine.removePlugin(removed.id);
    const { plugin: added } = await mine.installPlugin('org.single.added');
    await mine.updateWorkspace(workspace.id, { name: 'Single, renamed' });
    await mine.deleteProfile(profile.id);
    await mine.setConfigKey('single.changed', { value: { b: 2 } });
    await mine.removeConfigKey('single.removed');
    await mine.setConfigKey('single.added', { value: 3 });

    const byBundle = async (as: ConfigurationClient, bundle: string) =>
      (await as.unit<{ plugin: object | null }>(`plugin(bundle: "${bundle}") { id enabled }`)).plugin;
    for (const as of [room.admin.in(safeMode), room.grace.in(safeMode)]) {
      const seen = new Edits(as);
      expect(await seen.plugin(plugin.id)).toMatchObject({ configuration: { a: 2 }, enabled: false });
      expect(await byBundle(as, 'ORG.single.changed')).toEqual({ id: plugin.id, enabled: false });
      expect(await seen.plugin(removed.id)).toBeNull();
      expect(await byBundle(as, 'org.single.removed')).toBeNull();
      expect(await byBundle(as, 'org.single.added')).toEqual({ id: added.id, enabled: true });
      expect(await seen.workspace(workspace.id)).toMatchObject({ name: 'Single, renamed' });
      expect(await seen.profile(profile.id)).toBeNull();
      expect(await seen.configKey('single.changed')).toMatchObject({ value: { b: 2 } });
      expect(await seen.configKey('single.removed')).toBeNull();
      expect(await seen.configKey('single.added')).toMatchObject({ value: 3 });
    }
    expect(await byBundle(room.grace.configuration, 'org.single.added')).toBeNull();
    expect(await room.others.plugin(added.id)).toBeNull();
    expect(await room.others.profile(profile.id)).toMatchObject({ name: 'Single' });
  });

  test('follow what is live wherever the safe mode does not touch them', async () => {
    const { workspace } = await room.live.createWorkspace('Follows');
    const [, mine] = await room.recording();
    await mine.updateWorkspace(workspace.id, { name: 'Follows, mine' });
    await room.others.updateWorkspace(workspace.id, { shared: false, layout: 'two-columns' });
    expect(await mine.workspace(workspace.id)).toMatchObject({
      name: 'Follows, mine',
      shared: false,
      layout: 'two-columns',
    });
  });
});

describe('lists', () => {
  let unit: SafeModeClient;
  let safeMode: SafeModeAnswer;
  beforeAll(async () => {
    unit = await room.anotherUnit('Lists');
    const live = new Edits(unit.configuration);
    const ids = new Map<string, string>();
    for (const letter of ['b', 'c', 'd', 'e', 'f', 'g']) {
      const bundle = `org.list.${letter}`;
      const { plugin } = await live.installPlugin(bundle, { name: `Plugin ${letter}` });
      const { workspace } = await live.createWorkspace(`Workspace ${letter}`);
      const { profile } = await live.createProfile(`Profile ${letter}`);
      await live.setConfigKey(`key.${letter}`, { value: letter });
      ids.set(`plugin ${letter}`, plugin.id);
      ids.set(`workspace ${letter}`, workspace.id);
      ids.set(`profile ${letter}`, profile.id);
    }
    safeMode = await unit.start();
    const mine = new Edits(unit.in(safeMode));
    // c goes to the end, e goes, a comes at the head, d2 in the middle.
    const bundle = 'org.list.c';
    await mine.updatePlugin(ids.get('plugin c')!, {
      ...{ bundle, name: 'Plugin Z', version: '2.0.0', author: { name: 'Somebody' } },
    });
    await mine.updateWorkspace(ids.get('workspace c')!, { name: 'WORKSPACE Z' });
    await mine.updateProfile(ids.get('profile c')!, { name: 'PROFILE Z' });
    await mine.removePlugin(ids.get('plugin e')!);
    await mine.deleteWorkspace(ids.get('workspace e')!);
    await mine.deleteProfile(ids.get('profile e')!);
    await mine.removeConfigKey('key.e');
    for (const letter of ['d2', 'a']) {
      await mine.installPlugin(`org.list.${letter}`, { name: `Plugin ${letter}` });
      await mine.createWorkspace(`Workspace ${letter}`);
      await mine.createProfile(`Profile ${letter}`);
      await mine.setConfigKey(`key.${letter}`, { value: letter });
    }
  });

  interface Page {
    nodes: Record<string, string>[];
    totalCount: number;
    pageInfo: { endCursor: string | null; hasNextPage: boolean; hasPreviousPage: boolean };
  }
  const page = (kind: keyof Everything, field: string, given: string) =>
    new Edits(unit.in(safeMode)).list<Page>(
      kind,
      given,
      `nodes { ${field} } totalCount pageInfo { endCursor hasNextPage hasPreviousPage }`,
    );
  const shown = async (kind: keyof Everything, field: string, given = '(first: 50)') => {
    const { nodes, totalCount } = await page(kind, field, given);
    expect(totalCount).toBe(nodes.length);
    return nodes.map((node) => node[field]);
  };
  const letters = (prefix: string, ...named: string[]) => named.map((letter) => prefix + letter);

  test('have what would be there, in its order, and count it', async () => {
    expect(await shown('plugins', 'name')).toEqual(letters('Plugin ', 'a', 'b', 'd', 'd2', 'f', 'g', 'Z'));
    expect(await shown('workspaces', 'name')).toEqual([
      ...letters('Workspace ', 'a', 'b', 'd', 'd2', 'f', 'g'),
      'WORKSPACE Z',
    ]);
    expect(await shown('profiles', 'name')).toEqual([
      ...letters('Profile ', 'a', 'b', 'd', 'd2', 'f', 'g'),
      'PROFILE Z',
    ]);
    expect(await shown('configKeys', 'key')).toEqual(letters('key.', 'a', 'b', 'c', 'd', 'd2', 'f', 'g'));
  });

  test('can be ordered otherwise, and from the end', async () => {
    expect(await shown('plugins', 'name', '(orderBy: { field: BUNDLE })')).toEqual(
      letters('Plugin ', 'a', 'b', 'Z', 'd', 'd2', 'f', 'g'),
    );
    expect(await shown('profiles', 'name', '(orderBy: { field: NAME, direction: DESCENDING })')).toEqual([
      'PROFILE Z',
      ...letters('Profile ', 'g', 'f', 'd2', 'd', 'b', 'a'),
    ]);
  });

  test('are searched in what would be there', async () => {
    expect(await shown('workspaces', 'name', '(search: "workspace D")')).toEqual([
      'Workspace d',
      'Workspace d2',
    ]);
    expect(await shown('workspaces', 'name', '(search: "workspace z")')).toEqual(['WORKSPACE Z']);
    expect(await shown('workspaces', 'name', '(search: "workspace c")')).toEqual([]);
    expect(await shown('profiles', 'name', '(search: "profile e")')).toEqual([]);
    expect(await shown('configKeys', 'key', '(search: ".d2")')).toEqual(['key.d2']);
  });

  test.each([1, 2, 3, 7])('are read in pages of %i without a gap or a double', async (first) => {
    const names: (string | undefined)[] = [];
    let after = '';
    for (let pages = 0; pages < 10; pages++) {
      const { nodes, totalCount, pageInfo } = await page(
        'workspaces',
        'name',
        `(first: ${first}${after && `, after: "${after}"`})`,
      );
      expect(totalCount).toBe(7);
      expect(pageInfo.hasPreviousPage).toBe(after !== '');
      names.push(...nodes.map(({ name }) => name));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor!;
    }
    expect(names).toEqual([...letters('Workspace ', 'a', 'b', 'd', 'd2', 'f', 'g'), 'WORKSPACE Z']);
  });
});

test('references are those that would be, in both directions', async () => {
  const serves = { exposes: { actions: ['serve'], portals: [] } };
  const { plugin: old } = await room.live.installPlugin('org.refers.old', serves);
  const { plugin: asking } = await room.live.installPlugin(
    'org.refers.asking',
    { requires: { actions: ['need'], portals: [] } },
    { mappings: { need: { bundle: 'org.refers.old', name: 'serve' } } },
  );
  const applications = [{ pluginId: asking.id, area: 'main' }];
  const { workspace } = await room.live.createWorkspace('Refers', { applications });
  const { workspace: kept } = await room.live.createWorkspace('Refers, kept');
  const { profile } = await room.live.createProfile('Refers', { workspaceIds: [workspace.id, kept.id] });
  const { profile: leaving } = await room.live.createProfile('Refers no more', {
    workspaceIds: [workspace.id],
  });

  const [, mine] = await room.recording();
  await mine.updatePlugin(asking.id, {
    ...{ bundle: 'org.refers.asking', name: 'Asking', version: '2.0.0', author: { name: 'Somebody' } },
    requires: { actions: ['need'], portals: [] },
  });
  await mine.installPlugin('org.refers.new', serves);
  await mine.configurePlugin(asking.id, { mappings: { need: { bundle: 'org.refers.new', name: 'serve' } } });
  await mine.removePlugin(old.id);
  await mine.updateWorkspace(workspace.id, { name: 'Refers, renamed' });
  await mine.updateProfile(profile.id, { name: 'Refers too' });
  await mine.updateProfile(leaving.id, { workspaceIds: [] });
  const { profile: joining } = await mine.createProfile('Refers from now on', {
    workspaceIds: [kept.id, workspace.id],
  });

  expect(await mine.plugin(asking.id)).toMatchObject({
    name: 'Asking',
    mappings: { need: { bundle: 'org.refers.new', name: 'serve' } },
  });
  const { workspace: seen } = await mine.client.unit<{ workspace: object }>(
    `workspace(id: "${workspace.id}") { profiles { name workspaces { name } } applications { plugin { name version } } }`,
  );
  expect(seen).toEqual({
    profiles: [
      { name: 'Refers too', workspaces: [{ name: 'Refers, renamed' }, { name: 'Refers, kept' }] },
      { name: 'Refers from now on', workspaces: [{ name: 'Refers, kept' }, { name: 'Refers, renamed' }] },
    ],
    applications: [{ plugin: { name: 'Asking', version: '2.0.0' } }],
  });
  expect((await mine.profile(joining.id))!.workspaces.map(({ name }) => name)).toEqual([
    'Refers, kept',
    'Refers, renamed',
  ]);
  expect((await room.live.workspace(workspace.id))!.profiles.map(({ name }) => name)).toEqual([
    'Refers',
    'Refers no more',
  ]);
});

describe('changes that are in conflict', () => {
  test('are left out, and marked; the others show', async () => {
    const { profile } = await room.live.createProfile('Left out', { roles: ['USER'] });
    const { workspace } = await room.live.createWorkspace('Left out');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Left out, mine', roles: [] });
    await mine.deleteWorkspace(workspace.id);
    await mine.setConfigKey('left.in', { value: 1 });
    await room.others.updateProfile(profile.id, { name: 'Left out, hers' });
    await room.others.updateWorkspace(workspace.id, { shared: false });

    expect(await mine.profile(profile.id)).toMatchObject({ name: 'Left out, hers', roles: ['USER'] });
    expect(await mine.workspace(workspace.id)).toMatchObject({ name: 'Left out', shared: false });
    expect(await mine.configKey('left.in')).toMatchObject({ value: 1 });
    const { tasks, conflictCount } = await room.admin.find(safeMode.id);
    expect(conflictCount).toBe(2);
    expect(tasks.map(({ conflicts }) => conflicts.map(({ code }) => code))).toEqual([
      ['FIELD_CHANGED'],
      ['DELETE_OF_CHANGED'],
      [],
    ]);
  });

  test('that create something can be read by id, as drafts, and are in no list', async () => {
    const [, mine] = await room.recording();
    const { profile } = await mine.createProfile('Draft', { roles: ['USER'] });
    const { plugin } = await mine.installPlugin('org.draft', {}, { configuration: { mine: true } });
    const applications = [{ pluginId: plugin.id, area: 'main' }];
    const { workspace } = await mine.createWorkspace('Draft of a workspace', { applications });
    const { profile: hers } = await room.others.createProfile('draft');
    await room.others.installPlugin('ORG.draft', {}, { configuration: { hers: true } });

    expect(await mine.profile(profile.id)).toMatchObject({ name: 'Draft', roles: ['USER'] });
    expect(await mine.plugin(plugin.id)).toMatchObject({ configuration: { mine: true } });
    expect(await mine.workspace(workspace.id)).toMatchObject({
      name: 'Draft of a workspace',
      applications: [{ plugin: { id: plugin.id } }],
    });
    const found = async (kind: keyof Everything, search: string) =>
      mine.list<{ nodes: { id: string }[]; totalCount: number }>(
        kind,
        `(search: "${search}")`,
        'nodes { id } totalCount',
      );
    expect(await found('profiles', 'draft')).toEqual({ nodes: [{ id: hers.id }], totalCount: 1 });
    expect(await found('workspaces', 'draft of a')).toEqual({ nodes: [], totalCount: 0 });
    const byBundle = await mine.client.unit<{ plugin: object }>(
      'plugin(bundle: "org.draft") { configuration }',
    );
    expect(byBundle.plugin).toEqual({ configuration: { hers: true } });
    expect(await room.live.profile(profile.id)).toBeNull();
  });

  test('show again as soon as nothing stands against them any more', async () => {
    const [, mine] = await room.recording();
    const { profile } = await mine.createProfile('Comes back');
    const { profile: hers } = await room.others.createProfile('comes back');
    const names = async () =>
      (await mine.list<{ nodes: object[] }>('profiles', '(search: "comes back")', 'nodes { id name }')).nodes;
    expect(await names()).toEqual([{ id: hers.id, name: 'comes back' }]);
    await room.others.deleteProfile(hers.id);
    expect(await names()).toEqual([{ id: profile.id, name: 'Comes back' }]);
  });
});

test('reads of another unit are live, in the same request too', async () => {
  const other = await room.anotherUnit('Other');
  await new Edits(other.configuration).createProfile('Only there');
  const [safeMode, mine] = await room.recording();
  await mine.createProfile('Only here');
  const data = await room.admin.in(safeMode).request<Record<string, { profiles: { totalCount: number } }>>(
    `query ($here: ID!, $there: ID!) {
      here: unit(id: $here) { profiles(search: "only") { totalCount } }
      there: unit(id: $there) { profiles { totalCount } } }`,
    { here: room.unitId, there: other.configuration.unitId },
  );
  expect(data).toEqual({ here: { profiles: { totalCount: 1 } }, there: { profiles: { totalCount: 1 } } });
});
