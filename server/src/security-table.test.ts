import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The table of docs/security.md names tests by their titles. */
const documents = path.resolve(__dirname, '../../docs');
const rows = readFileSync(path.join(documents, 'security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!Requirement|-)/.test(line));
const named = rows.flatMap((row) =>
  [...row.matchAll(/\[([^\]]+)\]\((\.\.\/[^)]+\.test\.ts)\)/g)].map(([, title = '', file = '']) => ({
    title,
    file,
  })),
);

test('the table has rows, and nearly every one names a test', () => {
  expect(rows.length).toBeGreaterThan(40);
  const untested = rows.filter((row) => !row.includes('.test.ts)')).map((row) => row.split('|')[1]!.trim());
  expect(untested).toEqual(['14.2 Dependencies are pinned and looked through']);
});

test.each(named)('$file: $title', ({ title, file }) => {
  const place = path.join(documents, file);
  expect(existsSync(place)).toBe(true);
  const source = readFileSync(place, 'utf8').replaceAll("\\'", "'");
  // As a title, or as the row of a table of cases.
  const quotes = ["'", '"', '`'];
  expect(quotes.some((quote) => source.includes(quote + title + quote))).toBe(true);
});
