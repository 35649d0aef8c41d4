import { evaluate } from './evaluate';
import { type Slice } from '../slice';
import { type Task } from '../task';
import { aUnit, contents, recorded, update } from '../testing/builders';

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

describe('applications', () => {
  const q = { q: {} };
  const withApplication = (configuration: Record<string, number>) =>
    aUnit({ plugins: q, workspaces: { w: { applications: { a: { ...application('q'), configuration } } } } });

  test('removing an application whose settings live changed is a conflict', () => {
    const tasks = recorded(withApplication({ k: 1 }), update('WORKSPACE', 'w', { applications: {} }));
    expect(codes(withApplication({ k: 2 }), tasks)).toEqual(['FIELD_CHANGED /applications/a']);
  });

  test('moving an application that live removed is a conflict with live absent', () => {
    const moved = { a: { ...application('q'), position: 5 } };
    const tasks = recorded(withApplication({}), update('WORKSPACE', 'w', { applications: moved }));
    const [conflict] = evaluate(aUnit({ plugins: q, workspaces: { w: {} } }), tasks).conflicts;
    expect(conflict).toMatchObject({ code: 'FIELD_CHANGED', path: '/applications/a' });
    expect(conflict).not.toHaveProperty('live');
  });

  test('two admins each add one at position 0 of the same area and both stay', () => {
    const tasks = recorded(
      aUnit({ plugins: q, workspaces: { w: {} } }),
      update('WORKSPACE', 'w', { applications: { a: application('q') } }),
    );
    const live = aUnit({ plugins: q, workspaces: { w: { applications: { b: application('q') } } } });
    expect(contents(evaluate(live, tasks).overlay).WORKSPACE.w).toMatchObject({
      applications: { a: { position: 0 }, b: { position: 0 } },
    });
  });

  test('what live added to an area that my layout gives up is moved and is a change', () => {
    const tasks = recorded(
      aUnit({ plugins: q, workspaces: { w: { layout: 'two-columns' } } }),
      update('WORKSPACE', 'w', { layout: 'single' }),
    );
    const live = aUnit({
      plugins: q,
      workspaces: { w: { layout: 'two-columns', applications: { a: application('q', 'side') } } },
    });
    const { changes, conflicts } = evaluate(live, tasks);
    expect(conflicts).toEqual([]);
    expect(changes).toMatchObject([{ after: { applications: { a: { area: 'main' } } } }]);
  });

  test('an area that I set and that the final layout lacks is invalid', () => {
    const two = { layout: 'two-columns', applications: { a: application('q') } };
    const tasks = recorded(
      aUnit({ plugins: q, workspaces: { w: two } }),
      update('WORKSPACE', 'w', { applications: { a: application('q', 'side') } }),
    );
    const live = aUnit({ plugins: q, workspaces: { w: { ...two, layout: 'single' } } });
    expect(codes(live, tasks)).toEqual(['INVALID /applications/a/area']);
  });

  test('a new layout records the moves of the applications it has no area for', () => {
    const base = aUnit({
      plugins: q,
      workspaces: { w: { layout: 'two-columns', applications: { a: application('q', 'side') } } },
    });
    const [task] = recorded(base, update('WORKSPACE', 'w', { layout: 'single' }));
    expect(task).toMatchObject({
      patch: { applications: { keys: { a: { keys: { area: { leaf: true, from: 'side', to: 'main' } } } } } },
    });
  });
});
