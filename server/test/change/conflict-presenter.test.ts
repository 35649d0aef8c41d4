import 'reflect-metadata';
import { v7 as uuid } from 'uuid';
import { type Actor } from '../../src/access/actor';
import { Conflicted, type ConflictView } from '../../src/change/conflict.presenter';
import { conflictType } from '../../src/change/conflict.type';
import { type Task } from '../../src/change/task';
import {
  aConfigKey,
  aPlugin,
  aProfile,
  aWorkspace,
  create,
  remove,
  update,
} from '../../src/change/testing/builders';
import { type Refusal } from '../../src/refusal';
import { type Desk, openDesk } from '../backup/parts/desk';
import { PresentedUnit } from './presented-conflicts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** A unit with a workspace in a profile, an admin who owns safe modes, and another one who edits. */
async function aScene() {
  const { unitId, admin } = await desk.aUnit();
  const other: Actor = await desk.anActor({ [unitId]: 'ADMIN' });
  await desk.database.transaction((db) =>
    db.run('UPDATE user SET name = ? WHERE id = ?', ['Grace', other.userId]),
  );
  const unit = new PresentedUnit(desk, unitId);
  const [workspace, profile] = [uuid(), uuid()];
  await unit.land(admin, [
    create('WORKSPACE', workspace, aWorkspace('Desk')),
    create('PROFILE', profile, aProfile('Sales', { workspaces: [workspace] })),
  ]);
  const grace = { id: other.userId, name: 'Grace' };
  return { unitId, unit, admin, other, grace, workspace, profile };
}

const conflictsOf = (refusal: Refusal): ConflictView[] => {
  if (!(refusal instanceof Conflicted)) throw refusal;
  return refusal.extensions.conflicts as ConflictView[];
};

const secretPlugin = (id: string, configuration: object = { apiKey: 'hidden', zone: 'Vienna' }) =>
  aPlugin(id, {
    manifest: {
      bundle: `org.example.${id}`,
      name: 'Clock',
      version: '1.0.0',
      author: { name: 'Somebody' },
      secretKeys: ['apiKey'],
    },
    configuration: configuration as { apiKey: string; zone: string },
  });

