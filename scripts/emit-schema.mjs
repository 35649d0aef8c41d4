// Writes schema.graphql from the resolver classes of the compiled server.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('reflect-metadata');
const { printSchema, lexicographicSortSchema } = require('graphql');
const { buildApiSchema } = require('../server/dist/graphql/schema.js');
const { resolverClasses } = require('../server/dist/graphql/resolvers.js');

const notAtRunTime = () => {
  throw new Error('This schema is only printed');
};
const schema = buildApiSchema(resolverClasses, notAtRunTime, notAtRunTime);
const header = '# Made from the code by `npm run codegen`. Do not edit.\n\n';
writeFileSync(
  new URL('../schema.graphql', import.meta.url),
  `${header}${printSchema(lexicographicSortSchema(schema))}\n`,
);
