import { type ReadRow } from '../sections/read';
import { type DifferenceTaker, SectionComparison } from './section-comparison';

const rows = (...names: string[]): ReadRow[] =>
  names.map((name) => ({ id: name.split('=')[0]!, text: name }));

/** Compares live pages with pages to come; answers what the taker was told. */
async function compared(live: ReadRow[][], coming: ReadRow[][]): Promise<string[]> {
  const told: string[] = [];
  const taker: DifferenceTaker = {
    added: (_, { text }) => void told.push(`+${text}`),
    removed: (_, { text }) => void told.push(`-${text}`),
    differing: (_, before, after) => void told.push(`${before.text}→${after.text}`),
    same: (_, { text }) => void told.push(text),
  };
  const comparison = new SectionComparison('configKeys', pages(live), taker);
  for (const page of coming) await comparison.take(page);
  await comparison.end();
  return told;
}

async function* pages(of: ReadRow[][]): AsyncGenerator<ReadRow[]> {
  for (const page of of) yield await Promise.resolve(page);
}

test('each row comes, goes, differs or stays, however the two sides are cut into pages', async () => {
  const expected = ['-a=1', '+b=1', 'c=1', 'd=1→d=2', '-e=1', '+f=1'];
  const [live, coming] = [rows('a=1', 'c=1', 'd=1', 'e=1'), rows('b=1', 'c=1', 'd=2', 'f=1')];
  expect(await compared([live], [coming])).toEqual(expected);
  expect(
    await compared(
      live.map((row) => [row]),
      coming.map((row) => [row]),
    ),
  ).toEqual(expected);
});

test('an empty side is all coming, or all going', async () => {
  expect(await compared([], [rows('a=1', 'b=1')])).toEqual(['+a=1', '+b=1']);
  expect(await compared([rows('a=1'), rows('b=1')], [])).toEqual(['-a=1', '-b=1']);
});

test('rows are in the order of their UTF-8 bytes, not of UTF-16', async () => {
  expect(await compared([rows('\u{ff5e}=1')], [rows('\u{ff5e}=1', '\u{1f600}=1')])).toEqual([
    '\u{ff5e}=1',
    '+\u{1f600}=1',
  ]);
  expect(await compared([rows('\u{ff5e}=1', '\u{1f600}=1')], [rows('\u{1f600}=1')])).toEqual([
    '-\u{ff5e}=1',
    '\u{1f600}=1',
  ]);
});
