import { refusalOf } from '../parts/configuration';
import { type Edits, manifestOf, type RecordedIn } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Operations that are sent again, and many at once; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

describe('an edit that is sent again records nothing twice and answers the same', () => {
  interface Edit {
    prepare?: (live: Edits) => Promise<string>;
    record: (edits: Edits, id: string, operationId: string) => Promise<object & RecordedIn>;
  }
  const applications = (pluginId: string) => [{ pluginId, area: 'main' }];
  const edits: Record<string, Edit> = {
    installPlugin: {
      record: (edits, _, operationId) => edits.installPlugin('org.twice.install', {}, { operationId }),
    },
    updatePlugin: {
      prepare: async (live) => (await live.installPlugin('org.twice.update')).plugin.id,
      record: (edits, id, operationId) =>
        edits.updatePlugin(id, manifestOf('org.twice.update', { version: '2.0.0' }), { operationId }),
    },
    configurePlugin: {
      prepare: async (live) => (await live.installPlugin('org.twice.configure')).plugin.id,
      record: (edits, id, operationId) => edits.configurePlugin(id, { enabled: false, operationId }),
    },
    removePlugin: {
      prepare: async (live) => (await live.installPlugin('org.twice.remove')).plugin.id,
      record: (edits, id, operationId) => edits.removePlugin(id, { operationId }),
    },
    createWorkspace: {
      prepare: async (live) => (await live.installPlugin('org.twice.shown')).plugin.id,
      record: (edits, id, operationId) =>
        edits.createWorkspace('Twice', { applications: applications(id), operationId }),
    },
    updateWorkspace: {
      prepare: async (live) => {
        const { plugin } = await live.installPlugin('org.twice.added');
        return (await live.createWorkspace('Twice', { applications: applications(plugin.id) })).workspace.id;
      },
      record: async (edits, id, operationId) => {
        const { applications: known } = (await edits.workspace(id))!;
        const { plugin, ...first } = known[0]!;
        const inputs = [{ ...first, pluginId: plugin.id }, ...applications(plugin.id)];
        return edits.updateWorkspace(id, { applications: inputs, operationId });
      },
    },
    deleteWorkspace: {
      prepare: async (live) => (await live.createWorkspace('Twice')).workspace.id,
      record: (edits, id, operationId) => edits.deleteWorkspace(id, { operationId }),
    },
    createProfile: {
      record: (edits, _, operationId) => edits.createProfile('Twice', { operationId }),
    },
    updateProfile: {
      prepare: async (live) => (await live.createProfile('Twice updated')).profile.id,
      record: (edits, id, operationId) => edits.updateProfile(id, { roles: ['USER'], operationId }),
    },
    deleteProfile: {
      prepare: async (live) => (await live.createProfile('Twice deleted')).profile.id,
      record: (edits, id, operationId) => edits.deleteProfile(id, { operationId }),
    },
    setConfigKey: {
      record: (edits, _, operationId) => edits.setConfigKey('twice.set', { value: 1, operationId }),
    },
    removeConfigKey: {
      prepare: async (live) => (await live.setConfigKey('twice.removed', { value: 1 })).configKey.id,
      record: (edits, id, operationId) => edits.removeConfigKey(id, { operationId }),
    },
  };

  test.each(Object.entries(edits))('%s', async (name, { prepare, record }) => {
    const id = (await prepare?.(room.live)) ?? '';
    const [safeMode, mine] = await room.recording();
    const first = await record(mine, id, `op ${name}`);
    const file = await room.files.pointer(safeMode.id);
    expect(await record(mine, id, `op ${name}`)).toEqual(first);
    expect(await room.files.pointer(safeMode.id)).toEqual(file);
    expect((await room.admin.find(safeMode.id)).taskCount).toBe(1);
  });
});

test('it is known again after 150 others', async () => {
  const [safeMode, mine] = await room.recording();
  const { profile } = await mine.createProfile('Long ago', { operationId: 'long ago' });
  for (let value = 1; value <= 150; value++)
    await mine.setConfigKey('long.ago', { value, operationId: `one of many ${value}` });
  const file = await room.files.pointer(safeMode.id);
  const { profile: again, safeMode: now } = await mine.createProfile('Long ago', { operationId: 'long ago' });
  expect(again).toEqual(profile);
  expect(now).toEqual({ id: safeMode.id, revision: file.revision, taskCount: 2 });
  expect(await room.files.pointer(safeMode.id)).toEqual(file);
});

test('the same id for another edit is refused', async () => {
  const [safeMode, mine] = await room.recording();
  await mine.createProfile('Other edit', { operationId: 'other edit' });
  const refused = await room.refused(safeMode, () =>
    mine.setConfigKey('other.edit', { value: 1, operationId: 'other edit' }),
  );
  expect([refused.code, refused.fields]).toEqual([
    'BAD_USER_INPUT',
    [{ path: 'input.operationId', message: 'was used for createProfile already' }],
  ]);
});

