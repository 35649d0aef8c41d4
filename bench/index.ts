/**
 * `npm run bench` measures at size M; `npm run bench -- L` at that size (an hour or so); `npm run bench -- M memory`, `speed` or
 * `safe-mode` only that. Needs mariadb-server, age, gzip and python3.
 */
import { type Size, sizes } from './content';
import { measureMemory } from './memory';
import { measureSafeModes } from './safe-mode';
import { isSpeedSize, measureSpeed } from './speed';

const parts = ['speed', 'memory', 'safe-mode'];

async function main(wanted: readonly string[]): Promise<void> {
  const size = wanted.find((word): word is Size => word in sizes) ?? 'M';
  const all = !parts.some((part) => wanted.includes(part));
  if ((all || wanted.includes('speed')) && isSpeedSize(size)) await measureSpeed(size);
  if (all || wanted.includes('memory')) await measureMemory(size);
  if (all || wanted.includes('safe-mode')) await measureSafeModes();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
