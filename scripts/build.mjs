// Builds what is missing or older than its sources: server and console, or only the part that is named.
// With --all it builds whatever its age.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const all = process.argv.includes('--all');
const wanted = process.argv.slice(2).filter((argument) => ['server', 'console'].includes(argument));
const common = ['package-lock.json', 'tsconfig.base.json'];

const parts = [
  {
    name: 'server',
    output: 'server/dist/main.js',
    sources: ['server/src', 'server/tsconfig.json', 'server/tsconfig.build.json', ...common],
    // Half a build would look finished to the next start.
    command: ['tsc', '-p', 'server/tsconfig.build.json', '--noEmitOnError'],
  },
  {
    name: 'console',
    output: 'admin-ui/dist/index.html',
    sources: [
      'admin-ui/src',
      'admin-ui/public',
      'admin-ui/index.html',
      'admin-ui/vite.config.mts',
      ...common,
    ],
    command: ['vite', 'build', '--config', 'admin-ui/vite.config.mts', '--logLevel', 'warn'],
  },
];

for (const { name, output, sources, command } of parts) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!all && builtAt(output) > Math.max(...sources.map(changedAt))) continue;
  console.log(`Building the ${name}…`);
  const [program, ...args] = command;
  const { status } = spawnSync(path.join(root, 'node_modules/.bin', program), args, {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function builtAt(file) {
  const place = path.join(root, file);
  return existsSync(place) ? statSync(place).mtimeMs : -Infinity;
}

/** The latest change of a file, or of anything below a directory; a file taken away changes its directory. */
function changedAt(name) {
  const place = path.join(root, name);
  if (!existsSync(place)) return -Infinity;
  const { mtimeMs } = statSync(place);
  if (!statSync(place).isDirectory()) return mtimeMs;
  const below = readdirSync(place, { recursive: true, withFileTypes: true });
  return Math.max(
    mtimeMs,
    ...below.map((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs),
  );
}
