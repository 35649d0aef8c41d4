import { refusalOf } from '../parts/configuration';
import { type SafeModeAnswer, type TaskAnswer } from '../parts/safe-modes';
import { Newsroom } from './parts/newsroom';

/** What is recorded on top of what is recorded, and what is refused; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

const tasksOf = async ({ id }: SafeModeAnswer): Promise<TaskAnswer[]> => (await room.admin.find(id)).tasks;

describe('what is created in the file', () => {
  test('has the id that it was recorded with once it is applied, and its applications theirs', async () => {
    const [safeMode, mine] = await room.recording();
    const { plugin } = await mine.installPlugin('org.ids.plugin');
    const { workspace } = await mine.createWorkspace('Ids', {
      layout: 'two-columns',
      applications: [
        { pluginId: plugin.id, area: 'main', configuration: { first: true } },
        { pluginId: plugin.id, area: 'main' },
        { pluginId: plugin.id, area: 'side' },
      ],
    });
    const { profile } = await mine.createProfile('Ids', { workspaceIds: [workspace.id] });
    expect(workspace.applications.map(({ area, position }) => [area, position])).toEqual([
      ['main', 0],
      ['main', 1],
      ['side', 0],
    ]);
    const shown = [
      await mine.plugin(plugin.id),
      await mine.workspace(workspace.id),
      await mine.profile(profile.id),
    ];
    await room.apply(safeMode);
    expect([
      await room.live.plugin(plugin.id),
      await room.live.workspace(workspace.id),
      await room.live.profile(profile.id),
    ]).toEqual(shown);
  });

  test('can be mapped to: plugins that only the file installs serve each other', async () => {
    const [safeMode, mine] = await room.recording();
    const both = (id: string) => ({
      exposes: { actions: [`${id}.serves`], portals: [] },
      requires: { actions: ['needs'], portals: [] },
    });
    const { plugin: a } = await mine.installPlugin('org.ids.a', both('a'));
    const { plugin: b } = await mine.installPlugin('org.ids.b', both('b'), {
      mappings: { needs: { bundle: 'ORG.ids.a', name: 'a.serves' } },
    });
    expect(b.mappings).toEqual({ needs: { bundle: 'org.ids.a', name: 'a.serves' } });
    await mine.configurePlugin(a.id, { mappings: { needs: { bundle: 'org.ids.b', name: 'b.serves' } } });

    const unknown = await refusalOf(
      room.others.installPlugin('org.ids.c', both('c'), {
        mappings: { needs: { bundle: 'org.ids.a', name: 'a.serves' } },
      }),
    );
    expect(unknown.fields).toMatchObject([{ path: 'input.mappings.needs' }]);
    await room.apply(safeMode);
    expect(await room.live.plugin(a.id)).toMatchObject({
      mappings: { needs: { bundle: 'org.ids.b', name: 'b.serves' } },
    });
    expect(await room.live.plugin(b.id)).toMatchObject({
      mappings: { needs: { bundle: 'org.ids.a', name: 'a.serves' } },
    });
  });

  test('is in use by what the file makes of it: removing it is refused, or drops the references', async () => {
    const { profile: known } = await room.live.createProfile('Uses live');
    const [safeMode, mine] = await room.recording();
    const { plugin } = await mine.installPlugin('org.ids.used');
    const applications = [{ pluginId: plugin.id, area: 'main' }];
    const { workspace } = await mine.createWorkspace('Used', { applications });
    const { profile } = await mine.createProfile('Uses new', { workspaceIds: [workspace.id] });
    await mine.updateProfile(known.id, { workspaceIds: [workspace.id] });

    const refused = await room.refused(safeMode, () => mine.deleteWorkspace(workspace.id));
    expect(refused.conflicts).toMatchObject([{ code: 'IN_USE' }]);
    expect(refused.conflicts[0]!.referrers.map(({ name }) => name).sort()).toEqual(['Uses live', 'Uses new']);
    await room.refused(safeMode, () => mine.removePlugin(plugin.id));

    await mine.removePlugin(plugin.id, { detach: true });
    expect(await mine.workspace(workspace.id)).toMatchObject({ applications: [] });
    await mine.deleteWorkspace(workspace.id, { detach: true });
    expect(await tasksOf(safeMode)).toMatchObject([{ operation: 'CREATE', target: { id: profile.id } }]);
    expect(await mine.profile(profile.id)).toMatchObject({ workspaces: [] });
  });
});

describe('an edit is refused, and the file stays as it is', () => {
  test('where the input is not valid', async () => {
    const [safeMode, mine] = await room.recording();
    const name = await room.refused(safeMode, () => mine.createProfile(' '));
    expect(name.fields).toMatchObject([{ path: 'input.name' }]);
    const area = await room.refused(safeMode, () =>
      mine.createWorkspace('Refused', { applications: [{ pluginId: 'nothing', area: 'elsewhere' }] }),
    );
    expect(area.code).toBe('BAD_USER_INPUT');
  });

  test('where the name is taken, live or by the file itself', async () => {
    await room.live.createProfile('Taken live');
    const [safeMode, mine] = await room.recording();
    await mine.createProfile('Taken here');
    await mine.installPlugin('org.taken.here');
    const live = await room.refused(safeMode, () => mine.createProfile('taken LIVE'));
    expect(live.conflicts).toMatchObject([{ code: 'NAME_TAKEN', referrers: [{ name: 'Taken live' }] }]);
    for (const work of [() => mine.createProfile('TAKEN here'), () => mine.installPlugin('ORG.taken.HERE')]) {
      const { conflicts, message } = await room.refused(safeMode, work);
      expect(conflicts).toContainEqual(expect.objectContaining({ code: 'NAME_TAKEN', taskId: null }));
      expect(message).toContain('in the same safe mode');
    }
  });

  test('where the object is not there, or is removed in the same file', async () => {
    const { profile } = await room.live.createProfile('Removed here');
    const [safeMode, mine] = await room.recording();
    await mine.deleteProfile(profile.id);
    for (const work of [
      () => mine.updateProfile(profile.id, { roles: ['USER'] }),
      () => mine.deleteProfile(profile.id),
      () => mine.updateProfile('0192aaaa-0000-7000-8000-000000000000', { roles: [] }),
    ]) {
      expect((await room.refused(safeMode, work)).code).toBe('NOT_FOUND');
    }
  });

  test('where it would use what the same file removes', async () => {
    const { workspace } = await room.live.createWorkspace('Used after removal');
    const { plugin } = await room.live.installPlugin('org.used.after', {
      exposes: { actions: ['serve'], portals: [] },
    });
    const [safeMode, mine] = await room.recording();
    await mine.deleteWorkspace(workspace.id);
    await mine.removePlugin(plugin.id);
    const profile = await room.refused(safeMode, () =>
      mine.createProfile('Uses removed', { workspaceIds: [workspace.id] }),
    );
    expect(profile.conflicts).toMatchObject([
      { code: 'REFERENCE_MISSING', referrers: [{ id: workspace.id, name: 'Used after removal' }] },
    ]);
    const application = await room.refused(safeMode, () =>
      mine.createWorkspace('Uses removed', { applications: [{ pluginId: plugin.id, area: 'main' }] }),
    );
    expect(application.conflicts).toMatchObject([{ code: 'REFERENCE_MISSING' }]);
    const mapping = await room.refused(safeMode, () =>
      mine.installPlugin(
        'org.uses.removed',
        { requires: { actions: ['need'], portals: [] } },
        { mappings: { need: { bundle: 'org.used.after', name: 'serve' } } },
      ),
    );
    expect(mapping.code).toBe('BAD_USER_INPUT');
  });

  test('where it would remove what pending changes use', async () => {
    const { workspace } = await room.live.createWorkspace('Used by the file');
    const [safeMode, mine] = await room.recording();
    const { profile } = await mine.createProfile('Uses by the file', { workspaceIds: [workspace.id] });
    const refused = await room.refused(safeMode, () => mine.deleteWorkspace(workspace.id));
    expect(refused.conflicts).toMatchObject([
      { code: 'IN_USE', referrers: [{ id: profile.id, name: 'Uses by the file' }], resolutions: ['DETACH'] },
    ]);
    await mine.deleteWorkspace(workspace.id, { detach: true });
    expect(await mine.profile(profile.id)).toMatchObject({ workspaces: [] });
  });

  test('where it would be in conflict at once: it uses what shows again because its removal is in conflict', async () => {
    const { workspace } = await room.live.createWorkspace('Shows again');
    const [safeMode, mine] = await room.recording();
    await mine.deleteWorkspace(workspace.id);
    await room.others.updateWorkspace(workspace.id, { name: 'Shows again, changed' });
    expect(await room.standing(safeMode)).toMatchObject([{ code: 'DELETE_OF_CHANGED' }]);
    const refused = await room.refused(safeMode, () =>
      mine.createProfile('Dead on arrival', { workspaceIds: [workspace.id] }),
    );
    expect(refused.code).toBe('CONFLICT');
    expect(refused.message).toContain('Shows again, changed');
  });

  test('but older changes that are in conflict never stand in the way', async () => {
    const { profile } = await room.live.createProfile('In the way');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'In my way' });
    await mine.createProfile('Everybody wants it');
    await room.others.updateProfile(profile.id, { name: 'In her way' });
    await room.others.createProfile('everybody wants it');
    expect(await room.standing(safeMode)).toHaveLength(2);

    await mine.setConfigKey('in.the.way', { value: 1 });
    const { profile: free } = await mine.createProfile('Not in the way');
    await mine.updateProfile(free.id, { roles: ['USER'] });
    expect((await room.admin.find(safeMode.id)).conflicts).toHaveLength(2);
  });

  test('and one on an object whose own change is in conflict answers that conflict', async () => {
    const { profile } = await room.live.createProfile('Own conflict');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Own, mine' });
    const { profile: draft } = await mine.createProfile('Own, taken');
    await room.others.updateProfile(profile.id, { name: 'Own, hers' });
    await room.others.createProfile('Own, taken');
    expect(await room.standing(safeMode)).toHaveLength(2);

    expect((await mine.updateProfile(profile.id, { name: 'Own, again' })).profile.name).toBe('Own, again');
    expect((await mine.updateProfile(draft.id, { name: 'Own, free' })).profile.name).toBe('Own, free');
    await room.apply(safeMode);
    expect(await room.live.profile(profile.id)).toMatchObject({ name: 'Own, again' });
    expect(await room.live.profile(draft.id)).toMatchObject({ name: 'Own, free' });
  });
});
