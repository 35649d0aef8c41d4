/** Import rules: docs/architecture.md says why. Data flows one way: resolver or http → service → store → entity, and pure files know nobody. */
const pureFiles = [
  '^server/src/change/(?!.*\\.(service|store|loader|presenter|entity|resolver|type)\\.ts$)',
  '^server/src/configuration/.*\\.descriptor\\.ts$',
  '^server/src/configuration/(descriptors|field-rules|json-limits|roles-rule)\\.ts$',
  '^server/src/access/(abilities|operation-rules|role|actor)\\.ts$',
  '^server/src/backup/format/(?!age/)',
];
const tests = '\\.test\\.ts$|/testing/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-files',
      comment: 'The core says what becomes of data. It knows no database, no network and no API.',
      severity: 'error',
      from: { path: pureFiles, pathNot: tests },
      to: { path: '(^|/)node_modules/(typeorm|mysql2|better-sqlite3|graphql|type-graphql|express|@apollo|@aws-sdk|pino)' },
    },
    {
      name: 'pure-files-know-no-layers',
      comment: 'Pure files use pure files and types.',
      severity: 'error',
      from: { path: pureFiles, pathNot: tests },
      to: {
        path: '^server/src/.*\\.(service|store|loader|entity|resolver|type|http)\\.ts$|^server/src/(storage|graphql|http)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'entities-know-no-services',
      severity: 'error',
      from: { path: '\\.entity\\.ts$' },
      to: { path: '\\.(service|store|resolver|type|http)\\.ts$' },
    },
    {
      name: 'stores-know-no-services',
      severity: 'error',
      from: { path: '\\.store\\.ts$' },
      to: { path: '\\.(service|resolver|type|http)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'services-know-no-api',
      comment: 'A service may take the inputs of the API as types, and nothing else of it.',
      severity: 'error',
      from: { path: '\\.service\\.ts$' },
      to: { path: '\\.(resolver|type|http)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-server-stands-alone',
      severity: 'error',
      from: { path: '^server/src' },
      to: { path: '^(admin-ui|server/test|bench)' },
    },
    {
      name: 'tests-are-not-shipped',
      severity: 'error',
      from: { path: '^server/src', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'the-ui-kit-knows-no-api',
      comment: 'ui/ is buttons, dialogs and tables. What they show comes in by props.',
      severity: 'error',
      from: { path: '^admin-ui/src/ui' },
      to: { path: '^admin-ui/src/(apollo|features)|node_modules/(@apollo|graphql)' },
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
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
