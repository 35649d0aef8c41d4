import { evaluate } from '../evaluation/evaluate';
import { record } from './record';
import { type Slice } from '../slice';
import { type Operation, type Task } from '../task';
import { aProfile, aUnit, aWorkspace, contents, create, recorded, remove, update } from '../testing/builders';

const application = (pluginId: string, configuration = {}) => ({
  pluginId,
  area: 'main',
  position: 0,
  configuration,
});
const shown = (live: Slice, tasks: Task[]) => contents(evaluate(live, tasks).overlay);
const refusal = (live: Slice, tasks: readonly Task[], ...operations: Operation[]) =>
  record(live, tasks, operations).refused?.map(({ code }) => code);

describe('deleting', () => {
  test('an application that only this file adds goes with its plugin', () => {
    const live = aUnit({ plugins: { q: {} }, workspaces: { w: {} } });
    const tasks = recorded(
      live,
      update('WORKSPACE', 'w', { applications: { a: application('q') } }),
      remove('PLUGIN', 'q', true),
    );
    expect(tasks).toMatchObject([{ op: 'DELETE', detach: [] }]);
  });

  test('my edits of an application that goes with its plugin are dropped', () => {
    const live = aUnit({ plugins: { q: {} }, workspaces: { w: { applications: { a: application('q') } } } });
    const tasks = recorded(
      live,
      update('WORKSPACE', 'w', { applications: { a: application('q', { k: 1 }) } }),
      remove('PLUGIN', 'q', true),
    );
    expect(tasks).toMatchObject([{ op: 'DELETE', detach: ['workspace:w#a'] }]);
  });

  test('a created object loses what is deleted', () => {
    const live = aUnit({ workspaces: { w: {} } });
    const tasks = recorded(
      live,
      create('PROFILE', 'p', aProfile('p', { workspaces: ['w'] })),
      remove('WORKSPACE', 'w', true),
    );
    expect(tasks).toMatchObject([
      { op: 'CREATE', value: { workspaces: [] } },
      { op: 'DELETE', detach: [] },
    ]);
  });

  test('an unset where one of my deletes detaches anyway is not stored', () => {
    const mapping = (pluginId: string) => ({ mappings: { k: { pluginId, name: 'm' } } });
    const live = aUnit({ plugins: { q: {}, r: {}, p: mapping('q') } });
    const tasks = recorded(
      live,
      remove('PLUGIN', 'q', true),
      update('PLUGIN', 'p', mapping('r')),
      update('PLUGIN', 'p', { mappings: {} }),
    );
    expect(tasks).toMatchObject([{ op: 'DELETE', target: 'q', detach: ['plugin:p#k'] }]);
    expect(shown(live, tasks).PLUGIN.p?.mappings).toEqual({});
  });

  test('a mapping that I lead elsewhere survives the removal of where it led', () => {
    const mapping = (pluginId: string) => ({ mappings: { k: { pluginId, name: 'm' } } });
    const live = aUnit({ plugins: { q: {}, r: {}, p: mapping('q') } });
    const tasks = recorded(live, update('PLUGIN', 'p', mapping('r')), remove('PLUGIN', 'q', true));
    expect(shown(live, tasks).PLUGIN.p).toMatchObject(mapping('r'));
  });

  test('what was removed in the same file cannot be used', () => {
    const live = aUnit({ workspaces: { w: {} } });
    const tasks = recorded(live, remove('WORKSPACE', 'w'));
    expect(refusal(live, tasks, create('PROFILE', 'p', aProfile('p', { workspaces: ['w'] })))).toEqual([
      'REFERENCE_MISSING',
    ]);
    expect(refusal(live, tasks, remove('WORKSPACE', 'w'))).toEqual(['TARGET_MISSING']);
  });

  test('what pending tasks use is not removed without detaching', () => {
    const live = aUnit({ workspaces: { w: {} } });
    const tasks = recorded(live, create('PROFILE', 'p', aProfile('p', { workspaces: ['w'] })));
    expect(record(live, tasks, [remove('WORKSPACE', 'w')]).refused).toMatchObject([
      { code: 'IN_USE', others: [{ kind: 'PROFILE', id: 'p' }] },
    ]);
  });

  test('a replaced object is not put where the old one was', () => {
    const live = aUnit({ workspaces: { x: { name: 'a' } }, profiles: { p: { workspaces: ['x'] } } });
    const tasks = recorded(
      live,
      remove('WORKSPACE', 'x', true),
      create('WORKSPACE', 'x2', aWorkspace('x2', { name: 'a' })),
    );
    expect(shown(live, tasks).PROFILE.p?.workspaces).toEqual([]);
  });
});
