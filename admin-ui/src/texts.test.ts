import { listText, numberOf } from './texts';
import { numberText } from './ui/number';

test('a number of things is written as the browser writes numbers, and one thing is no plural', () => {
  const changes = numberOf('change', 'changes');
  expect([changes(0), changes(1), changes(12_000)]).toEqual([
    '0 changes',
    '1 change',
    `${numberText(12_000)} changes`,
  ]);
});

test('a list has the word of the texts’ language before its last part', () => {
  expect([listText(['a']), listText(['a', 'b']), listText(['a', 'b', 'c'])]).toEqual([
    'a',
    'a and b',
    'a, b and c',
  ]);
});
