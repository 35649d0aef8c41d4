import { partAt, type Result } from '../measure/results';
import { type Size, sizes } from '../product/content';
import { table } from './figures';

/** One kind of work at growing sizes. */
export interface Growth {
  name: string;
  points: { size: number; label: string; milliseconds: number }[];
}

/** Where the figures of a kind of work stand: its mark, its part, and which of the two that were compared it is. */
interface Source {
  name: string;
  mark: string;
  part: (size: Size) => string;
  fact: 'ours' | 'reference';
}

const sized = (name: string) => (size: Size) => partAt(name, size, 'M');

/** How many listen where P8 is measured for its growth. */
export const crowds = [100, 1_000, 5_000];

const bySize: readonly Source[] = [
  { name: 'export', mark: 'P1', part: (size) => size, fact: 'ours' },
  { name: 'import', mark: 'P3', part: (size) => size, fact: 'ours' },
  { name: 'apply 10,000 changes (5,000 at S)', mark: 'P9', part: sized('apply'), fact: 'ours' },
  { name: 'preview, 20 pages', mark: 'P10', part: sized('list'), fact: 'ours' },
  { name: 'list, 20 pages', mark: 'P10', part: sized('list'), fact: 'reference' },
];

/** How each kind of work grows with the size of the unit; what was not measured is left out. */
export function growthBySize(results: readonly Result[]): Growth[] {
  return bySize.map(({ name, mark, part, fact }) => ({
    name,
    points: (Object.keys(sizes) as Size[]).flatMap((label) => {
      const milliseconds = factOf(results, mark, part(label), fact);
      return milliseconds === undefined ? [] : [{ size: sizes[label], label, milliseconds }];
    }),
  }));
}

/** How telling everybody of a safe mode grows with those who listen. */
export function growthBySubscribers(results: readonly Result[]): Growth {
  const points = crowds.flatMap((size) => {
    const milliseconds = factOf(results, 'P8', partAt('latency', size, 5_000), 'ours');
    return milliseconds === undefined ? [] : [{ size, label: String(size), milliseconds }];
  });
  return { name: 'bar, publish to last client', points };
}

/** Milliseconds at each size, and by how much they grow for each time that the size does. */
export function growthTable(growths: readonly Growth[]): string {
  const labels = growths.find(({ points }) => points.length === 3)?.points.map(({ label }) => label) ?? [];
  const rows = growths.map(({ name, points }) => {
    const times = labels.map((label) => points.find((point) => point.label === label)?.milliseconds);
    return [
      name,
      ...times.map((time) => (time === undefined ? '–' : Number(time.toPrecision(3)).toLocaleString('en'))),
      exponentOf(points),
    ];
  });
  return table(['Milliseconds', ...labels, 'Exponent'], rows);
}

/** The slope between the last two points on logarithmic scales: 1 grows with the size, 0 not at all. */
function exponentOf(points: Growth['points']): string {
  const [before, last] = points.slice(-2);
  if (!before || !last) return '–';
  return (Math.log(last.milliseconds / before.milliseconds) / Math.log(last.size / before.size)).toFixed(2);
}

function factOf(results: readonly Result[], mark: string, part: string, fact: string): number | undefined {
  return results.find((result) => result.mark === mark && result.part === part)?.facts[fact];
}