describe('who changed what is live', () => {
  test('is told after an edit, with both sides, the field in words and the ways out', async () => {
    const { unit, other, grace, profile } = await aScene();
    const tasks = await unit.recorded([], update('PROFILE', profile, { name: 'Shop' }));
    const at = await unit.land(other, [update('PROFILE', profile, { name: 'Market' })]);
    expect(await unit.views(tasks)).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{22}$/) as string,
        taskId: tasks[0]!.id,
        code: 'FIELD_CHANGED',
        message: 'Somebody has changed the profile “Market” at the same place in the meantime: name.',
        path: '/name',
        base: 'Sales',
        mine: 'Shop',
        live: 'Market',
        masked: false,
        liveChangedBy: grace,
        liveChangedAt: at,
        referrers: [],
        resolutions: ['MINE', 'THEIRS', 'VALUE'],
        derived: false,
        because: [],
      },
    ]);
  });

  test('is told after a removal, with the name that the task remembers', async () => {
    const { unit, other, grace, profile } = await aScene();
    const tasks = await unit.recorded([], update('PROFILE', profile, { roles: ['USER'] }));
    const at = await unit.land(other, [remove('PROFILE', profile)], 'SAFE_MODE');
    expect(await unit.views(tasks)).toMatchObject([
      {
        code: 'TARGET_MISSING',
        message: 'The profile “Sales” does not exist any more since another safe mode was applied.',
        liveChangedBy: grace,
        liveChangedAt: at,
        resolutions: ['RECREATE'],
      },
    ]);
  });

  test('is the one who removed what a task refers to, by the name that the log remembers', async () => {
    const { unit, other, grace, profile } = await aScene();
    const extra = uuid();
    await unit.land(other, [create('WORKSPACE', extra, aWorkspace('Extra'))]);
    const tasks = await unit.recorded([], update('PROFILE', profile, { workspaces: [extra] }));
    await unit.land(other, [remove('WORKSPACE', extra)]);
    expect(await unit.views(tasks)).toMatchObject([
      {
        code: 'REFERENCE_MISSING',
        message:
          'The profile “Sales” would point at the workspace “Extra”, which does not exist any more (workspaces).',
        liveChangedBy: grace,
        referrers: [{ type: 'WORKSPACE', id: extra, name: 'Extra' }],
        resolutions: ['DETACH'],
      },
    ]);
  });

  test('is the one who has begun to use what a task removes', async () => {
    const { unit, other, grace } = await aScene();
    const [free, late] = [uuid(), uuid()];
    await unit.land(other, [create('WORKSPACE', free, aWorkspace('Free'))]);
    const tasks = await unit.recorded([], remove('WORKSPACE', free));
    await unit.land(other, [create('PROFILE', late, aProfile('Late', { workspaces: [free] }))]);
    expect(await unit.views(tasks)).toMatchObject([
      {
        code: 'REFERENCE_GAINED',
        message: 'The workspace “Free” cannot be removed: the profile “Late” has begun to use it.',
        liveChangedBy: grace,
        referrers: [{ type: 'PROFILE', id: late, name: 'Late' }],
        resolutions: ['DETACH'],
      },
    ]);
  });

  test('is the one who imported a backup, for what the import changed or took away', async () => {
    const { unitId, unit, admin, other, grace, profile, workspace } = await aScene();
    const file = await desk.fileOf(admin, unitId);
    const late = uuid();
    await unit.land(admin, [
      update('PROFILE', profile, { name: 'Market' }),
      create('PROFILE', late, aProfile('Late')),
    ]);
    const tasks = await unit.recorded(
      [],
      remove('PROFILE', profile),
      update('PROFILE', late, { workspaces: [workspace] }),
    );
    await desk.import(other, unitId, file);
    expect(await unit.views(tasks)).toMatchObject([
      {
        code: 'DELETE_OF_CHANGED',
        message:
          'The import of a backup has changed the profile “Sales” since its removal was asked for: name.',
        liveChangedBy: grace,
        base: { name: 'Market' },
        live: { name: 'Sales' },
        resolutions: ['MINE'],
      },
      {
        code: 'TARGET_MISSING',
        message: 'The profile “Late” does not exist any more since a backup was imported.',
        liveChangedBy: grace,
      },
    ]);
  });

  test('is nobody where the file stands in its own way', async () => {
    const { unit, other, profile, workspace } = await aScene();
    const twin = uuid();
    await unit.land(other, [create('PROFILE', twin, aProfile('Twin'))]);
    const [renaming] = await unit.recorded([], update('PROFILE', profile, { name: 'Shop' }));
    const [creating] = await unit.recorded([], create('PROFILE', uuid(), aProfile('Shop')));
    const [removing] = await unit.recorded([], remove('WORKSPACE', workspace, true));
    const [adding] = await unit.recorded([], update('PROFILE', twin, { workspaces: [workspace] }));
    const views = await unit.views([renaming!, creating!, removing!, adding!]);
    expect(views).toMatchObject([
      {
        taskId: renaming!.id,
        code: 'NAME_TAKEN',
        message:
          'The profile “Sales” cannot have the name “Shop”: the profile “Shop” has it in the same safe mode.',
      },
      {
        taskId: creating!.id,
        code: 'NAME_TAKEN',
        message:
          'The profile “Shop” cannot have this name: the profile “Sales” has it in the same safe mode.',
      },
      {
        taskId: adding!.id,
        code: 'REFERENCE_MISSING',
        message:
          'The profile “Twin” would point at the workspace “Desk”, which the same safe mode removes (workspaces).',
        because: [removing!.id],
      },
    ]);
    expect(views.map(({ liveChangedBy }) => liveChangedBy)).toEqual([null, null, null]);
  });

  test('is asked for with at most two statements a kind, however many conflicts there are', async () => {
    const { unitId, unit, admin, other, grace } = await aScene();
    const keys = Array.from({ length: 30 }, (_, number) => `key-${number}`);
    await unit.land(
      admin,
      keys.map((key) => create('CONFIG_KEY', key, aConfigKey(key))),
    );
    for (const key of ['key-3', 'key-4'])
      await unit.land(other, [update('CONFIG_KEY', key, { value: 'moved' })], 'UNDO');
    const statements: string[] = [];
    const last = await desk.database.read((db) => {
      const watched = Object.create(db, {
        rows: {
          value: (sql: string, parameters: []) => {
            statements.push(sql);
            return db.rows(sql, parameters);
          },
        },
      }) as typeof db;
      return unit.log.lastChanges(watched, unitId, 'CONFIG_KEY', [...keys, 'key-3', 'never']);
    });
    expect(statements).toHaveLength(1);
    expect([...last.keys()].sort()).toEqual([...keys].sort());
    expect(last.get('key-3')).toMatchObject({ byUserId: grace.id, cause: 'UNDO', objectName: 'key-3' });
    expect(last.get('key-5')).toMatchObject({ byUserId: admin.userId, cause: 'EDIT' });
  });
});

