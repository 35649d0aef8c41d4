import { setTimeout as pause } from 'node:timers/promises';
import { Turns } from './turns';

/** Works that write down when they begin and end. */
function diary() {
  const lines: string[] = [];
  return {
    lines,
    work:
      (name: string, milliseconds = 5) =>
      async () => {
        lines.push(`${name} begins`);
        await pause(milliseconds);
        lines.push(`${name} ends`);
        return name;
      },
  };
}

test('works on one thing run one after another, in the order in which they came', async () => {
  const { lines, work } = diary();
  const turns = new Turns(60_000);
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => turns.take('x', work(name))));
  expect(answers).toEqual(['a', 'b', 'c']);
  expect(lines).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('works on different things do not wait for each other', async () => {
  const { lines, work } = diary();
  const turns = new Turns(60_000);
  await Promise.all([turns.take('x', work('a')), turns.take('y', work('b'))]);
  expect(lines.slice(0, 2)).toEqual(['a begins', 'b begins']);
});

test('a work that fails lets the next one begin', async () => {
  const turns = new Turns(60_000);
  const failing = turns.take('x', () => Promise.reject(new Error('broken')));
  const next = turns.take('x', () => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});

test('whoever has waited long enough goes ahead', async () => {
  const { lines, work } = diary();
  const turns = new Turns(20);
  await Promise.all([turns.take('x', work('slow', 200)), turns.take('x', work('second'))]);
  expect(lines).toEqual(['slow begins', 'second begins', 'second ends', 'slow ends']);
});
