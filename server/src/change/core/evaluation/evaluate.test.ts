import { edit } from '../recording/edit';
import { evaluate } from './evaluate';
import { type Slice } from '../slice';
import { type Task } from '../task';
import {
  aPlugin,
  aProfile,
  aUnit,
  aWorkspace,
  contents,
  create,
  recorded,
  recordedOn,
  remove,
  update,
} from '../testing/builders';

const codes = (live: Slice, tasks: Task[]) =>
  evaluate(live, tasks).conflicts.map(({ code, path, derived }) =>
    `${derived ? 'derived ' : ''}${code} ${path}`.trim(),
  );

const application = (pluginId: string, area = 'main', position = 0) => ({
  pluginId,
  area,
  position,
  configuration: {},
});

describe('the two stories of the manual', () => {
  test('the same profile name created twice is a conflict of the one who comes later', () => {
    const tasks = recorded(aUnit({}), create('PROFILE', 'mine', aProfile('mine', { name: 'Sales' })));
    const live = aUnit({ profiles: { theirs: { name: 'SALES' } } });
    const { conflicts, changes } = evaluate(live, tasks);
    expect(conflicts).toMatchObject([
      { code: 'NAME_TAKEN', path: '/name', mine: 'Sales', others: [{ kind: 'PROFILE', id: 'theirs' }] },
    ]);
    expect(changes).toEqual([]);
  });

  test('removing a profile that is already gone is a conflict', () => {
    const tasks = recorded(aUnit({ profiles: { sales: {} } }), remove('PROFILE', 'sales'));
    expect(codes(aUnit({}), tasks)).toEqual(['TARGET_MISSING']);
  });
});