describe('a name that is taken', () => {
  test('live names its holder and who made it', async () => {
    const { unit, other, grace } = await aScene();
    const tasks = await unit.recorded([], create('PROFILE', uuid(), aProfile('Late')));
    const holder = uuid();
    await unit.land(other, [create('PROFILE', holder, aProfile('LATE'))]);
    expect(await unit.views(tasks)).toMatchObject([
      {
        code: 'NAME_TAKEN',
        path: '/name',
        mine: 'Late',
        live: null,
        message: 'The profile “Late” cannot have this name: the profile “LATE” has it already.',
        liveChangedBy: grace,
        referrers: [{ type: 'PROFILE', id: holder, name: 'LATE' }],
        resolutions: ['VALUE'],
      },
    ]);
  });
});

describe('secrets', () => {
  const hidden = /hidden/;

  test('are in no conflict, whether live or the task says that they are some', async () => {
    const { unit, other } = await aScene();
    const plugin = uuid();
    await unit.land(other, [
      create('CONFIG_KEY', 'turned', aConfigKey('turned', { value: 'open' })),
      create('CONFIG_KEY', 'opened', aConfigKey('opened', { value: 'hidden-1', secret: true })),
      create('PLUGIN', plugin, secretPlugin(plugin)),
    ]);
    const tasks = await unit.recorded(
      [],
      update('CONFIG_KEY', 'turned', { value: 'hidden-2', secret: true }),
      update('CONFIG_KEY', 'opened', { value: 'hidden-3' }),
      update('PLUGIN', plugin, { configuration: { apiKey: 'hidden-4', zone: 'Graz' } }),
    );
    await unit.land(other, [
      update('CONFIG_KEY', 'turned', { value: 'hidden-5' }),
      update('CONFIG_KEY', 'opened', { value: 'hidden-6', secret: false }),
      update('PLUGIN', plugin, { configuration: { apiKey: 'hidden-7', zone: 'Linz' } }),
    ]);
    const views = await unit.views(tasks);
    expect(JSON.stringify(views)).not.toMatch(hidden);
    expect(views.map(({ path, masked, live }) => [path, masked, live])).toEqual([
      ['/value', true, null],
      ['/value', true, null],
      ['/configuration/apiKey', true, null],
      ['/configuration/zone', false, 'Linz'],
    ]);
  });

  test('are left out of the whole object that a removal shows, and the rest is there', async () => {
    const { unit, other } = await aScene();
    const plugin = uuid();
    await unit.land(other, [create('PLUGIN', plugin, secretPlugin(plugin))]);
    const tasks = await unit.recorded([], remove('PLUGIN', plugin));
    await unit.land(other, [
      update('PLUGIN', plugin, { configuration: { apiKey: 'hidden-2', zone: 'Graz' } }),
    ]);
    const views = await unit.views(tasks);
    expect(JSON.stringify(views)).not.toMatch(hidden);
    expect(views).toMatchObject([
      { code: 'DELETE_OF_CHANGED', masked: true, base: { configuration: { zone: 'Vienna' } } },
    ]);
    expect(views[0]!.live).toMatchObject({ configuration: { zone: 'Graz' } });
    expect(views[0]!.message).toContain('since its removal was asked for: configuration.');
  });

  test('are not shown in the refusal of an edit that makes them secrets', async () => {
    const { unit, other } = await aScene();
    await unit.land(other, [create('CONFIG_KEY', 'token', aConfigKey('token', { value: 'hidden-1' }))]);
    const seen = aConfigKey('token', { value: 'hidden-0' });
    const refusal = await unit.refusal(
      [],
      update('CONFIG_KEY', 'token', { value: 'hidden-2', secret: true }, seen),
    );
    expect(JSON.stringify(conflictsOf(refusal))).not.toMatch(hidden);
    expect(conflictsOf(refusal)).toMatchObject([{ path: '/value', masked: true, taskId: null }]);
  });
});

