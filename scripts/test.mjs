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

const runs = [
  { projects: ['rules', 'sqlite', 'mariadb'], options: ['--maxWorkers=2'] },
  // Browsers and servers of several suites at once would only slow each other down.
  { projects: ['e2e'], options: ['--runInBand'] },
];
const needs = { mariadb: ['mariadbd', 'mariadb-install-db'], e2e: ['chromium'] };

const leftOut = [];
const total = { passed: 0, failed: 0, skipped: 0 };
for (const { projects, options } of runs) {
  const able = projects.filter(canRun);
  if (able.length > 0) count(await results(able, options));
}
if (total.passed + total.failed + total.skipped === 0) {
  console.error('No test was found.');
  total.failed = 1;
}

const incomplete = process.env.REQUIRE_ALL === '1' && leftOut.length > 0;
for (const what of leftOut) console.log(`Left out: ${what}`);
if (incomplete) console.log('REQUIRE_ALL=1: nothing may be left out.');
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || incomplete ? 1 : 0);

function canRun(project) {
  const missing = (needs[project] ?? []).filter((program) => !installed(program));
  if (missing.length > 0) leftOut.push(`${project}: ${missing.join(', ')} not found`);
  return missing.length === 0;
}

function installed(program) {
  return process.env.PATH.split(':').some((directory) => existsSync(path.join(directory, program)));
}

/** What Jest found, or nothing where it could not even begin. */
async function results(projects, options) {
  const asked = [...process.argv.slice(2), ...options, '--passWithNoTests', '--selectProjects', ...projects];
  try {
    return (await runCLI(await buildArgv(asked), [root])).results;
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

function count(results) {
  if (!results) return void total.failed++;
  total.passed += results.numPassedTests;
  total.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
  total.skipped += results.numPendingTests + results.numTodoTests;
  // With a name pattern, skipping is what was asked for.
  if (!process.argv.some((argument) => /^(-t|--testNamePattern)/.test(argument))) {
    leftOut.push(...new Set(results.testResults.flatMap(skippedIn)));
  }
}

/** Skipped suites by their title, which says why; skipped tests by their own. */
function skippedIn({ testResults }) {
  const skipped = testResults.filter(({ status }) => status === 'pending' || status === 'todo');
  return skipped.map(({ ancestorTitles: [suite], fullName }) =>
    testResults.every(({ ancestorTitles, status }) => ancestorTitles[0] !== suite || status === 'pending')
      ? (suite ?? fullName)
      : fullName,
  );
}
