/** Does something once and answers how much it took: milliseconds, bytes, whatever is compared. */
export type Measured = () => Promise<number>;

/** Medians of the same rounds, and how the first compares with the second. */
export interface Comparison {
  ours: number;
  reference: number;
  /** Of the medians. */
  ratio: number;
  /** The least and the greatest ratio of one round. */
  spread: [least: number, greatest: number];
  rounds: number;
}

/** Runs the two in turn, A B A B …, and compares the medians: what slows the machine down slows both. */
export async function compare(rounds: number, ours: Measured, reference: Measured): Promise<Comparison> {
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round++) pairs.push([await ours(), await reference()]);
  return comparisonOf(pairs);
}

/** What the pairs of all rounds come to. */
export function comparisonOf(pairs: readonly (readonly [number, number])[]): Comparison {
  const ours = median(pairs.map(([each]) => each));
  const reference = median(pairs.map(([, each]) => each));
  const ratios = pairs.map(([a, b]) => a / b);
  return {
    ours,
    reference,
    ratio: ours / reference,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    rounds: pairs.length,
  };
}

/** A thing that is timed from outside, milliseconds. */
export const timed =
  (work: () => Promise<unknown>): Measured =>
  async () => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