describe('the id of a conflict', () => {
  test('stays while nothing moves, changes with the live value, and comes back with it', async () => {
    const { unit, other, profile, workspace } = await aScene();
    const tasks = await unit.recorded([], update('PROFILE', profile, { name: 'Shop' }));
    const idAfter = async (name: string) => {
      await unit.land(other, [update('PROFILE', profile, { name })]);
      return (await unit.views(tasks))[0]!.id;
    };
    const first = await idAfter('Market');
    await unit.land(other, [update('WORKSPACE', workspace, { name: 'Elsewhere' })]);
    expect((await unit.views(tasks))[0]!.id).toBe(first);
    const second = await idAfter('Bazaar');
    expect(second).not.toBe(first);
    expect(await idAfter('Market')).toBe(first);
  });

  test('moves with a secret too, is the same as the core conflict gives, and needs the server key', async () => {
    const { unit, other } = await aScene();
    await unit.land(other, [create('CONFIG_KEY', 'pin', aConfigKey('pin', { value: '0', secret: true }))]);
    const tasks = await unit.recorded([], update('CONFIG_KEY', 'pin', { value: '1' }));
    await unit.land(other, [update('CONFIG_KEY', 'pin', { value: '2' })]);
    const [before] = await unit.views(tasks);
    await unit.land(other, [update('CONFIG_KEY', 'pin', { value: '3' })]);
    const [after] = await unit.views(tasks);
    expect(after!.id).not.toBe(before!.id);
    expect({ ...after, id: '', liveChangedAt: null }).toEqual({ ...before, id: '', liveChangedAt: null });

    const found = await unit.conflicts(tasks);
    expect(found.map((conflict) => unit.presenter.idOf(conflict))).toEqual([after!.id]);
    const elsewhere = unit.withKey('0bad'.repeat(16));
    expect(elsewhere.idOf(found[0]!)).not.toBe(after!.id);
  });

  test('is not the same for two tasks with the same conflict', async () => {
    const { unit, other, profile } = await aScene();
    const [one] = await unit.recorded([], update('PROFILE', profile, { name: 'Shop' }));
    const two: Task = { ...one!, id: uuid() };
    await unit.land(other, [update('PROFILE', profile, { name: 'Market' })]);
    const [ofOne] = await unit.views([one!]);
    const [ofTwo] = await unit.views([two]);
    expect({ ...ofOne, id: '', taskId: '' }).toEqual({ ...ofTwo, id: '', taskId: '' });
    expect(ofOne!.id).not.toBe(ofTwo!.id);
  });

  test('of what was only asked for is the same each time it is asked', async () => {
    const { unit, workspace } = await aScene();
    const [first] = conflictsOf(await unit.refusal([], remove('WORKSPACE', workspace)));
    const [second] = conflictsOf(await unit.refusal([], remove('WORKSPACE', workspace)));
    expect(first!.id).toBe(second!.id);
  });
});

