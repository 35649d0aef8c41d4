import { conflictFacts } from './conflict-facts';
import { shownValues } from './conflict-values';
import { aConfigKey, aPlugin } from '../core/testing/builders';
import { type Conflict } from '../core/task';

const aConflict = (said: Partial<Conflict>): Conflict => ({
  task: 't',
  kind: 'CONFIG_KEY',
  target: 'token',
  code: 'FIELD_CHANGED',
  path: '/value',
  ...said,
});
const manifest = { bundle: 'b', name: 'B', version: '1.0.0', author: {}, secretKeys: ['apiKey'] };

describe('the sides of a conflict', () => {
  test('are shown where no secret is near, absent ones as null', () => {
    expect(shownValues(aConflict({ mine: 1, live: null }), [aConfigKey('token')])).toEqual({
      base: null,
      mine: 1,
      live: null,
      masked: false,
    });
  });

  test('are not shown where one of the states says that it is a secret', () => {
    const states = [aConfigKey('token', { secret: false }), aConfigKey('token', { secret: true })];
    const none = { base: null, mine: null, live: null, masked: true };
    expect(shownValues(aConflict({ base: 'a', mine: 'b', live: 'c' }), states)).toEqual(none);
    expect(shownValues(aConflict({ path: '/value/inner', mine: 'b', live: 'c' }), states)).toEqual(none);
  });

  test('are not shown where they hold a secret, but are where they could and do not', () => {
    const conflict = aConflict({ kind: 'PLUGIN', path: '/configuration', mine: { apiKey: 'k' }, live: {} });
    const states = [aPlugin('b', { manifest })];
    expect(shownValues(conflict, states)).toMatchObject({ mine: null, live: null, masked: true });
    expect(shownValues({ ...conflict, mine: { zone: 1 } }, states)).toMatchObject({
      mine: { zone: 1 },
      masked: false,
    });
  });

  test('of a whole object lack the secret and nothing else', () => {
    const base = aPlugin('b', { manifest, configuration: { apiKey: 'k', zone: 1 } });
    const conflict = aConflict({ kind: 'PLUGIN', code: 'DELETE_OF_CHANGED', path: '', base: { ...base } });
    expect(shownValues(conflict, [base])).toEqual({
      base: { ...base, configuration: { zone: 1 } },
      mine: null,
      live: null,
      masked: true,
    });
  });
});

describe('the facts of a conflict', () => {
  const whole: Required<Conflict> = {
    task: 't',
    kind: 'PROFILE',
    target: 'p',
    code: 'FIELD_CHANGED',
    path: '/name',
    base: { a: 1, b: { c: 1, d: 2 } },
    mine: 'm',
    live: 'l',
    place: 'profile:p',
    reference: { place: 'profile:p', path: '/workspaces', to: 'WORKSPACE', id: 'w' },
    others: [
      { kind: 'WORKSPACE', id: 'w' },
      { kind: 'PROFILE', id: 'q' },
    ],
    fault: 'f',
    derived: true,
    because: ['u'],
  };

  test.each<[keyof Conflict, Conflict]>([
    ['task', { ...whole, task: 't2' }],
    ['kind', { ...whole, kind: 'WORKSPACE' }],
    ['target', { ...whole, target: 'p2' }],
    ['code', { ...whole, code: 'NAME_TAKEN' }],
    ['path', { ...whole, path: '/roles' }],
    ['base', { ...whole, base: { a: 1, b: { c: 1, d: 3 } } }],
    ['mine', { ...whole, mine: null }],
    ['live', { ...whole, live: ['l'] }],
    ['place', { ...whole, place: 'profile:p2' }],
    ['reference', { ...whole, reference: { ...whole.reference, id: 'w2' } }],
    ['others', { ...whole, others: whole.others.slice(0, 1) }],
  ])('are others where %s differs', (_part, other) => {
    expect(conflictFacts(other)).not.toBe(conflictFacts(whole));
  });

  test('are the same whatever the order of keys and objects, and whatever only explains', () => {
    const { derived: _derived, because: _because, ...plain } = whole;
    const turned = { ...plain, base: { b: { d: 2, c: 1 }, a: 1 }, others: [...whole.others].reverse() };
    expect(conflictFacts(turned)).toBe(conflictFacts(whole));
  });

  test('tell an absent side from null', () => {
    const { live: _live, ...absent } = whole;
    expect(conflictFacts(absent)).not.toBe(conflictFacts({ ...whole, live: null }));
    expect(conflictFacts(aConflict({}))).not.toBe(conflictFacts(aConflict({ base: null })));
  });
});
