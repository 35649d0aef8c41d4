// Writes the console's typed operations from schema.graphql and the .graphql files beside the components.
// Usage: node scripts/codegen.mjs [schema file]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
const code = await codegen(section);
const formatted = await prettier.format(code, { parser: 'typescript', singleQuote: true, printWidth: 110 });
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'graphql.ts'), formatted);