test('an id belongs to its user and safe mode; one that was refused can be used again', async () => {
  const [safeMode, mine] = await room.recording();
  const [other, elsewhere] = await room.recording();
  const { profile } = await mine.createProfile('Belongs', { operationId: 'belongs' });
  const { profile: second } = await elsewhere.createProfile('Belongs', { operationId: 'belongs' });
  expect(second.id).not.toBe(profile.id);
  expect((await room.admin.find(other.id)).taskCount).toBe(1);
  const { profile: hers } = await room.others.createProfile('Belongs', { operationId: 'belongs' });
  expect(hers.id).not.toBe(profile.id);

  await room.refused(safeMode, () => mine.createProfile('belongs', { operationId: 'again' }));
  const { profile: free } = await mine.createProfile('Belongs, free', { operationId: 'again' });
  expect(free.name).toBe('Belongs, free');
});

describe('startSafeMode', () => {
  test('sent again answers the one that it started, whatever has become of it', async () => {
    const first = await room.admin.start({ name: 'Started once', operationId: 'start' });
    expect(await room.admin.start({ name: 'Started once', operationId: 'start' })).toEqual(first);
    await room.in(first).setConfigKey('started.once', { value: 1 });
    await room.admin.rename(first.id, 'Renamed since');
    expect(await room.admin.start({ name: 'Started once', operationId: 'start' })).toMatchObject({
      id: first.id,
      name: 'Renamed since',
      taskCount: 1,
    });
    await room.admin.delete(first.id);
    expect(await room.admin.start({ operationId: 'start' })).toMatchObject({
      id: first.id,
      status: 'DISCARDED',
    });
  });

  test('sent several times at once starts one', async () => {
    const open = (await room.admin.list()).length;
    const started = await Promise.all(
      Array.from({ length: 6 }, () => room.admin.start({ name: 'At once', operationId: 'start at once' })),
    );
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    expect(await room.admin.list()).toHaveLength(open + 1);
    expect((await room.files.names()).filter((name) => name.includes(started[0]!.id))).toHaveLength(1);
  });

  test('and live edits know each other’s ids', async () => {
    await room.admin.start({ operationId: 'start or edit' });
    const edit = await refusalOf(room.live.createProfile('Start or edit', { operationId: 'start or edit' }));
    expect(edit.fields).toMatchObject([{ path: 'input.operationId' }]);
    await room.live.createProfile('Edit or start', { operationId: 'edit or start' });
    const start = await refusalOf(room.admin.start({ operationId: 'edit or start' }));
    expect(start.fields).toMatchObject([{ path: 'input.operationId' }]);
  });
});

describe('at once', () => {
  test('the same operation several times is recorded once, and all answer it', async () => {
    const [safeMode, mine] = await room.recording();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => mine.createProfile('Same', { operationId: 'same' })),
    );
    expect(new Set(answers.map(({ profile }) => profile.id)).size).toBe(1);
    expect(await room.admin.find(safeMode.id)).toMatchObject({
      taskCount: 1,
      revision: safeMode.revision + 1,
    });
  });

  test('twenty edits all end in the file', async () => {
    const [safeMode, mine] = await room.recording();
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    await Promise.all(
      numbers.map((number) =>
        number % 2 === 0
          ? mine.createProfile(`Twenty ${number}`, { operationId: `twenty ${number}` })
          : mine.setConfigKey(`twenty.${number}`, { value: number }),
      ),
    );
    const { tasks, revision } = await room.admin.find(safeMode.id);
    expect(tasks.map(({ target }) => target.name).sort()).toEqual(
      numbers.map((number) => (number % 2 === 0 ? `Twenty ${number}` : `twenty.${number}`)).sort(),
    );
    expect(revision).toBe(safeMode.revision + 20);
    expect((await room.files.names()).filter((name) => name.includes(safeMode.id)).length).toBeGreaterThan(0);
    expect(await room.apply(safeMode)).toMatchObject({ taskCount: 20 });
  });

  test('ten edits of one field leave one change, with the value of one of them', async () => {
    const { profile } = await room.live.createProfile('One field');
    const [safeMode, mine] = await room.recording();
    const names = Array.from({ length: 10 }, (_, number) => `One field ${number}`);
    await Promise.all(names.map((name) => mine.updateProfile(profile.id, { name })));
    const { tasks } = await room.admin.find(safeMode.id);
    expect(tasks).toMatchObject([{ changes: [{ path: '/name', from: 'One field' }] }]);
    expect(names).toContain(tasks[0]!.changes[0]!.to);
  });

  test('of edits that want the same name one is recorded, and the others say why not', async () => {
    const [safeMode, mine] = await room.recording();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => mine.createProfile('Only one of us')),
    );
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as Error] : [],
    );
    expect(refused).toHaveLength(5);
    for (const error of refused) expect(error).toMatchObject({ code: 'CONFLICT' });
    expect((await room.admin.find(safeMode.id)).taskCount).toBe(1);
  });
});
