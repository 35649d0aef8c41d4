// Writes the console's typed operations from schema.graphql and the .graphql files beside the components.
// Usage: node scripts/codegen.mjs [schema file]
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, parse, printSchema } from 'graphql';
import prettier from 'prettier';

const schemaFile = process.argv[2] ?? 'schema.graphql';
const sources = 'admin-ui/src';
const target = 'admin-ui/src/apollo/generated/';

const schemaAst = buildSchema(readFileSync(schemaFile, 'utf8'));
const documents = readdirSync(sources, { recursive: true })
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((name) => {
    const location = join(sources, name);
    const rawSDL = readFileSync(location, 'utf8');
    return { location, rawSDL, document: parse(rawSDL) };
  });

const sections = await preset.buildGeneratesSection({
  baseOutputDir: target,
  schema: parse(printSchema(schemaAst)),
  schemaAst,
  documents,
  plugins: [],
  pluginMap: {},
  config: {
    scalars: { DateTime: 'string', JSON: 'unknown', ID: 'string' },
    enumType: 'string-literal',
    useTypeImports: true,
    dedupeFragments: true,
  },
  presetConfig: { fragmentMasking: false },
});

// The preset also writes a `graphql()` function and an index; the console imports the documents by name.
const section = sections.find(({ filename }) => filename.endsWith('graphql.ts'));
const [head, ...constants] = (await codegen(section)).split(/^(?=export const )/m);

const types = head.replace(/^import type \{ TypedDocumentNode.*$/m, '');

// One file of documents per feature, so that a page loads only those it uses; `graphql.ts` has the types.
const files = new Map(documents.map(({ location }) => [basename(location, '.graphql'), []]));
for (const constant of constants) files.get(featureOf(constant)).push(constant);

mkdirSync(target, { recursive: true });
const earlier = new Set(readdirSync(target));
await write('graphql.ts', [types]);
for (const [feature, itsConstants] of files)
  await write(`${feature}.ts`, [importsOf(itsConstants), ...itsConstants]);
for (const name of earlier) rmSync(join(target, name));

/** The feature whose .graphql file defines the operation or fragment that a constant stands for. */
function featureOf(constant) {
  const name = /^export const (\w+?)(?:Fragment)?Doc(?:ument)?\b/.exec(constant)[1];
  const source = documents.find(({ document }) =>
    document.definitions.some((each) => each.name?.value === name),
  );
  return basename(source.location, '.graphql');
}

function importsOf(itsConstants) {
  const typeNames = itsConstants.flatMap((constant) => {
    const [, result, variables] = /DocumentNode<(\w+),\s*(\w+)>/.exec(constant);
    return variables === 'unknown' ? [result] : [result, variables];
  });
  return [
    '/* eslint-disable */',
    "import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';",
    `import type { ${typeNames.join(', ')} } from './graphql';`,
  ].join('\n');
}

/** A file that stays the same keeps its time, so that nothing is built anew for it. */
async function write(name, parts) {
  const formatted = await prettier.format(parts.join('\n'), {
    parser: 'typescript',
    singleQuote: true,
    printWidth: 110,
  });
  const file = join(target, name);
  if (!earlier.delete(name) || readFileSync(file, 'utf8') !== formatted) writeFileSync(file, formatted);
}