describe('the refusal of recording', () => {
  test('names the object that only the file has, and no task that the file does not hold', async () => {
    const { unit, workspace } = await aScene();
    const tasks = await unit.recorded(
      [],
      create('PROFILE', uuid(), aProfile('Draft', { workspaces: [workspace] })),
    );
    const [conflict] = conflictsOf(await unit.refusal(tasks, remove('WORKSPACE', workspace)));
    expect(conflict).toMatchObject({
      code: 'IN_USE',
      taskId: null,
      resolutions: ['DETACH'],
      because: [],
      message:
        'The workspace “Desk” is used by the profile “Sales”, the profile “Draft”. Remove it there first, or detach.',
    });
  });

  test('tells which task of the file would be in conflict', async () => {
    const { unit, profile } = await aScene();
    const late = await unit.recorded([], create('PROFILE', uuid(), aProfile('Late')));
    const refused = conflictsOf(await unit.refusal(late, update('PROFILE', profile, { name: 'Late' })));
    expect(refused.map(({ code, taskId }) => [code, taskId])).toEqual([
      ['NAME_TAKEN', null],
      ['NAME_TAKEN', late[0]!.id],
    ]);
  });

  test('names the task of the file that stands behind it, and none that was only asked for', async () => {
    const { unit, other, workspace } = await aScene();
    const deleting = await unit.recorded([], remove('WORKSPACE', workspace, true));
    await unit.land(other, [update('WORKSPACE', workspace, { name: 'Newsdesk' })]);
    const creating = create('PROFILE', uuid(), aProfile('Late', { workspaces: [workspace] }));
    expect(conflictsOf(await unit.refusal(deleting, creating))).toMatchObject([
      {
        code: 'REFERENCE_MISSING',
        taskId: null,
        because: [deleting[0]!.id],
        message:
          'The profile “Late” would point at the workspace “Newsdesk”, which the same safe mode removes (workspaces).',
      },
    ]);
    const [alone] = conflictsOf(await unit.refusal([], remove('WORKSPACE', workspace, true), creating));
    expect(alone).toMatchObject({
      code: 'REFERENCE_MISSING',
      taskId: null,
      because: [],
      liveChangedBy: null,
    });
    expect(alone!.message).toContain('“Newsdesk”, which does not exist (workspaces).');
  });
});

describe('conflicts of a whole file', () => {
  test('come in the order of the tasks, the direct ones before those that follow from them', async () => {
    const { unit, other, profile } = await aScene();
    const [free, twin] = [uuid(), uuid()];
    await unit.land(other, [
      create('PROFILE', free, aProfile('Free')),
      create('PROFILE', twin, aProfile('Twin')),
    ]);
    // "Twin" takes the name that "Free" gives up; "Free" turns out to be in conflict.
    const recorded = await unit.recorded(
      [],
      update('PROFILE', free, { name: 'Gone' }),
      update('PROFILE', twin, { name: 'Free' }),
      update('PROFILE', profile, { roles: ['USER'] }),
    );
    await unit.land(other, [update('PROFILE', free, { name: 'FREE' }), remove('PROFILE', profile)]);
    const [freeing, taking, changing] = recorded;
    const views = await unit.views([taking!, changing!, freeing!]);
    expect(views).toMatchObject([
      { taskId: changing!.id, code: 'TARGET_MISSING', derived: false },
      { taskId: freeing!.id, code: 'FIELD_CHANGED', derived: false },
      { taskId: taking!.id, code: 'NAME_TAKEN', derived: true, because: [freeing!.id], liveChangedBy: null },
    ]);
  });

  test('after an import of another configuration are one for each task', async () => {
    const { unit, profile, workspace } = await aScene();
    const tasks = await unit.recorded(
      [],
      update('PROFILE', profile, { name: 'Shop' }),
      remove('WORKSPACE', workspace, true),
    );
    const views = unit.presenter.replacedViews(tasks);
    expect(views).toMatchObject([
      { taskId: tasks[0]!.id, code: 'UNIT_REPLACED', resolutions: ['REMATCH'] },
      { taskId: tasks[1]!.id, code: 'UNIT_REPLACED', resolutions: ['REMATCH'] },
    ]);
    expect(views[0]!.message).toContain('the profile “Sales” may be another one');
    expect(new Set(views.map(({ id }) => id)).size).toBe(2);
  });

  test('have the same fields in the schema and in the refusal of an edit', async () => {
    const { unit, other, profile, workspace } = await aScene();
    const tasks = await unit.recorded([], update('PROFILE', profile, { name: 'Shop' }));
    await unit.land(other, [update('PROFILE', profile, { name: 'Market' })]);
    const shown = conflictType((await unit.views(tasks))[0]!);
    const [refused] = conflictsOf(await unit.refusal([], remove('WORKSPACE', workspace)));
    expect(Object.keys(refused!).sort()).toEqual(Object.keys(shown).sort());
  });
});
