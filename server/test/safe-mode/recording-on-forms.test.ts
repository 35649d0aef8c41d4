import { Newsroom } from './parts/newsroom';

/** Forms that say which revision they were loaded at, in a safe mode; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

describe('forms that say which revision they were loaded at', () => {
  test('own earlier edits of the same safe mode are no conflict', async () => {
    const { profile } = await room.live.createProfile('Based own');
    const [, mine] = await room.recording();
    const basedOnRevision = await room.revision();
    await mine.updateProfile(profile.id, { name: 'Based own, once', basedOnRevision });
    const { profile: twice } = await mine.updateProfile(profile.id, {
      name: 'Based own, twice',
      roles: ['USER'],
      basedOnRevision,
    });
    expect(twice).toMatchObject({ name: 'Based own, twice', roles: ['USER'] });
    await mine.deleteProfile(profile.id, { basedOnRevision });
  });

  test('live edits by others of a touched field are a conflict, of another field none', async () => {
    const { profile } = await room.live.createProfile('Based live');
    const { plugin } = await room.live.installPlugin('org.based.live', {}, { configuration: { a: 1, b: 1 } });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('based.live', { value: 1 });
    const basedOnRevision = await room.revision();
    await room.others.updateProfile(profile.id, { name: 'Based live, hers' });
    await room.others.configurePlugin(plugin.id, { configuration: { a: 2, b: 1 } });

    const refused = await room.refused(safeMode, () =>
      mine.updateProfile(profile.id, { name: 'Based live, mine', basedOnRevision }),
    );
    expect(refused.conflicts).toMatchObject([
      {
        code: 'FIELD_CHANGED',
        path: '/name',
        base: 'Based live',
        mine: 'Based live, mine',
        live: 'Based live, hers',
        liveChangedBy: { name: 'Grace' },
      },
    ]);
    const deleted = await room.refused(safeMode, () => mine.deleteProfile(profile.id, { basedOnRevision }));
    expect(deleted.conflicts).toMatchObject([{ code: 'DELETE_OF_CHANGED' }]);

    await mine.updateProfile(profile.id, { roles: ['USER'], basedOnRevision });
    const { plugin: both } = await mine.configurePlugin(plugin.id, {
      configuration: { a: 1, b: 3 },
      basedOnRevision,
    });
    expect(both.configuration).toEqual({ a: 2, b: 3 });
  });

  test('on top of an own edit, what others change live of it meanwhile is a conflict', async () => {
    const { profile } = await room.live.createProfile('Based both', { roles: ['USER'] });
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Based both, mine' });
    const basedOnRevision = await room.revision();
    await room.others.updateProfile(profile.id, { roles: [] });
    await mine.updateProfile(profile.id, { name: 'Based both, mine again', basedOnRevision });
    await room.others.updateProfile(profile.id, { name: 'Based both, hers' });
    const refused = await room.refused(safeMode, () =>
      mine.updateProfile(profile.id, { name: 'Based both, too late', basedOnRevision }),
    );
    expect(refused.conflicts).toMatchObject([{ code: 'FIELD_CHANGED', path: '/name' }]);
  });

  test('a revision that the unit never had is refused', async () => {
    const { profile } = await room.live.createProfile('Based on nothing');
    const [safeMode, mine] = await room.recording();
    const basedOnRevision = (await room.revision()) + 5;
    const refused = await room.refused(safeMode, () =>
      mine.updateProfile(profile.id, { name: 'Future', basedOnRevision }),
    );
    expect(refused.fields).toMatchObject([{ path: 'input.basedOnRevision' }]);
  });
});
