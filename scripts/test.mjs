// Runs every suite that this machine can run, and says at the end which it left out and why. With REQUIRE_ALL=1
// anything left out is a failure. Arguments go to Jest: `npm test -- server/test/backup`. The last line counts.
import './build.mjs';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildArgv, runCLI } from 'jest';

const root = path.resolve(import.meta.dirname, '..');

// Debian keeps servers where an ordinary user's PATH does not reach.
process.env.PATH = `${process.env.PATH}:/usr/sbin`;
process.env.NODE_ENV ??= 'test';
// Whoever names suites wants them one by one.
if (process.argv.slice(2).every((argument) => argument.startsWith('-'))) process.env.SUITES_TOGETHER ??= '1';

const runs = [
  { projects: ['rules', 'sqlite', 'mariadb', 'servers'], options: ['--maxWorkers=2'] },
  { projects: ['galera'], options: ['--runInBand'] },
  { projects: ['e2e'], options: ['--maxWorkers=2'] },
];
const needs = {
  mariadb: ['mariadbd', 'mariadb-install-db', 'redis-server'],
  galera: [
    'mariadbd',
    'mariadb-install-db',
    'redis-server',
    'rsync',
    'lsof',
    '/usr/lib/galera/libgalera_smm.so',
  ],
  servers: ['mariadbd', 'mariadb-install-db', 'redis-server', 'swift-proxy-server', 'memcached'],
  e2e: ['chromium'],
};

const leftOut = [];
const suites = [];
let failed = 0;
for (const { projects, options } of runs) {
  const able = projects.filter(canRun);
  if (able.length > 0) suites.push(...(await suitesOf(able, options)));
}

const tests = suites.flatMap(({ testFilePath, testResults }) =>
  testResults.map((test) => ({ ...test, name: `${testFilePath} ${test.fullName}` })),
);
const passed = tests.filter(({ status }) => status === 'passed');
const ran = new Set(
  tests.filter(({ status }) => ['passed', 'failed'].includes(status)).map(({ name }) => name),
);
// A test that makes sense in one project only is not missing because the other one skips it.
const skipped = tests.filter(({ name, status }) => ['pending', 'todo'].includes(status) && !ran.has(name));
// With a name pattern, skipping is what was asked for.
if (!process.argv.some((argument) => /^(-t|--testNamePattern)/.test(argument))) {
  leftOut.push(...new Set(skipped.map(titleOf)));
}
if (tests.length === 0 && failed === 0) {
  console.error('No test was found.');
  failed++;
}

const incomplete = process.env.REQUIRE_ALL === '1' && leftOut.length > 0;
for (const what of leftOut) console.log(`Left out: ${what}`);
if (incomplete) console.log('REQUIRE_ALL=1: nothing may be left out.');
console.log(`${passed.length} passed, ${failed} failed, ${skipped.length} skipped`);
process.exit(failed > 0 || incomplete ? 1 : 0);

function canRun(project) {
  const missing = (needs[project] ?? []).filter((program) => !installed(program));
  if (missing.length > 0) leftOut.push(`${project}: ${missing.join(', ')} not found`);
  return missing.length === 0;
}

function installed(program) {
  if (path.isAbsolute(program)) return existsSync(program);
  return process.env.PATH.split(':').some((directory) => existsSync(path.join(directory, program)));
}

/** Runs the projects; a suite that could not even begin counts as one failure. */
async function suitesOf(projects, options) {
  const asked = [...process.argv.slice(2), ...options, '--passWithNoTests', '--selectProjects', ...projects];
  try {
    const { results } = await runCLI(await buildArgv(asked), [root]);
    failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
    return results.testResults;
  } catch (error) {
    console.error(error);
    failed++;
    return [];
  }
}

/** A suite that was skipped as a whole by its title, which says why; any other test by its own. */
function titleOf({ ancestorTitles: [suite], fullName }) {
  const whole = tests.every(
    ({ ancestorTitles, status }) => ancestorTitles[0] !== suite || status === 'pending',
  );
  return suite !== undefined && whole ? suite : fullName;
}
