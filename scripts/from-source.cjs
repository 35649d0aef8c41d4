// Lets Node run the TypeScript sources: `node --require ./scripts/from-source.cjs bench/index.ts`. What a file is
// compiled to is kept by its content, so that the many processes and threads of tests do not each compile it again.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const kept = path.join(root, 'node_modules/.cache/from-source');

require.extensions['.ts'] = (module, file) => module._compile(codeOf(file), file);

function codeOf(file) {
  const source = readFileSync(file, 'utf8');
  const compiled = path.join(kept, createHash('sha256').update(file).update(source).digest('hex'));
  try {
    return readFileSync(compiled, 'utf8');
  } catch {
    const { transformSync } = require('@swc/core');
    const { code } = transformSync(source, { filename: file, cwd: root });
    mkdirSync(kept, { recursive: true });
    // Others that compile the same file see all of it or nothing.
    const part = `${compiled}.${process.pid}.${require('node:worker_threads').threadId}`;
    writeFileSync(part, code);
    renameSync(part, compiled);
    return code;
  }
}
