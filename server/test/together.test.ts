import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * The suites of this folder as one, but for those that jest.config.mjs leaves apart: the code of the server is loaded and
 * warmed up once, which takes longer than most of them. Named by its path, each still runs alone.
 */
const apart = new RegExp(globalThis.suitesApart);

for (const name of (readdirSync(__dirname, { recursive: true }) as string[]).sort()) {
  const file = path.join(__dirname, name);
  if (!file.endsWith('.test.ts') || file === __filename || apart.test(file)) continue;
  // Its hooks are for its own tests only.
  describe(name, () => void jest.requireActual(file));
}
