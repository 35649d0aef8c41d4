// Runs every suite that this machine can run, and says at the end which it left out and why. With REQUIRE_ALL=1 a suite
// that cannot run is a failure. Arguments go to Jest: `npm test -- server/test/backup`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const requireAll = process.env.REQUIRE_ALL === '1';

// Debian keeps servers where an ordinary user's PATH does not reach.
process.env.PATH = `${process.env.PATH}:/usr/sbin`;

const needs = {
  mariadb: { programs: ['mariadbd', 'mariadb-install-db'], what: 'the server tests on MariaDB' },
  e2e: { programs: ['chromium'], what: 'the browser tests' },
  age: { programs: ['age', 'python3'], what: 'opening backups with the age program' },
};

const leftOut = Object.entries(needs).flatMap(([name, { programs, what }]) => {
  const missing = programs.filter((program) => !installed(program));
  return missing.length > 0 ? [{ name, what, missing }] : [];
});
const missing = leftOut.map(({ name }) => name);

run(process.execPath, ['scripts/build.mjs']);
const projects = ['rules', 'sqlite', 'mariadb', 'e2e'].filter((project) => !missing.includes(project));
const { status } = spawnSync(
  path.join(root, 'node_modules/.bin/jest'),
  ['--selectProjects', ...projects, '--', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      LEFT_OUT: JSON.stringify(leftOut.map(({ what, missing }) => `${what}: ${missing.join(', ')} not found`)),
    },
  },
);
process.exit(status === 0 && requireAll && leftOut.length > 0 ? 1 : (status ?? 1));

function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function installed(program) {
  return process.env.PATH.split(':').some((directory) => existsSync(path.join(directory, program)));
}
