import fc from 'fast-check';
import { listEntry, mergeList } from './list';

const letters = (text: string) => [...text];
const merged = (from: string, to: string, live: string) => {
  const { order, conflict } = mergeList({ from: letters(from), to: letters(to) }, letters(live));
  return `${order.join('')}${conflict ? ' conflict' : ''}`;
};

test('a list that live left alone becomes exactly mine', () =>
  expect(merged('abc', 'cxa', 'abc')).toBe('cxa'));
test('a list that live made the same already stays', () => expect(merged('abc', 'cab', 'cab')).toBe('cab'));
test('my order stands where live did not reorder', () => expect(merged('abc', 'cab', 'abcd')).toBe('cdab'));
test('the order of live stands where I did not reorder', () =>
  expect(merged('abc', 'abcx', 'cab')).toBe('cxab'));
test('the same new order on both sides is no conflict', () =>
  expect(merged('abc', 'cabx', 'caby')).toBe('cabxy'));
test('two different new orders are a conflict with mine shown', () =>
  expect(merged('abc', 'cab', 'bac')).toBe('cab conflict'));
test('two inserts at one place both stay, mine first', () => expect(merged('ab', 'axb', 'ayb')).toBe('axyb'));
test('the same member put in at different places stays where live has it', () =>
  expect(merged('ab', 'xab', 'abx')).toBe('abx'));
test('what live removed does not count for who reordered', () =>
  expect(merged('bda', 'bad', 'ab')).toBe('ab'));
test('what live removed does not come back', () => expect(merged('abc', 'cab', 'ab')).toBe('ab'));
test('what I removed goes though live moved it', () => expect(merged('abc', 'ab', 'cab')).toBe('ab'));

test('14: no doubles, members as the rule says, orders of one side, and undo is exact', () => {
  const list = fc.uniqueArray(fc.constantFrom(...'abcdef'));
  const judge = (from: string[], to: string[], live: string[]) => {
    const { order, conflict } = mergeList({ from, to }, live);
    expect(new Set(order).size).toBe(order.length);
    const kept = live.filter((id) => to.includes(id) || !from.includes(id));
    const added = to.filter((id) => !from.includes(id));
    expect([...order].sort()).toEqual([...new Set([...kept, ...added])].sort());

    const shared = (order: string[]) =>
      order.filter((id) => [from, to, live].every((all) => all.includes(id))).join('');
    const [base, mine, theirs] = [shared(from), shared(to), shared(live)];
    const exact = [from, to].some((side) => side.join() === live.join());
    expect(conflict).toBe(!exact && base !== mine && base !== theirs && mine !== theirs);
    expect(shared(order)).toBe(base === mine ? theirs : mine);

    const undo = listEntry(order, live);
    expect(undo ? mergeList(undo, order).order : order).toEqual(live);
  };
  fc.assert(fc.property(list, list, list, judge), { numRuns: 3000 });
});
