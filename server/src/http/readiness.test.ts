import { type Database } from '../storage/database';
import { Readiness } from './readiness';

/** A database that answers as the test says. */
function aDatabase(answer: () => Promise<unknown>) {
  const read = jest.fn(answer);
  return { database: { read } as unknown as Database, read };
}
const never = () => new Promise(() => undefined);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('a server whose database answers lacks nothing, until it is stopped', async () => {
  const readiness = new Readiness(aDatabase(() => Promise.resolve()).database);
  expect(await readiness.missing()).toBeUndefined();
  readiness.stop();
  expect(await readiness.missing()).toBe('stopping');
});

test('a database that refuses is missing', async () => {
  const readiness = new Readiness(aDatabase(() => Promise.reject(new Error('away'))).database);
  expect(await readiness.missing()).toBe('database');
});

test('a database that hangs is asked once, however many probes wait, and none of them for long', async () => {
  const { database, read } = aDatabase(never);
  const readiness = new Readiness(database);
  const probes = [readiness.missing(), readiness.missing()];
  await jest.advanceTimersByTimeAsync(2_000);
  expect(await Promise.all(probes)).toEqual(['database', 'database']);
  const later = readiness.missing();
  await jest.advanceTimersByTimeAsync(2_000);
  expect(await later).toBe('database');
  expect(read).toHaveBeenCalledTimes(1);
});

test('an answer counts for a second', async () => {
  const { database, read } = aDatabase(() => Promise.resolve());
  const readiness = new Readiness(database);
  await readiness.missing();
  await readiness.missing();
  expect(read).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(1_001);
  await readiness.missing();
  expect(read).toHaveBeenCalledTimes(2);
});
