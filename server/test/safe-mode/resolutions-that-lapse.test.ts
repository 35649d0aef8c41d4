import { refusalOf } from '../parts/configuration';
import { type SafeModeAnswer } from '../parts/safe-modes';
import { Newsroom } from './parts/newsroom';

/** Answers to conflicts that lapse, are refused, or are not valid; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** Answers the only conflict that stands; answers what the safe mode is then. */
async function resolved(safeMode: SafeModeAnswer, resolution: string, value?: unknown) {
  const conflict = await room.conflictOf(safeMode);
  expect(conflict.resolutions).toContain(resolution);
  return room.admin.resolve(safeMode.id, conflict.id, resolution, value);
}

describe('an answer lapses by itself when live moves again', () => {
  test.each([
    ['MINE', undefined],
    ['VALUE', 'Lapses by value'],
  ])('%s of a field', async (resolution, value) => {
    const { profile } = await room.live.createProfile(`Lapses ${resolution}`);
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: `Lapses ${resolution}, mine` });
    await room.others.updateProfile(profile.id, { name: `Lapses ${resolution}, hers` });
    expect((await resolved(safeMode, resolution, value)).conflicts).toEqual([]);
    await room.others.updateProfile(profile.id, { name: `Lapses ${resolution}, hers again` });
    expect(await room.conflictOf(safeMode)).toMatchObject({
      code: 'FIELD_CHANGED',
      base: `Lapses ${resolution}, hers`,
      mine: value ?? `Lapses ${resolution}, mine`,
      live: `Lapses ${resolution}, hers again`,
    });
  });

  test('MINE of a removal', async () => {
    const { profile } = await room.live.createProfile('Lapses removed');
    const [safeMode, mine] = await room.recording();
    await mine.deleteProfile(profile.id);
    await room.others.updateProfile(profile.id, { roles: ['USER'] });
    expect((await resolved(safeMode, 'MINE')).conflicts).toEqual([]);
    await room.others.updateProfile(profile.id, { roles: ['READONLY'] });
    expect(await room.conflictOf(safeMode)).toMatchObject({
      code: 'DELETE_OF_CHANGED',
      base: { roles: ['USER'] },
      live: { roles: ['READONLY'] },
    });
  });

  test('but THEIRS stays: the field is no longer mine', async () => {
    const { profile } = await room.live.createProfile('Stays theirs');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Stays theirs, mine', roles: ['USER'] });
    await room.others.updateProfile(profile.id, { name: 'Stays theirs, hers' });
    await resolved(safeMode, 'THEIRS');
    await room.others.updateProfile(profile.id, { name: 'Stays theirs, hers again' });
    await room.apply(safeMode);
    expect(await room.live.profile(profile.id)).toMatchObject({
      name: 'Stays theirs, hers again',
      roles: ['USER'],
    });
  });

  test('and it is over once live goes back', async () => {
    const { profile } = await room.live.createProfile('Back');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Back, mine' });
    await room.others.updateProfile(profile.id, { name: 'Back, hers' });
    await room.conflictOf(safeMode);
    await room.others.updateProfile(profile.id, { name: 'Back' });
    expect((await room.admin.find(safeMode.id)).conflicts).toEqual([]);
  });
});

