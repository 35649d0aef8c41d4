import { evaluate } from '../evaluation/evaluate';
import { removeTask } from './remove';
import { aProfile, aUnit, aWorkspace, contents, create, recorded, remove, update } from '../testing/builders';

const live = aUnit({ workspaces: { w: {} }, profiles: { p: { name: 'A', workspaces: ['w'] } } });

test('a task that others need is refused with their names', () => {
  const tasks = recorded(
    live,
    create('WORKSPACE', 'x', aWorkspace('x')),
    update('PROFILE', 'p', { workspaces: ['w', 'x'] }),
  );
  expect(removeTask(live, tasks, tasks[0]!.id, 'REFUSE')).toEqual({ dependents: [tasks[1]!.id] });
});

test('a cascade takes out whoever depends, and whoever depends on those', () => {
  const tasks = recorded(
    live,
    update('PROFILE', 'p', { name: 'B' }),
    create('PROFILE', 'a', aProfile('a', { name: 'A' })),
    create('WORKSPACE', 'x', aWorkspace('x')),
  );
  const removal = removeTask(live, tasks, tasks[0]!.id, 'CASCADE');
  expect(removal.removed).toEqual([tasks[0]!.id, tasks[1]!.id]);
  expect(removal.tasks).toEqual([tasks[2]]);
});

test('a dependency on a name cannot be detached', () => {
  const tasks = recorded(
    live,
    update('PROFILE', 'p', { name: 'B' }),
    create('PROFILE', 'a', aProfile('a', { name: 'A' })),
  );
  expect(removeTask(live, tasks, tasks[0]!.id, 'DETACH')).toEqual({ dependents: [tasks[1]!.id] });
});

test('detaching drops the reference from the patch', () => {
  const tasks = recorded(
    live,
    create('WORKSPACE', 'x', aWorkspace('x')),
    update('PROFILE', 'p', { workspaces: ['x', 'w'], roles: ['USER'] }),
  );
  const removal = removeTask(live, tasks, tasks[0]!.id, 'DETACH');
  expect(removal.tasks).toMatchObject([{ patch: { roles: { add: ['USER'] } } }]);
  expect(contents(evaluate(live, removal.tasks ?? []).overlay).PROFILE.p?.workspaces).toEqual(['w']);
});

test('detaching adds the place to the delete whose update is gone', () => {
  const tasks = recorded(live, update('PROFILE', 'p', { workspaces: [] }), remove('WORKSPACE', 'w'));
  expect(tasks).toMatchObject([{ op: 'UPDATE' }, { op: 'DELETE', detach: [] }]);
  const removal = removeTask(live, tasks, tasks[0]!.id, 'DETACH');
  expect(removal.tasks).toMatchObject([{ op: 'DELETE', detach: ['profile:p'] }]);
});

test('removing a delete does not bring back the updates folded into it', () => {
  const tasks = recorded(live, update('PROFILE', 'p', { name: 'B' }), remove('PROFILE', 'p'));
  expect(removeTask(live, tasks, tasks[0]!.id, 'REFUSE')).toEqual({ tasks: [], removed: [tasks[0]!.id] });
});

test('the delete is what a create of the same name depends on', () => {
  const tasks = recorded(live, remove('PROFILE', 'p'), create('PROFILE', 'a', aProfile('a', { name: 'a' })));
  expect(removeTask(live, tasks, tasks[0]!.id, 'DETACH')).toEqual({ dependents: [tasks[1]!.id] });
  expect(removeTask(live, tasks, tasks[0]!.id, 'CASCADE').tasks).toEqual([]);
});
