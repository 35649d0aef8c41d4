import { evaluate } from '../evaluation/evaluate';
import { type Json } from '../json';
import { type Resolution } from '../outcome';
import { rematch } from './rematch';
import { resolve } from './resolve';
import { emptySlice, extendSlice, type Slice } from '../slice';
import { rematchRequest } from '../slice-request';
import { type Task } from '../task';
import { answerFrom } from '../whole-configuration';
import { aConfigKey, aProfile, aUnit, contents, create, recorded, remove, update } from '../testing/builders';

function resolved(
  live: Slice,
  tasks: Task[],
  resolution: Exclude<Resolution, 'REMATCH'>,
  value?: Json,
): Task[] {
  const [conflict] = evaluate(live, tasks).conflicts;
  if (!conflict) throw new Error('There is no conflict.');
  const outcome = resolve(live, tasks, conflict, resolution, value);
  if (outcome.refused) throw new Error(outcome.refused);
  return outcome.tasks;
}

const shown = (live: Slice, tasks: Task[]) => {
  const { conflicts, overlay } = evaluate(live, tasks);
  expect(conflicts).toEqual([]);
  return contents(overlay);
};

describe('a field that live has moved', () => {
  const tasks = recorded(
    aUnit({ workspaces: { w: { name: 'a' } } }),
    update('WORKSPACE', 'w', { name: 'b' }),
  );
  const live = aUnit({ workspaces: { w: { name: 'c' } } });

  test('mine wins until live moves again', () => {
    const mine = resolved(live, tasks, 'MINE');
    expect(shown(live, mine).WORKSPACE.w?.name).toBe('b');
    expect(evaluate(aUnit({ workspaces: { w: { name: 'd' } } }), mine).conflicts).toHaveLength(1);
  });

  test('theirs is no longer mine', () => expect(resolved(live, tasks, 'THEIRS')).toEqual([]));
  test('a value of its own', () =>
    expect(shown(live, resolved(live, tasks, 'VALUE', 'e')).WORKSPACE.w?.name).toBe('e'));

  test('an answer to a conflict that has moved on is stale', () => {
    const [conflict] = evaluate(live, tasks).conflicts;
    const moved = aUnit({ workspaces: { w: { name: 'd' } } });
    expect(resolve(moved, tasks, conflict!, 'MINE')).toEqual({ refused: 'STALE' });
    expect(resolve(live, tasks, conflict!, 'RECREATE')).toEqual({ refused: 'NOT_OFFERED' });
  });
});

test('my order of a list wins with what live has put in', () => {
  const workspaces = { a: {}, b: {}, c: {}, d: {} };
  const tasks = recorded(
    aUnit({ workspaces, profiles: { p: { workspaces: ['a', 'b', 'c'] } } }),
    update('PROFILE', 'p', { workspaces: ['c', 'a', 'b'] }),
  );
  const live = aUnit({ workspaces, profiles: { p: { workspaces: ['b', 'd', 'a', 'c'] } } });
  expect(shown(live, resolved(live, tasks, 'MINE')).PROFILE.p?.workspaces).toEqual(['c', 'a', 'b', 'd']);
});

test('an object that live dropped comes back whole when mine wins', () => {
  const tasks = recorded(
    aUnit({ configKeys: { k: { value: { o: { a: 1 } } } } }),
    update('CONFIG_KEY', 'k', { value: { o: { a: 1, b: 2 } } }),
  );
  const live = aUnit({ configKeys: { k: { value: {} } } });
  expect(shown(live, resolved(live, tasks, 'MINE')).CONFIG_KEY.k?.value).toEqual({ o: { a: 1, b: 2 } });
  expect(resolved(live, tasks, 'THEIRS')).toEqual([]);
});

test('a delete of what was changed goes on with what is live now', () => {
  const tasks = recorded(aUnit({ profiles: { p: {} } }), remove('PROFILE', 'p'));
  const live = aUnit({ profiles: { p: { roles: ['USER'] } } });
  expect(shown(live, resolved(live, tasks, 'MINE')).PROFILE).toEqual({});
});

test('a taken name is answered by another one', () => {
  const tasks = recorded(aUnit({}), create('PROFILE', 'p', aProfile('p', { name: 'A' })));
  const live = aUnit({ profiles: { q: { name: 'a' } } });
  expect(shown(live, resolved(live, tasks, 'VALUE', ' B ')).PROFILE.p?.name).toBe('B');
});

test('a rename to a taken name is answered by another one', () => {
  const tasks = recorded(aUnit({ profiles: { p: { name: 'A' } } }), update('PROFILE', 'p', { name: 'B' }));
  const live = aUnit({ profiles: { p: { name: 'A' }, q: { name: 'B' } } });
  expect(resolved(live, tasks, 'VALUE', 'C')).toMatchObject([{ patch: { name: { from: 'A', to: 'C' } } }]);
  expect(resolved(live, tasks, 'VALUE', 'A')).toEqual([]);
});

test('a missing target is created again with the same id and my values', () => {
  const tasks = recorded(
    aUnit({ profiles: { p: { name: 'A', roles: ['USER'] } } }),
    update('PROFILE', 'p', { name: 'B' }),
  );
  const again = resolved(aUnit({}), tasks, 'RECREATE');
  expect(shown(aUnit({}), again).PROFILE.p).toEqual({ name: 'B', roles: ['USER'], workspaces: [] });
});

