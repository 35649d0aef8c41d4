import { memoryForTests } from './scripts/memory-for-tests.mjs';

// Before Jest starts its processes, which have it from here, and their servers from them.
const inMemory = memoryForTests();
if (inMemory) process.env.TMPDIR ??= inMemory;

/** ES modules that Jest must turn into CommonJS; Node itself can `require()` them. */
const esModules = ['age-encryption', 'cctv-age', '@noble', '@scure', '@graphql-yoga'];

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: '<rootDir>/scripts/test-environment.cjs',
  // Not in the temporary directory: what is compiled once is there in the next run.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  transform: { '\\.(ts|js|mjs)$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/server/dist', '<rootDir>/admin-ui/dist'],
};

const serverTests = ['<rootDir>/server/test/**/*.test.ts'];
/** They start a cluster of their own. */
const clusterTests = '/server/test/cluster/';

/** Suites of a folder that run as one, once they all run, by the one that takes them in. */
const together = '/server/test/together.test.ts';
/**
 * They run by themselves also then: they take long enough, each sets the stage in its own way, or they are not for every
 * database.
 */
const suitesApart = `/server/test/(${[
  'access/(mutations-in-safe-modes|role-operation)',
  'cluster/',
  'docs/',
  'faults/',
  'hostile/(operations|secrets)',
  'safe-mode/(crash|database-away|disk-full|properties/|races|two-servers)',
  'servers/',
  'storage/',
].join('|')})`;
const runTogether = process.env.SUITES_TOGETHER === '1';
/** Matches what is taken in, or else what takes it in. */
const notNow = runTogether ? `^(?!.*(${together}|${suitesApart}))` : together;

/** What is told from one request or socket to another: where two servers could differ from one. */
const testsOnServers = [
  'access/account-api',
  'backup/api',
  'backup/export-routes',
  'configuration/profiles',
  'faults/model',
  'hostile/sockets',
  'safe-mode/banner',
  'safe-mode/active',
].map((name) => `<rootDir>/server/test/${name}.test.ts`);
/** Left out of the run on two servers, by the reason. */
const notOnServers = Object.entries({
  'has services or rules only, and no API': [
    'access/(access-sweeper|api-token|invitation|session|set-up|sign-in)',
    'backup/(across|age|crash|import|plan|rejections|round-trip|tables)',
    'change/(change-log|collisions|conflict|recording-refusal|writer)',
    'configuration/overlay',
    'docs/docker-files',
    'job/',
    'safe-mode/(heartbeat|presence|properties)',
    'unit/(account-rules|memberships|unit)',
  ],
  'starts, stops and kills servers of its own': [
    'cluster/',
    'faults/faults',
    'hostile/secrets',
    'safe-mode/(crash|disk-full)',
    'server-key/',
    'servers/',
    'storage/',
  ],
  'looks into one server': [
    'costs/',
    'graphql/shared-subscriptions',
    'http/',
    'safe-mode/(banner-sockets|races|store-away)',
    'telemetry/',
  ],
}).flatMap(([, names]) => names.map((name) => `/server/test/${name}`));

/**
 * `npm test` chooses those that the machine can run: see scripts/test.mjs.
 *
 * @type {import('jest').Config}
 */
export default {
  projects: [
    {
      ...shared,
      displayName: 'rules',
      testMatch: ['<rootDir>/server/src/**/*.test.ts', '<rootDir>/admin-ui/src/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'sqlite',
      testMatch: serverTests,
      testPathIgnorePatterns: ['/node_modules/', clusterTests, notNow],
      globals: { testedDatabase: 'sqlite', suitesApart },
    },
    {
      ...shared,
      displayName: 'mariadb',
      testMatch: serverTests,
      testPathIgnorePatterns: [
        '/node_modules/',
        // Files have nothing to do with the database: once is enough.
        '/server/test/storage/(?!database)',
        // Two servers on this database are compared with it.
        '/server/test/faults/model',
        clusterTests,
        notNow,
      ],
      globals: { testedDatabase: 'mariadb', suitesApart },
      globalSetup: '<rootDir>/server/test/parts/mariadb.setup.ts',
      globalTeardown: '<rootDir>/server/test/parts/mariadb.teardown.ts',
    },
    { ...shared, displayName: 'galera', testMatch: ['<rootDir>/server/test/cluster/**/*.test.ts'] },
    {
      ...shared,
      displayName: 'servers',
      testMatch: process.env.ALL_ON_SERVERS === '1' ? serverTests : testsOnServers,
      testPathIgnorePatterns: ['/node_modules/', together, ...notOnServers],
      globals: { testedDatabase: 'mariadb', testedServers: 2 },
      globalSetup: '<rootDir>/server/test/parts/mariadb.setup.ts',
      globalTeardown: '<rootDir>/server/test/parts/mariadb.teardown.ts',
    },
    {
      ...shared,
      displayName: 'e2e',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/admin-ui/e2e/**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/admin-ui/e2e/parts/each-test.ts'],
    },
  ],
  // Costs nothing where no test needs Swift: the first one that does starts it.
  globalSetup: '<rootDir>/server/test/parts/swift.setup.ts',
  globalTeardown: '<rootDir>/server/test/parts/swift.teardown.ts',
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  // Generous: machines are busy, and no test is about speed. Only here does Jest read it, not per project.
  testTimeout: 120_000,
  maxWorkers: 2,
};