describe('fields', () => {
  test('an untouched field is never written', () => {
    const tasks = recorded(aUnit({ profiles: { p: { name: 'a' } } }), update('PROFILE', 'p', { name: 'b' }));
    const { overlay, conflicts } = evaluate(
      aUnit({ profiles: { p: { name: 'a', roles: ['USER'] } } }),
      tasks,
    );
    expect(conflicts).toEqual([]);
    expect(contents(overlay).PROFILE.p).toEqual({ name: 'b', roles: ['USER'], workspaces: [] });
  });

  test('a field that live has moved is a conflict with all three values', () => {
    const tasks = recorded(
      aUnit({ workspaces: { w: { name: 'a' } } }),
      update('WORKSPACE', 'w', { name: 'b' }),
    );
    expect(evaluate(aUnit({ workspaces: { w: { name: 'c' } } }), tasks).conflicts).toMatchObject([
      { code: 'FIELD_CHANGED', path: '/name', base: 'a', mine: 'b', live: 'c' },
    ]);
  });

  test('a file that live already agrees with is satisfied and changes nothing', () => {
    const tasks = recorded(
      aUnit({ workspaces: { w: { name: 'a' } } }),
      update('WORKSPACE', 'w', { name: 'b' }),
    );
    const { conflicts, changes, satisfied } = evaluate(aUnit({ workspaces: { w: { name: 'b' } } }), tasks);
    expect({ conflicts, changes, satisfied: satisfied.size }).toEqual({
      conflicts: [],
      changes: [],
      satisfied: 1,
    });
  });

  test('null is a value and not an unset', () => {
    const base = aUnit({ plugins: { q: { configuration: { k: 1 } } } });
    const tasks = recorded(base, update('PLUGIN', 'q', { configuration: { k: null } }));
    expect(contents(evaluate(base, tasks).overlay).PLUGIN.q).toMatchObject({ configuration: { k: null } });
    expect(codes(aUnit({ plugins: { q: { configuration: {} } } }), tasks)).toEqual([
      'FIELD_CHANGED /configuration/k',
    ]);
  });

  test('two admins who open one permission to a role each merge', () => {
    const tasks = recorded(
      aUnit({ plugins: { q: {} } }),
      update('PLUGIN', 'q', { permissions: { m: ['USER'] } }),
    );
    const { overlay, conflicts } = evaluate(
      aUnit({ plugins: { q: { permissions: { m: ['ADMIN'] } } } }),
      tasks,
    );
    expect(conflicts).toEqual([]);
    expect(contents(overlay).PLUGIN.q).toMatchObject({ permissions: { m: ['ADMIN', 'USER'] } });
  });

  test('a key set in an object that live dropped is one conflict at the object, not a half revived one', () => {
    const base = aUnit({ plugins: { q: { configuration: { k: { o: 1 } } } } });
    const tasks = recorded(
      base,
      update('PLUGIN', 'q', { configuration: { k: { o: 1, p: 2, r: { s: 3 } } } }),
    );
    expect(evaluate(aUnit({ plugins: { q: {} } }), tasks).conflicts).toMatchObject([
      { code: 'FIELD_CHANGED', path: '/configuration/k', base: { o: 1 }, mine: { o: 1, p: 2, r: { s: 3 } } },
    ]);
  });

  test('__proto__ is an ordinary key', () => {
    const base = aUnit({ plugins: { q: {} } });
    const configuration = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, never>;
    const tasks = recorded(base, update('PLUGIN', 'q', { configuration }));
    const after = contents(evaluate(base, tasks).overlay).PLUGIN.q?.configuration;
    expect(JSON.stringify(after)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('a mapping is one value: target and name do not mix', () => {
    const mapping = (pluginId: string, name: string) => ({ mappings: { k: { pluginId, name } } });
    const plugins = { q: {}, r: {} };
    const tasks = recorded(
      aUnit({ plugins: { ...plugins, p: mapping('q', 'a') } }),
      update('PLUGIN', 'p', mapping('r', 'a')),
    );
    expect(codes(aUnit({ plugins: { ...plugins, p: mapping('q', 'b') } }), tasks)).toEqual([
      'FIELD_CHANGED /mappings/k',
    ]);
  });
});

describe('deletes', () => {
  test('a delete of what somebody changed is a conflict', () => {
    const tasks = recorded(aUnit({ profiles: { p: {} } }), remove('PROFILE', 'p'));
    expect(codes(aUnit({ profiles: { p: { roles: ['USER'] } } }), tasks)).toEqual(['DELETE_OF_CHANGED']);
  });

  test('members that vanished with their own target are no change', () => {
    const tasks = recorded(
      aUnit({ workspaces: { w: {} }, profiles: { p: { workspaces: ['w'] } } }),
      remove('PROFILE', 'p'),
    );
    expect(codes(aUnit({ profiles: { p: {} } }), tasks)).toEqual([]);
    expect(codes(aUnit({ workspaces: { w: {} }, profiles: { p: {} } }), tasks)).toEqual([
      'DELETE_OF_CHANGED',
    ]);
  });

  test('a delete drops the references where that was agreed', () => {
    const live = aUnit({ workspaces: { w: {}, x: {} }, profiles: { p: { workspaces: ['w', 'x'] } } });
    const tasks = recorded(live, remove('WORKSPACE', 'w', true));
    expect(tasks).toMatchObject([{ op: 'DELETE', detach: ['profile:p'] }]);
    expect(contents(evaluate(live, tasks).overlay).PROFILE.p?.workspaces).toEqual(['x']);
    expect(codes(aUnit({ workspaces: { w: {}, x: {} } }), tasks)).toEqual([]);
  });

  test('who began to use it since is named, one conflict for each place', () => {
    const tasks = recorded(aUnit({ workspaces: { w: {} } }), remove('WORKSPACE', 'w', true));
    const live = aUnit({
      workspaces: { w: {} },
      profiles: { p: { workspaces: ['w'] }, r: { workspaces: ['w'] } },
    });
    expect(evaluate(live, tasks).conflicts).toMatchObject([
      { code: 'REFERENCE_GAINED', place: 'profile:p', others: [{ kind: 'PROFILE', id: 'p' }] },
      { code: 'REFERENCE_GAINED', place: 'profile:r' },
    ]);
  });

  test('what is in use is not removed without detaching, and the users are named', () => {
    const live = aUnit({ plugins: { q: {} }, workspaces: { w: { applications: { a: application('q') } } } });
    expect(edit(live, [remove('PLUGIN', 'q')])).toMatchObject({
      changes: [],
      conflicts: [{ code: 'IN_USE', others: [{ kind: 'WORKSPACE', id: 'w' }] }],
    });
    expect(
      edit(live, [remove('PLUGIN', 'q', true)])
        .changes.map(({ id }) => id)
        .sort(),
    ).toEqual(['q', 'w']);
  });
});

describe('rounds and blame', () => {
  test('what stands only because of another conflict comes back in the same answer, as derived', () => {
    const base = aUnit({ profiles: { d: { name: 'A' }, v: { name: 'V' } } });
    const tasks = recorded(base, remove('PROFILE', 'd'), update('PROFILE', 'v', { name: 'A' }));
    const live = aUnit({ profiles: { d: { name: 'A', roles: ['USER'] }, v: { name: 'V' } } });
    const { conflicts, overlay } = evaluate(live, tasks);
    expect(conflicts).toMatchObject([
      { code: 'DELETE_OF_CHANGED' },
      { code: 'NAME_TAKEN', derived: true, because: [tasks[0]?.id] },
    ]);
    expect(contents(overlay)).toEqual(contents(live));
  });

  test('a reference to a create that is left out is a removed dependency', () => {
    const base = aUnit({ plugins: { q: {} } });
    const tasks = recorded(
      base,
      create('WORKSPACE', 'w', aWorkspace('w', { applications: { a: application('q') } })),
      create('PROFILE', 'p', aProfile('p', { workspaces: ['w'] })),
    );
    expect(codes(aUnit({}), tasks)).toEqual([
      'REFERENCE_MISSING /applications/a',
      'derived DEPENDENCY_REMOVED /workspaces',
    ]);
  });

  test('only who brings a key is blamed for doubling it', () => {
    const base = aUnit({ profiles: { a: { name: 'A' }, b: { name: 'B' } } });
    const tasks = recorded(
      base,
      update('PROFILE', 'a', { roles: ['USER'] }),
      update('PROFILE', 'b', { name: 'C' }),
    );
    const live = aUnit({ profiles: { a: { name: 'C' }, b: { name: 'B' } } });
    expect(evaluate(live, tasks).conflicts).toMatchObject([{ code: 'NAME_TAKEN', target: 'b' }]);
  });

  test('names can be swapped', () => {
    const live = aUnit({ profiles: { a: { name: 'A' }, b: { name: 'B' } } });
    const swap = [
      update('PROFILE', 'a', { name: 'X' }),
      update('PROFILE', 'b', { name: 'A' }),
      update('PROFILE', 'a', { name: 'B' }),
    ];
    const { overlay, conflicts } = evaluate(live, recorded(live, ...swap));
    expect(conflicts).toEqual([]);
    expect(contents(overlay).PROFILE).toMatchObject({ a: { name: 'B' }, b: { name: 'A' } });
  });

  test('a create whose id is live by now is satisfied when equal and a conflict for each field that differs', () => {
    const tasks = recorded(aUnit({}), create('CONFIG_KEY', 'k', { key: 'k', value: 1, secret: false }));
    const same = evaluate(aUnit({ configKeys: { k: { value: 1 } } }), tasks);
    expect([same.conflicts, same.satisfied.size]).toEqual([[], 1]);
    const { conflicts } = evaluate(aUnit({ configKeys: { k: { value: 2 } } }), tasks);
    expect(conflicts).toMatchObject([{ code: 'FIELD_CHANGED', path: '/value', mine: 1, live: 2 }]);
    expect(conflicts[0]).not.toHaveProperty('base');
  });

  test('a change of case only is a rename', () => {
    const live = aUnit({ profiles: { p: { name: 'sales' } } });
    expect(edit(live, [update('PROFILE', 'p', { name: 'Sales' })]).changes).toMatchObject([
      { after: { name: 'Sales' } },
    ]);
  });

  test('plugins that are created together may point at each other', () => {
    const first = recorded(
      aUnit({}),
      create('PLUGIN', 'q1', aPlugin('q1')),
      create('PLUGIN', 'q2', aPlugin('q2')),
    );
    const tasks = recordedOn(
      first,
      aUnit({}),
      update('PLUGIN', 'q1', { mappings: { k: { pluginId: 'q2', name: 'a' } } }),
      update('PLUGIN', 'q2', { mappings: { k: { pluginId: 'q1', name: 'a' } } }),
    );
    expect(codes(aUnit({}), tasks)).toEqual([]);
    expect(evaluate(aUnit({}), tasks).changes).toHaveLength(2);
  });
});
