/**
 * A server in a process of its own, which kills itself at a marked place: `node -r esbuild-register … <directory for
 * compiled code>`, told what to do by messages of its parent.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformFileSync } from '@swc/core';

interface Compiling {
  _compile(code: string, file: string): void;
}

const compiled = process.argv[2]!;

/** Many processes load the same code one after the other: it is compiled once. */
function codeOf(file: string): string {
  const known = path.join(compiled, createHash('sha256').update(file).digest('hex'));
  if (existsSync(known)) return readFileSync(known, 'utf8');
  const { code } = transformFileSync(file);
  writeFileSync(known, code);
  return code;
}

// The API reads types of parameters and fields at run time, which esbuild leaves out.
const load = createRequire(__filename);
load.extensions['.ts'] = (module, file) => (module as unknown as Compiling)._compile(codeOf(file), file);
load('./served-process');
