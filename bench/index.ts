/**
 * `npm run bench` measures at size M; `npm run bench -- L` at that size (an hour or so); `npm run bench -- M memory` or
 * `speed` only that. Needs mariadb-server, age, gzip and python3.
 */
import { type Size, sizes } from './content';
import { measureMemory } from './memory';
import { isSpeedSize, measureSpeed } from './speed';

async function main(wanted: readonly string[]): Promise<void> {
  const size = wanted.find((word): word is Size => word in sizes) ?? 'M';
  const all = !wanted.includes('speed') && !wanted.includes('memory');
  if ((all || wanted.includes('speed')) && isSpeedSize(size)) await measureSpeed(size);
  if (all || wanted.includes('memory')) await measureMemory(size);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
