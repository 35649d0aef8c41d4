import { type SafeModeAnswer } from '../parts/safe-modes';
import { exportedFile, importFile } from './parts/backups';
import { manifestOf } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Values that are secret in one moment and not in another, while a safe mode holds them. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** That none of the texts is told of the safe mode, or stands in its file. */
async function expectNowhere(safeMode: SafeModeAnswer, texts: RegExp): Promise<void> {
  expect((await room.files.read(safeMode.id)).toString()).not.toMatch(texts);
  expect(JSON.stringify(await room.admin.find(safeMode.id))).not.toMatch(texts);
}

test.each(['MINE', 'THEIRS', 'VALUE'])(
  'what has become a secret live is one in the file whose owner answers %s',
  async (resolution) => {
    const key = `became.secret.${resolution}`;
    await room.live.setConfigKey(key, { value: 'open' });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey(key, { value: 'mine', description: 'Mine' });
    await room.others.setConfigKey(key, { value: 'live-secret', secret: true });
    const conflict = await room.conflictOf(safeMode);
    const value = resolution === 'VALUE' ? 'new-secret' : undefined;
    const after = await room.admin.resolve(safeMode.id, conflict.id, resolution, value);
    expect(after.conflicts).toEqual([]);
    await expectNowhere(safeMode, /live-secret|new-secret/);
  },
);

test('what a new manifest has made a secret is one in the file whose owner answers MINE', async () => {
  const bundle = 'org.became.secret';
  const { plugin } = await room.live.installPlugin(bundle, {}, { configuration: { token: 'open' } });
  const [safeMode, mine] = await room.recording();
  await mine.configurePlugin(plugin.id, { configuration: { token: 'mine' } });
  await room.others.updatePlugin(plugin.id, manifestOf(bundle, { version: '2.0.0', secretKeys: ['token'] }));
  await room.others.configurePlugin(plugin.id, { configuration: { token: 'live-secret' } });
  const conflict = await room.conflictOf(safeMode);
  const after = await room.admin.resolve(safeMode.id, conflict.id, 'MINE');
  expect(after).toMatchObject({ conflicts: [], tasks: [{ changes: [{ masked: true }] }] });
  await expectNowhere(safeMode, /live-secret/);
});

describe('what was a secret when it was recorded stays one', () => {
  test('although it is none live by now, and something else is recorded', async () => {
    await room.live.setConfigKey('once.secret', { value: 'old-secret', secret: true });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('once.secret', { value: 'new-secret' });
    await room.others.setConfigKey('once.secret', { value: 'open', secret: false });
    await mine.setConfigKey('once.secret', { description: 'Something else' });
    await mine.setConfigKey('once.secret', { description: 'And again' });
    expect(await room.conflictOf(safeMode)).toMatchObject({ path: '/value', masked: true });
    await expectNowhere(safeMode, /old-secret|new-secret/);
  });

  test('although a backup was imported since in which it is none', async () => {
    await room.live.setConfigKey('imported.open', { value: 'open', secret: false });
    const open = await exportedFile(room.admin.configuration);
    await room.live.setConfigKey('imported.open', { value: 'old-secret', secret: true });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('imported.open', { value: 'new-secret' });
    await importFile(room.admin.configuration, open);
    const replaced = await room.conflictOf(safeMode);
    await room.admin.resolve(safeMode.id, replaced.id, 'REMATCH');
    await expectNowhere(safeMode, /old-secret|new-secret/);
    await mine.setConfigKey('imported.open', { description: 'Something else' });
    await expectNowhere(safeMode, /old-secret|new-secret/);
  });

  test('and is applied as it was recorded', async () => {
    await room.live.setConfigKey('applied.secret', { value: 'old-secret', secret: true });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('applied.secret', { value: 'new-secret' });
    await room.others.setConfigKey('applied.secret', { secret: false });
    await mine.setConfigKey('applied.secret', { description: 'Something else' });
    await room.apply(safeMode);
    expect(await room.live.configKey('applied.secret')).toMatchObject({ value: 'new-secret', secret: false });
  });

  test('unless its update is recreated: then it is what the owner creates', async () => {
    await room.live.setConfigKey('recreated.secret', { value: 'old-secret', secret: true });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('recreated.secret', { description: 'Mine' });
    await room.others.setConfigKey('recreated.secret', { value: 'open', secret: false });
    await mine.setConfigKey('recreated.secret', { description: 'Mine again' });
    await room.others.removeConfigKey('recreated.secret');
    const missing = await room.conflictOf(safeMode);
    await room.admin.resolve(safeMode.id, missing.id, 'RECREATE');
    await room.apply(safeMode);
    expect(await room.live.configKey('recreated.secret')).toMatchObject({ value: 'open', secret: false });
  });
});

describe('what has become a secret since is not told', () => {
  test('of an applied safe mode', async () => {
    const { plugin } = await room.live.installPlugin(
      'org.applied.open',
      {},
      { configuration: { token: 'open-base' } },
    );
    await room.live.setConfigKey('applied.open', { value: 'open-base' });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('applied.open', { value: 'open-mine' });
    await mine.configurePlugin(plugin.id, { configuration: { token: 'open-mine' } });
    await room.apply(safeMode);
    expect(JSON.stringify(await room.admin.find(safeMode.id))).toMatch(/open-base.*open-mine/);

    await room.others.setConfigKey('applied.open', { secret: true });
    await room.others.updatePlugin(
      plugin.id,
      manifestOf('org.applied.open', { version: '2.0.0', secretKeys: ['token'] }),
    );
    const { tasks } = await room.admin.find(safeMode.id);
    expect(tasks.flatMap(({ changes }) => changes.map(({ masked }) => masked))).toEqual([true, true]);
    expect(JSON.stringify(tasks)).not.toMatch(/open-base|open-mine/);
  });

  test('of one that was recorded before a backup was imported', async () => {
    await room.live.setConfigKey('imported.secret', { value: 'live-secret', secret: true });
    const secret = await exportedFile(room.admin.configuration);
    await room.live.setConfigKey('imported.secret', { value: 'open-base', secret: false });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('imported.secret', { value: 'open-mine' });
    await importFile(room.admin.configuration, secret);
    const { tasks, conflicts } = await room.admin.find(safeMode.id);
    expect(conflicts).toMatchObject([{ code: 'UNIT_REPLACED' }]);
    expect(tasks).toMatchObject([{ changes: [{ path: '/value', from: null, to: null, masked: true }] }]);
  });
});
