import { sinceText } from './since-texts';

const now = Date.parse('2026-03-04T12:00:00.000Z');
const before = (ms: number) => sinceText(new Date(now - ms).toISOString(), now);
const minute = 60_000;

test('times are rough, and in the largest unit that fits', () => {
  expect(before(59_999)).toBe('since just now');
  expect(before(minute)).toBe('for 1 minute');
  expect(before(59 * minute)).toBe('for 59 minutes');
  expect(before(60 * minute)).toBe('for 1 hour');
  expect(before(47 * 60 * minute)).toBe('for 1 day');
  expect(before(48 * 60 * minute)).toBe('for 2 days');
});

test('a server whose clock is ahead does not make it a time in the future', () => {
  expect(before(-5 * minute)).toBe('since just now');
});