describe('an answer is refused, and the file stays as it is', () => {
  async function refused(safeMode: SafeModeAnswer, conflictId: string, resolution: string, value?: unknown) {
    const before = await room.files.pointer(safeMode.id);
    const refusal = await refusalOf(room.admin.resolve(safeMode.id, conflictId, resolution, value));
    expect(await room.files.pointer(safeMode.id)).toEqual(before);
    return refusal;
  }

  test('where the conflict is unknown, or live has moved since it was seen', async () => {
    const { profile } = await room.live.createProfile('Outdated');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Outdated, mine' });
    await room.others.updateProfile(profile.id, { name: 'Outdated, hers' });
    const seen = await room.conflictOf(safeMode);
    await room.others.updateProfile(profile.id, { name: 'Outdated, hers again' });

    const outdated = await refused(safeMode, seen.id, 'MINE');
    expect(outdated.code).toBe('STALE_REVISION');
    expect(outdated.errors[0]!.extensions.revision).toBe(safeMode.revision + 1);
    for (const id of ['', 'nothing', `${seen.id}x`, '💥'.repeat(1000)]) {
      expect((await refused(safeMode, id, 'MINE')).code).toBe('STALE_REVISION');
    }
    const present = await room.conflictOf(safeMode);
    await room.admin.resolve(safeMode.id, present.id, 'MINE');
    expect((await refused(safeMode, present.id, 'MINE')).code).toBe('STALE_REVISION');
  });

  test('where the way out belongs to another conflict', async () => {
    const { profile: field } = await room.live.createProfile('Ways field');
    const { profile: missing } = await room.live.createProfile('Ways missing');
    const { profile: twice } = await room.live.createProfile('Ways twice');
    const { profile: changed } = await room.live.createProfile('Ways changed');
    const [lost, gained] = (await room.workspaces('Ways lost', 'Ways gained')) as [string, string];
    const { plugin } = await room.live.installPlugin('org.ways');
    const { workspace } = await room.live.createWorkspace('Ways area', { layout: 'two-columns' });
    const [safeMode, mine] = await room.recording();
    await mine.createProfile('Ways taken');
    await mine.installPlugin('org.ways.taken');
    await mine.updateProfile(field.id, { name: 'Ways mine' });
    await mine.updateProfile(missing.id, { roles: ['USER'] });
    await mine.deleteProfile(twice.id);
    await mine.deleteProfile(changed.id);
    await mine.createProfile('Ways refers', { workspaceIds: [lost] });
    await mine.deleteWorkspace(gained);
    await mine.updateWorkspace(workspace.id, { applications: [{ pluginId: plugin.id, area: 'side' }] });
    await room.others.createProfile('Ways taken');
    const { plugin: hers } = await room.others.installPlugin('org.ways.taken');
    await room.others.updateProfile(field.id, { name: 'Ways hers' });
    await room.others.deleteProfile(missing.id);
    await room.others.deleteProfile(twice.id);
    await room.others.updateProfile(changed.id, { roles: ['USER'] });
    await room.others.deleteWorkspace(lost);
    await room.others.createProfile('Ways uses', { workspaceIds: [gained] });
    await room.others.updateWorkspace(workspace.id, { layout: 'single' });
    expect(hers.bundle).toBe('org.ways.taken');

    const { conflicts } = await room.admin.find(safeMode.id);
    expect(conflicts.map(({ code, resolutions }) => [code, resolutions.join()])).toEqual([
      ['NAME_TAKEN', 'VALUE'],
      ['NAME_TAKEN', ''],
      ['FIELD_CHANGED', 'MINE,THEIRS,VALUE'],
      ['TARGET_MISSING', 'RECREATE'],
      ['TARGET_MISSING', ''],
      ['DELETE_OF_CHANGED', 'MINE'],
      ['REFERENCE_MISSING', 'DETACH'],
      ['REFERENCE_GAINED', 'DETACH'],
      ['INVALID', 'VALUE'],
    ]);
    const all = ['MINE', 'THEIRS', 'VALUE', 'RECREATE', 'DETACH', 'REMATCH'];
    for (const { id, resolutions } of conflicts) {
      for (const resolution of all.filter((each) => !resolutions.includes(each))) {
        const refusal = await refused(safeMode, id, resolution, 'anything');
        expect([refusal.code, refusal.fields[0]?.path]).toEqual(['BAD_USER_INPUT', 'input.resolution']);
      }
    }
  });

  test('where VALUE comes without a value', async () => {
    const { profile } = await room.live.createProfile('No value');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'No value, mine' });
    await room.others.updateProfile(profile.id, { name: 'No value, hers' });
    const { id } = await room.conflictOf(safeMode);
    const refusal = await refused(safeMode, id, 'VALUE');
    expect([refusal.code, refusal.fields]).toEqual([
      'BAD_USER_INPUT',
      [{ path: 'input.value', message: 'is needed for VALUE' }],
    ]);
  });
});

describe('a value that is not valid', () => {
  const wrong = [null, 5, true, '', ' ', [], {}, ['a', 'a'], { a: 1 }, 'x'.repeat(10_000), '\u0000'];

  test.each(wrong.map((value) => [JSON.stringify(value).slice(0, 20), value]))(
    'is refused, or stands as a conflict that can be answered again: %s',
    async (_, value) => {
      const name = `Wrong ${wrong.indexOf(value)}`;
      const { profile } = await room.live.createProfile(name);
      const [safeMode, mine] = await room.recording();
      await mine.updateProfile(profile.id, { name: `${name}, mine` });
      await mine.createProfile(`${name}, taken`);
      await room.others.updateProfile(profile.id, { name: `${name}, hers` });
      await room.others.createProfile(`${name}, taken`);

      for (const { id } of (await room.admin.find(safeMode.id)).conflicts) {
        const outcome = await room.admin
          .resolve(safeMode.id, id, 'VALUE', value)
          .catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'BAD_USER_INPUT' });
      }
      const { conflicts } = await room.admin.find(safeMode.id);
      expect(conflicts.length).toBeGreaterThanOrEqual(2);
      expect(await room.conflictsAtApplying(safeMode)).toHaveLength(conflicts.length);
      for (let answer = 0; answer < 4; answer++) {
        const [conflict] = (await room.admin.find(safeMode.id)).conflicts;
        if (!conflict) break;
        expect(conflict.resolutions).toContain('VALUE');
        await room.admin.resolve(safeMode.id, conflict.id, 'VALUE', `${name}, right ${answer}`);
      }
      await room.apply(safeMode);
    },
  );
});
