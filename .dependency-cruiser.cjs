/**
 * Import rules; docs/architecture.md says why. Imports go one way: resolver or http → service → store → entity, and
 * pure files know nobody. Importing only a type ties nothing together at run time, so most rules allow it.
 */

/** Files that only compute: what comes out depends on what goes in. */
const pureFiles = [
  '^server/src/change/(?!.*\\.(service|store|loader|presenter|entity|resolver|type)\\.ts$)',
  '^server/src/configuration/.*\\.descriptor\\.ts$',
  '^server/src/configuration/(descriptors|field-rules|json-limits|roles-rule)\\.ts$',
  '^server/src/access/(abilities|operation-rules|role|actor)\\.ts$',
  '^server/src/sample/(?!fill-sample)',
  // age/ runs the cipher in a worker thread.
  '^server/src/backup/format/(?!age/)',
];
const tests = '\\.test\\.ts$|/testing/';
const atRunTime = { dependencyTypesNot: ['type-only'] };

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment:
        'Two files that need each other are one file, or three. A page loaded on demand may use the router that names it.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'pure-files-use-no-packages-with-effects',
      comment: 'The core says what becomes of data. It knows no database, network, API, clock or chance.',
      severity: 'error',
      from: { path: pureFiles, pathNot: tests },
      to: {
        path: 'node_modules/(typeorm|mysql2|better-sqlite3|graphql|graphql-.*|type-graphql|express|@apollo|@aws-sdk|ioredis|pino|undici|uuid|ws)/',
      },
    },
    {
      name: 'pure-files-use-no-system',
      comment:
        'Hashing, text and streams of what they are given are fine; files, sockets and processes are not.',
      severity: 'error',
      from: { path: pureFiles, pathNot: tests },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|http|https|net|tls|dgram|dns|child_process|cluster|os|process|worker_threads)(/|$)',
      },
    },
    {
      name: 'pure-files-know-no-layers',
      comment: 'Pure files use pure files and types.',
      severity: 'error',
      from: { path: pureFiles, pathNot: tests },
      to: {
        path: '^server/src/.*\\.(service|store|loader|presenter|entity|resolver|type|http|worker)\\.ts$|^server/src/(storage|graphql|http|job|messages)/|^server/src/(app|main|settings|logger)\\.ts$',
        ...atRunTime,
      },
    },
    {
      name: 'entities-know-no-layer-above',
      severity: 'error',
      from: { path: '\\.entity\\.ts$' },
      to: { path: '\\.(service|store|resolver|type|http)\\.ts$' },
    },
    {
      name: 'stores-know-no-layer-above',
      severity: 'error',
      from: { path: '\\.store\\.ts$' },
      to: { path: '\\.(service|resolver|type|http)\\.ts$', ...atRunTime },
    },
    {
      name: 'services-know-no-api',
      comment: 'A service may take the inputs of the API as types, and nothing else of it.',
      severity: 'error',
      from: { path: '\\.service\\.ts$' },
      to: { path: '\\.(resolver|type|http)\\.ts$', ...atRunTime },
    },
    {
      name: 'the-api-stays-at-the-edge',
      comment: 'Only what is put together at the top knows resolvers and routes.',
      severity: 'error',
      from: {
        path: '^server/src',
        pathNot: '^server/src/(app|main)\\.ts$|^server/src/(graphql|http)/|\\.(resolver|http|test)\\.ts$',
      },
      to: { path: '\\.(resolver|http)\\.ts$', ...atRunTime },
    },
    {
      name: 'stores-belong-to-their-feature',
      comment: 'A feature asks the service of another one. Only app.ts hands stores out.',
      severity: 'error',
      from: { path: '^server/src/([^/]+)/', pathNot: tests },
      to: { path: '\\.store\\.ts$', pathNot: '^server/src/$1/', ...atRunTime },
    },
    {
      name: 'the-app-is-at-the-top',
      severity: 'error',
      from: { path: '^server/src', pathNot: '^server/src/main\\.ts$' },
      to: { path: '^server/src/(app|main)\\.ts$', ...atRunTime },
    },
    {
      name: 'the-server-stands-alone',
      severity: 'error',
      from: { path: '^server/src', pathNot: tests },
      to: { path: '^(admin-ui|server/test|bench|scripts)/' },
    },
    {
      name: 'tests-are-not-shipped',
      severity: 'error',
      from: { path: '^(server|admin-ui)/src', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'the-console-stands-alone',
      comment: 'What it knows of the server is the schema.',
      severity: 'error',
      from: { path: '^admin-ui' },
      to: { path: '^(server|bench|scripts)/' },
    },
    {
      name: 'the-ui-kit-knows-no-api',
      comment: 'ui/ is buttons, dialogs and tables. What they show comes in by props.',
      severity: 'error',
      from: { path: '^admin-ui/src/ui' },
      to: { path: '^admin-ui/src/(apollo|features|forms|session)/|node_modules/(@apollo|graphql)' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^(server/src|admin-ui/src)' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
    {
      name: 'the-server-ships-with-dependencies-only',
      comment: 'A production install has no development dependencies.',
      severity: 'error',
      from: { path: '^server/src', pathNot: tests },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      // Some packages hold nothing but types.
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
