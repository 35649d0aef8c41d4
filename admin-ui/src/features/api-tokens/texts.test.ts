import { execFileSync } from 'node:child_process';
import { exampleCommand } from './texts';

test('the example is one command of a shell, with the token in its header and JSON as its body', () => {
  const command = exampleCommand('https://board.example.org', 'unit-1', 'sb_secret');
  const words = execFileSync('sh', ['-c', command.replace('curl', 'printf "%s\\n"')], {
    encoding: 'utf8',
  }).split('\n');
  expect(words).toContain('https://board.example.org/graphql');
  expect(words).toContain('Authorization: Bearer sb_secret');
  expect(JSON.parse(words[words.indexOf('-d') + 1] ?? '')).toEqual({
    query: '{ unit(id: "unit-1") { name revision } }',
  });
});
