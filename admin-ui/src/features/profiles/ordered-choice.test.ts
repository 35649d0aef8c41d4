import { choicesOf, movedTo, toggled } from './ordered-choice';

test('the chosen ones come first in their order, then the others in theirs', () => {
  expect(choicesOf(['c', 'a'], ['a', 'b', 'c', 'd'])).toEqual([
    { id: 'c', chosen: true },
    { id: 'a', chosen: true },
    { id: 'b', chosen: false },
    { id: 'd', chosen: false },
  ]);
});

test('what is chosen but not among those known is kept', () => {
  expect(choicesOf(['gone'], ['a'])[0]).toEqual({ id: 'gone', chosen: true });
});

test('checking adds at the end, unchecking takes out', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});

test('one moves to another place, at most to the ends', () => {
  expect(movedTo(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
  expect(movedTo(['a', 'b', 'c'], 'c', -5)).toEqual(['c', 'a', 'b']);
  expect(movedTo(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a']);
});
