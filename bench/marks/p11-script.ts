import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { report } from '../measure/results';

const root = path.join(__dirname, '../..');

interface PageSize {
  part: string;
  bytes: number;
  most: number;
}

/** P11: script of the console before the first paint, gzipped, as `npm run check:sizes` counts it. */
export function measureP11(): void {
  const run = (script: string, ...line: string[]) =>
    execFileSync(process.execPath, [path.join(root, 'scripts', script), ...line], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  run('build.mjs', '--all');
  const pages = JSON.parse(run('check-sizes.mjs', '--json')) as PageSize[];
  for (const { part, bytes, most } of pages) {
    const size = bytes / 1000;
    report({
      mark: 'P11',
      part,
      ratio: size,
      spread: [size, size],
      goal: most / 1000,
      unit: 'KB',
      rounds: 1,
      facts: { bytes },
    });
  }
}
