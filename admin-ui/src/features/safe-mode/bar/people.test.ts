import { besides, peopleIn, sinceOf, type Presence } from './people';

const inSafeMode = (user: string, safeModeId: string): Presence => ({
  user: { id: user, name: user },
  safeModeId,
  safeModeName: safeModeId,
  relation: 'OWNER',
  since: '2026-03-04T12:00:00.000Z',
});

test('somebody in two safe modes, by browser and by script, is one person', () => {
  const presence = [inSafeMode('ada', 's1'), inSafeMode('ada', 's2'), inSafeMode('bob', 's1')];
  expect(peopleIn(presence).map(({ id }) => id)).toEqual(['ada', 'bob']);
});

test('being in a safe mode is told by person and safe mode', () => {
  const presence = [inSafeMode('ada', 's1'), inSafeMode('bob', 's2')];
  expect(sinceOf(presence, 'ada', 's1')).toBe('2026-03-04T12:00:00.000Z');
  expect(sinceOf(presence, 'ada', 's2')).toBeUndefined();
});

test('the others are all but the viewer in the safe mode of this tab', () => {
  const mine = inSafeMode('ada', 's1');
  const byScript = inSafeMode('ada', 's2');
  const theirs = inSafeMode('bob', 's1');
  expect(besides([mine, byScript, theirs], 'ada', 's1')).toEqual([byScript, theirs]);
  expect(besides([mine, theirs], 'ada', undefined)).toEqual([mine, theirs]);
});
