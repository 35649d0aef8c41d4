import 'reflect-metadata';
import { v7 as uuid } from 'uuid';
import { conflictType } from '../../src/change/presentation/conflict.type';
import {
  aConfigKey,
  aProfile,
  aWorkspace,
  create,
  remove,
  update,
} from '../../src/change/core/testing/builders';
import { type Desk, openDesk } from '../backup/parts/desk';
import { conflictsOf, type Scene, sceneMaker } from './presented-conflicts';

let desk: Desk;
let aScene: () => Promise<Scene>;
beforeAll(async () => {
  desk = await openDesk();
  aScene = sceneMaker(desk);
});
afterAll(() => desk.close());

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

  test('is the one who took a name, told with its holder', async () => {
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
