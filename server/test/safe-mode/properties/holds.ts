import fc from 'fast-check';

const { PROPERTY_RUNS: askedRuns, PROPERTY_SEED: seed } = process.env;

/** How often a property is tried: the same few runs each time, or as often as PROPERTY_RUNS says, at random. */
export const runsOf = (usual: number): number => (askedRuns ? Number(askedRuns) : usual);

/** Time for so many runs on a busy machine, ms. */
export const timeFor = (usual: number): number => 120_000 + runsOf(usual) * 20_000;

/**
 * Checks a property on many runs. A failure prints its seed at once; with that as PROPERTY_SEED the same runs are made
 * again, and the failing one is made smaller.
 */
export async function holds<T extends [unknown, ...unknown[]]>(
  usual: number,
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  judge: (...values: T) => Promise<void>,
): Promise<void> {
  const sameEachTime = seed ?? (askedRuns ? undefined : '20260101');
  await fc.assert(fc.asyncProperty(...arbitraries, judge), {
    numRuns: runsOf(usual),
    ...(sameEachTime !== undefined && { seed: Number(sameEachTime) }),
    endOnFailure: seed === undefined,
  });
}
