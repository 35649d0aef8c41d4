import { evaluate } from './evaluation/evaluate';
import { type Slice } from './slice';
import { type Task } from './task';
import { aUnit, recorded, recordedOn, remove, update } from './testing/builders';
import { edited } from './testing/world';

/** Examples that random runs have found. */
const shownIn = (live: Slice, tasks: readonly Task[]) => evaluate(live, tasks).overlay.objects;

test('a member that is taken out and put back forgets on which side of one that my delete hides it stood', () => {
  const live = aUnit({
    workspaces: { a: {}, b: {}, hidden: {} },
    profiles: { p: { workspaces: ['a', 'b', 'hidden'] } },
  });
  const reordered = recorded(
    live,
    remove('WORKSPACE', 'hidden', true),
    update('PROFILE', 'p', { workspaces: ['b', 'a'] }),
  );
  const back = recordedOn(
    reordered,
    live,
    update('PROFILE', 'p', { workspaces: ['b'] }),
    update('PROFILE', 'p', { workspaces: ['b', 'a'] }),
  );
  for (const tasks of [reordered, back]) {
    expect(shownIn(live, tasks).PROFILE.get('p')).toMatchObject({ workspaces: ['b', 'a'] });
  }
  const listed = (tasks: Task[]) =>
    shownIn(
      live,
      tasks.filter(({ op }) => op === 'UPDATE'),
    ).PROFILE.get('p')?.workspaces;
  expect(listed(reordered)).toEqual(['b', 'hidden', 'a']);
  expect(listed(back)).toEqual(['b', 'a', 'hidden']);
});

test('taking my layout back leaves what others have added meanwhile where they put it', () => {
  const unit = (applications: object) =>
    aUnit({
      plugins: { q: {} },
      workspaces: { w: { layout: 'two-columns', applications: applications as Record<string, never> } },
    });
  const mine = recorded(unit({}), update('WORKSPACE', 'w', { layout: 'single' }));
  const theirs = { added: { pluginId: 'q', area: 'side', position: 0, configuration: {} } };
  const live = edited(unit({}), [update('WORKSPACE', 'w', { applications: theirs })]).live;
  expect(shownIn(live, mine).WORKSPACE.get('w')).toMatchObject({ applications: { added: { area: 'main' } } });
  const back = recordedOn(mine, live, update('WORKSPACE', 'w', { layout: 'two-columns' }));
  expect(back).toEqual([]);
  expect(shownIn(live, back).WORKSPACE.get('w')).toMatchObject({ applications: theirs });
});
