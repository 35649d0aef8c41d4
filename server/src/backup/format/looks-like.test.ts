import { looksLike } from './looks-like';

test.each([
  ['<!-- a --> <!--b--><html>', 'an HTML page'],
  ['<!-- never ended <html>', 'plain text'],
  [`${'<!---->'.repeat(500)}<body>`, 'an HTML page'],
  // Would take longer than the world is old.
  ['<!---->'.repeat(580), 'plain text'],
  ['<!--'.repeat(1_000), 'plain text'],
  [' '.repeat(4_096), 'nothing but blanks'],
  [`{${' '.repeat(4_000)}`, 'JSON'],
])('%#: what somebody made up is seen at once for what it is', (text, words) => {
  expect(looksLike(Buffer.from(text))).toBe(words);
});