test('detaching a delete adds every place that is listed', () => {
  const tasks = recorded(aUnit({ workspaces: { w: {} } }), remove('WORKSPACE', 'w'));
  const live = aUnit({
    workspaces: { w: {} },
    profiles: { p: { workspaces: ['w'] }, q: { workspaces: ['w'] } },
  });
  expect(resolved(live, tasks, 'DETACH')).toMatchObject([{ detach: ['profile:p', 'profile:q'] }]);
});

test('detaching a reference to what is gone drops it from what I made', () => {
  const base = aUnit({ workspaces: { w: {}, v: {} } });
  const tasks = recorded(base, create('PROFILE', 'p', aProfile('p', { workspaces: ['w', 'v'] })));
  const live = aUnit({ workspaces: { v: {} } });
  expect(shown(live, resolved(live, tasks, 'DETACH')).PROFILE.p?.workspaces).toEqual(['v']);
});

describe('a config key that somebody else set first', () => {
  const tasks = recorded(
    aUnit({}),
    create('CONFIG_KEY', 'k', aConfigKey('k', { value: 1, description: 'mine' })),
  );
  const live = aUnit({ configKeys: { k: { value: 2, description: 'theirs' } } });

  test('mine goes on as an update, field by field', () => {
    const [first] = evaluate(live, tasks).conflicts;
    expect(first?.path).toBe('/value');
    const next = resolved(live, tasks, 'MINE');
    expect(evaluate(live, next).conflicts).toMatchObject([{ code: 'FIELD_CHANGED', path: '/description' }]);
    expect(shown(live, resolved(live, next, 'THEIRS')).CONFIG_KEY.k).toEqual({
      key: 'k',
      value: 1,
      description: 'theirs',
      secret: false,
    });
  });

  test('theirs all over leaves no task', () => {
    expect(resolved(live, resolved(live, tasks, 'THEIRS'), 'THEIRS')).toEqual([]);
  });
});

describe('after a backup was imported', () => {
  function rematched(before: Slice, now: Slice, tasks: Task[]): Task[] {
    const first = rematchRequest(emptySlice(), tasks)!;
    const old = extendSlice(emptySlice(), first, answerFrom(before.objects, first));
    const second = rematchRequest(emptySlice(), tasks, old)!;
    return rematch(old, extendSlice(emptySlice(), second, answerFrom(now.objects, second)), tasks);
  }

  test('targets and references are found again by name, and bases read anew', () => {
    const before = aUnit({
      workspaces: { w: { name: 'W' }, v: { name: 'V' } },
      profiles: { p: { name: 'P', workspaces: ['w'] } },
    });
    const tasks = recorded(before, update('PROFILE', 'p', { workspaces: ['w', 'v'], roles: ['USER'] }));
    const now = aUnit({
      workspaces: { w9: { name: 'w' }, v9: { name: 'v' } },
      profiles: { p9: { name: 'p', workspaces: ['w9'] } },
    });
    const again = rematched(before, now, tasks);
    expect(again).toMatchObject([
      { target: 'p9', patch: { workspaces: { from: ['w9'], to: ['w9', 'v9'] } } },
    ]);
    expect(shown(now, again).PROFILE.p9).toMatchObject({ workspaces: ['w9', 'v9'], roles: ['USER'] });
  });

  test('what has moved in the import is taken as seen, and what is equal by now is dropped', () => {
    const before = aUnit({ profiles: { p: { name: 'A' } } });
    const tasks = recorded(before, update('PROFILE', 'p', { name: 'B', roles: ['USER'] }));
    const now = aUnit({ profiles: { p: { name: 'C' } } });
    expect(rematched(before, now, tasks)).toMatchObject([{ patch: { name: { from: 'C', to: 'B' } } }]);
    expect(rematched(before, aUnit({ profiles: { p: { name: 'B', roles: ['USER'] } } }), tasks)).toEqual([]);
  });

  test('a name that two objects have finds none of them', () => {
    const before = aUnit({ workspaces: { w: { name: 'W' } } });
    const tasks = recorded(before, remove('WORKSPACE', 'w'));
    const now = aUnit({ workspaces: { w8: { name: 'W' }, w9: { name: 'W' } } });
    const again = rematched(before, now, tasks);
    expect(again).toMatchObject([{ target: 'w' }]);
    expect(evaluate(now, again).conflicts).toMatchObject([{ code: 'TARGET_MISSING' }]);
  });

  test('a delete detaches the same places under their new ids', () => {
    const before = aUnit({
      workspaces: { w: { name: 'W' } },
      profiles: { p: { name: 'P', workspaces: ['w'] } },
    });
    const tasks = recorded(before, remove('WORKSPACE', 'w', true));
    const now = aUnit({
      workspaces: { w9: { name: 'W' } },
      profiles: { p9: { name: 'P', workspaces: ['w9'] } },
    });
    const again = rematched(before, now, tasks);
    expect(again).toMatchObject([{ target: 'w9', detach: ['profile:p9'], base: { name: 'W' } }]);
    expect(shown(now, again).PROFILE.p9?.workspaces).toEqual([]);
  });
});
