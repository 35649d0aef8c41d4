import { parseArgs } from 'node:util';
import { type Size, sizes } from './product/content';

/** What a run measures, and how often. */
export interface BenchOptions {
  /** Names such as `P1`, in upper case; none: all marks. */
  marks: string[];
  /** Sizes that the marks with several of them are measured at. */
  sizes: Size[];
  rounds: number;
  /** Open sockets of P8. */
  subscribers: number;
  /** Requests of one round of P7. */
  requests: number;
}

export const usage = `npm run bench -- [P1 P2 …] [--sizes M,L] [--rounds 5] [--subscribers 5000] [--requests 2000]

Measures the marks that are named, or all; besides, by name: growth (the marks whose work grows, at each size), console
(the long lists in a real browser), and report (puts the results into docs/performance.md). S, M and L are 5 thousand,
100 thousand and 1 million config keys.
`;

/** Reads the command line. Throws where it says something unknown. */
export function readOptions(line: readonly string[], known: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...line],
    allowPositionals: true,
    options: {
      sizes: { type: 'string', default: 'M' },
      rounds: { type: 'string', default: '5' },
      subscribers: { type: 'string', default: '5000' },
      requests: { type: 'string', default: '2000' },
    },
  });
  const marks = positionals.map((name) => name.toUpperCase());
  const strange = marks.filter((name) => !known.includes(name));
  if (strange.length > 0) throw new Error(`There is no ${strange.join(', ')}: ${known.join(', ')}\n${usage}`);
  return {
    marks,
    sizes: values.sizes.split(',').map(sizeNamed),
    rounds: count('rounds', values.rounds),
    subscribers: count('subscribers', values.subscribers),
    requests: count('requests', values.requests),
  };
}

function sizeNamed(name: string): Size {
  const size = name.toUpperCase();
  if (size in sizes) return size as Size;
  throw new Error(`There is no size ${name}: ${Object.keys(sizes).join(', ')}\n${usage}`);
}

function count(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`--${name} is a whole number\n${usage}`);
}
