import { edit } from './edit';
import { evaluate } from '../evaluation/evaluate';
import { record } from './record';
import { type Slice } from '../slice';
import { type ConfigurationObject, type Operation, type Task } from '../task';
import {
  aConfigKey,
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

const application = (pluginId: string, configuration = {}) => ({
  pluginId,
  area: 'main',
  position: 0,
  configuration,
});
const shown = (live: Slice, tasks: Task[]) => contents(evaluate(live, tasks).overlay);
const codes = (live: Slice, tasks: readonly Task[]) =>
  evaluate(live, tasks).conflicts.map(({ code }) => code);
const refusal = (live: Slice, tasks: readonly Task[], ...operations: Operation[]) =>
  record(live, tasks, operations).refused?.map(({ code }) => code);

describe('net tasks', () => {
  const live = aUnit({ plugins: { q: { configuration: { a: 1 } } }, workspaces: { w: { name: 'A' } } });

  test('an update that equals what is live is no task', () => {
    expect(recorded(live, update('WORKSPACE', 'w', { name: 'A' }))).toEqual([]);
  });

  test('edits of one field fold into one, and back again into none', () => {
    const tasks = recorded(
      live,
      update('WORKSPACE', 'w', { name: 'B' }),
      update('WORKSPACE', 'w', { name: 'C' }),
    );
    expect(tasks).toMatchObject([{ op: 'UPDATE', patch: { name: { leaf: true, from: 'A', to: 'C' } } }]);
    expect(recordedOn(tasks, live, update('WORKSPACE', 'w', { name: 'A' }))).toEqual([]);
  });

  test('an edit of a created object stays a create', () => {
    const tasks = recorded(
      live,
      create('PROFILE', 'p', aProfile('p')),
      update('PROFILE', 'p', { roles: ['USER'] }),
    );
    expect(tasks).toMatchObject([{ op: 'CREATE', value: { name: 'p', roles: ['USER'] } }]);
    expect(recordedOn(tasks, live, remove('PROFILE', 'p'))).toEqual([]);
  });

  test('an update and then a delete is a delete of the whole live object', () => {
    const tasks = recorded(live, update('PLUGIN', 'q', { enabled: false }), remove('PLUGIN', 'q'));
    expect(tasks).toMatchObject([
      { op: 'DELETE', base: aPlugin('q', { configuration: { a: 1 } }), detach: [] },
    ]);
    expect(codes(live, tasks)).toEqual([]);
  });

  test('a key order of a JSON object that changes is nothing to record', () => {
    const two = aUnit({ plugins: { q: { configuration: { a: 1, b: 2 } } } });
    expect(recorded(two, update('PLUGIN', 'q', { configuration: { b: 2, a: 1 } }))).toEqual([]);
  });

  test('a config key removed and set again is an update', () => {
    const unit = aUnit({ configKeys: { k: { value: 1, description: 'old' } } });
    const tasks = recorded(
      unit,
      remove('CONFIG_KEY', 'k'),
      create('CONFIG_KEY', 'k', aConfigKey('k', { value: 2 })),
    );
    expect(tasks).toMatchObject([
      { op: 'UPDATE', patch: { value: { from: 1, to: 2 }, description: { from: 'old' } } },
    ]);
    const back = recorded(
      unit,
      remove('CONFIG_KEY', 'k'),
      create('CONFIG_KEY', 'k', { ...aConfigKey('k', { value: 1 }), description: 'old' }),
    );
    expect(back).toEqual([]);
  });

  test('names are stored trimmed and in one form', () => {
    expect(recorded(live, create('PROFILE', 'p', aProfile('p', { name: '  Cafe\u0301 ' })))).toMatchObject([
      { value: { name: 'Café' } },
    ]);
  });

  test('a position left out is the last of its area', () => {
    const unit = aUnit({
      plugins: { q: {} },
      workspaces: { w: { applications: { a: { ...application('q'), position: 4 } } } },
    });
    const added = { pluginId: 'q', area: 'main' };
    const tasks = recorded(
      unit,
      update('WORKSPACE', 'w', { applications: { a: added, b: added, c: added } }),
    );
    expect(shown(unit, tasks).WORKSPACE.w).toMatchObject({
      applications: { a: { position: 4, configuration: {} }, b: { position: 5 }, c: { position: 6 } },
    });
  });

  test('an id that the workspace does not have is a new application with a fresh id', () => {
    const unit = aUnit({ plugins: { q: {} }, workspaces: { w: { applications: { a: application('q') } } } });
    const asked = { applications: { a: application('q'), stranger: application('q') } };
    const operation: Operation = { ...update('WORKSPACE', 'w', asked), freshIds: ['f1', 'f2'] } as Operation;
    expect(Object.keys(shown(unit, recorded(unit, operation)).WORKSPACE.w?.applications as object)).toEqual([
      'a',
      'f1',
    ]);
  });

  test('the plugin of an application cannot be changed', () => {
    const unit = aUnit({
      plugins: { q: {}, r: {} },
      workspaces: { w: { applications: { a: application('q') } } },
    });
    expect(
      edit(unit, [update('WORKSPACE', 'w', { applications: { a: application('r') } })]).conflicts,
    ).toMatchObject([{ code: 'INVALID', path: '/applications/a/pluginId' }]);
  });
});

describe('what live was at the edit', () => {
  test('an edit back to what live was is kept when live has moved to it by then', () => {
    const before = aUnit({ plugins: { q: { enabled: true } } });
    const tasks = recorded(before, update('PLUGIN', 'q', { enabled: false }));
    const live = aUnit({ plugins: { q: { enabled: false } } });
    const after = recordedOn(tasks, live, update('PLUGIN', 'q', { enabled: true }));
    expect(shown(live, after).PLUGIN.q).toMatchObject({ enabled: true });
    expect(codes(live, after)).toEqual([]);
  });

  test('an untouched field keeps the base it had', () => {
    const tasks = recorded(
      aUnit({ workspaces: { w: { name: 'a' } } }),
      update('WORKSPACE', 'w', { name: 'b' }),
    );
    const live = aUnit({ workspaces: { w: { name: 'c' } } });
    const after = recordedOn(tasks, live, update('WORKSPACE', 'w', { shared: false }));
    expect(after).toMatchObject([
      { patch: { name: { from: 'a', to: 'b' }, shared: { from: true, to: false } } },
    ]);
  });

  test('a form that was loaded earlier conflicts only where a touched field moved since', () => {
    const seen = aWorkspace('w', { name: 'a' });
    const live = aUnit({ workspaces: { w: { name: 'b', shared: false } } });
    expect(edit(live, [update('WORKSPACE', 'w', { name: 'c', shared: true }, seen)]).conflicts).toMatchObject(
      [{ code: 'FIELD_CHANGED', path: '/name', base: 'a', mine: 'c', live: 'b' }],
    );
    const { conflicts, changes } = edit(live, [
      update('WORKSPACE', 'w', { name: 'a', layout: 'two-columns' }, seen),
    ]);
    expect(conflicts).toEqual([]);
    expect(changes).toMatchObject([{ after: { name: 'b', shared: false, layout: 'two-columns' } }]);
  });

  test('a removal by somebody who saw something else is a conflict', () => {
    const live = aUnit({ profiles: { p: { roles: ['USER'] } } });
    const operation = { ...remove('PROFILE', 'p'), basedOn: aProfile('p') } as Operation;
    expect(refusal(live, [], operation)).toEqual(['DELETE_OF_CHANGED']);
  });
});

describe('ordered lists', () => {
  const live = aUnit({ workspaces: { x: {}, w: {}, w2: {} }, profiles: { p: { workspaces: ['x', 'w'] } } });

  test('an edit over an own deletion keeps the member for when the deletion is removed', () => {
    const tasks = recorded(
      live,
      remove('WORKSPACE', 'x', true),
      update('PROFILE', 'p', { workspaces: ['w2', 'w'] }),
    );
    expect(tasks[1]).toMatchObject({ patch: { workspaces: { from: ['x', 'w'], to: ['w2', 'x', 'w'] } } });
    expect(shown(live, tasks).PROFILE.p?.workspaces).toEqual(['w2', 'w']);
    expect(shown(live, tasks.slice(1)).PROFILE.p?.workspaces).toEqual(['w2', 'x', 'w']);
  });

  test('the opposite edit over an own deletion leaves no task', () => {
    const tasks = recorded(
      live,
      remove('WORKSPACE', 'x', true),
      update('PROFILE', 'p', { workspaces: ['w2', 'w'] }),
      update('PROFILE', 'p', { workspaces: ['w'] }),
    );
    expect(tasks).toMatchObject([{ op: 'DELETE' }]);
  });

  test('taking a member out and then deleting it with detach leaves only the delete', () => {
    const tasks = recorded(
      live,
      update('PROFILE', 'p', { workspaces: ['w'] }),
      remove('WORKSPACE', 'x', true),
    );
    expect(tasks).toMatchObject([{ op: 'DELETE', detach: ['profile:p'] }]);
  });
});

describe('recording while the file is in conflict', () => {
  const base = aUnit({ workspaces: { x: {} } });
  const live = aUnit({ workspaces: { x: { shared: false } } });

  test('what would be dead on arrival is refused, naming the delete', () => {
    const tasks = recorded(base, remove('WORKSPACE', 'x'));
    const { refused } = record(live, tasks, [create('PROFILE', 'p', aProfile('p', { workspaces: ['x'] }))]);
    expect(refused).toMatchObject([{ code: 'REFERENCE_MISSING', because: [tasks[0]?.id] }]);
  });

  test('older conflicts do not stand in the way of other edits', () => {
    const tasks = recorded(base, remove('WORKSPACE', 'x'));
    expect(recordedOn(tasks, live, create('PROFILE', 'p', aProfile('p')))).toHaveLength(2);
  });

  test('an edit of a draft whose create is in conflict folds into the create', () => {
    const tasks = recorded(aUnit({}), create('PROFILE', 'p', aProfile('p', { name: 'Sales' })));
    const taken = aUnit({ profiles: { other: { name: 'Sales' } } });
    expect(codes(taken, tasks)).toEqual(['NAME_TAKEN']);
    const renamed = recordedOn(tasks, taken, update('PROFILE', 'p', { name: 'Mine' }));
    expect(codes(taken, renamed)).toEqual([]);
    expect(renamed).toMatchObject([{ op: 'CREATE', value: { name: 'Mine' } }]);
    expect(refusal(taken, renamed, update('PROFILE', 'p', { name: 'SALES' }))).toEqual(['NAME_TAKEN']);
  });

  test('an edit of what my delete in conflict shows again takes the delete back', () => {
    const tasks = recordedOn(
      recorded(base, remove('WORKSPACE', 'x')),
      live,
      update('WORKSPACE', 'x', { name: 'y' }),
    );
    expect(tasks).toMatchObject([{ op: 'UPDATE', patch: { name: { from: 'x', to: 'y' } } }]);
  });
});

describe('groups of operations', () => {
  const live = aUnit({ profiles: { p: {}, r: { name: 'taken' } } });
  const group = (name: ConfigurationObject['name']): Operation[] => [
    create('WORKSPACE', 'w', aWorkspace('w')),
    update('PROFILE', 'p', { workspaces: ['w'], name }),
  ];

  test('all operations of a request are recorded', () => {
    expect(record(live, [], group('p')).tasks).toHaveLength(2);
    expect(edit(live, group('p')).changes).toHaveLength(2);
  });

  test('none is recorded when one is refused', () => {
    expect(refusal(live, [], ...group('taken'))).toEqual(['NAME_TAKEN']);
    expect(edit(live, group('taken'))).toMatchObject({ changes: [], conflicts: [{ code: 'NAME_TAKEN' }] });
  });
});
