import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { type Size, sizes } from './content';
import { median, report } from './measure';
import { type MemoryAnswer, type MemoryOrder } from './memory-process';
import { openPlaces } from './places';

const rounds = 5;
const MB = 1e6;
/** The key derivation's own 256 MiB come on top while it runs; a low work factor leaves them out. */
const workFactor = 10;

/** P2: how much memory an export and an import take, and how little that grows with the unit. */
export async function measureMemory(size: Size): Promise<void> {
  const places = await openPlaces(workFactor);
  try {
    let filled = 0;
    const peaks = new Map<string, number>();
    // Growth is judged against a tenth of the size, in the same run.
    for (const count of [sizes[size] / 10, sizes[size]]) {
      await places.mariadb.database.transaction((db) => db.run('DELETE FROM config_key'));
      await places.mariadb.fill(count);
      for (const work of ['export', 'import'] as const) {
        const above = median(
          Array.from({ length: rounds }, () => aboveIdle({ place: places.places.mariadb, workFactor, work })),
        );
        peaks.set(`${work} ${filled}`, above);
      }
      filled++;
    }
    for (const work of ['export', 'import']) {
      const [small, large] = [peaks.get(`${work} 0`)!, peaks.get(`${work} 1`)!];
      const facts = { smallMB: Math.round(small / MB), largeMB: Math.round(large / MB) };
      report({
        name: `P2 ${work} growth to ${size}, MB`,
        value: Math.round((large - small) / MB),
        mark: 32,
        facts,
      });
      report({ name: `P2 ${work} ${size} above idle, MB`, value: Math.round(large / MB), mark: 160, facts });
    }
  } finally {
    await places.close();
  }
}

function aboveIdle(order: MemoryOrder): number {
  const script = path.join(__dirname, 'memory-process.ts');
  const answer = execFileSync(
    process.execPath,
    ['--expose-gc', '--require', 'esbuild-register', script, JSON.stringify(order)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { idle, peak } = JSON.parse(answer) as MemoryAnswer;
  return peak - idle;
}
