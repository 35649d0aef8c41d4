import { spawnSync } from 'node:child_process';

const isMissing = (program: string): boolean => spawnSync('which', [program]).status !== 0;

/**
 * Tests that need these programs; left out where a machine has not all of them, and the whole run is then said to be
 * incomplete.
 */
export function describeWith(programs: readonly string[], title: string, tests: () => void): void {
  const missing = programs.filter(isMissing);
  if (missing.length === 0) describe(title, tests);
  else if (process.env.REQUIRE_ALL === '1') throw new Error(`Missing: ${missing.join(', ')}`);
  else describe.skip(`${title} (${missing.join(', ')} not found)`, tests);
}
