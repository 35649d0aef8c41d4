// Makes the pictures of the console anew: every page and state, light and dark, 1280 and 360 px wide, as the browser
// tests come by them. All go to the directory that SCREENSHOTS names (default: a temporary one); those that README.md
// and docs/console.md show are copied to docs/screenshots.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const kept = path.join(root, 'docs/screenshots');
const made = path.resolve(
  process.env.SCREENSHOTS ?? mkdtempSync(path.join(tmpdir(), 'safeboard-screenshots-')),
);
const suites = [
  'every-page',
  'open-states-appearance',
  'backup-appearance',
  'safe-mode-appearance',
  'safe-mode-pages-appearance',
  'toasts',
  'readme-pictures',
];

mkdirSync(made, { recursive: true });
const { status } = spawnSync(
  path.join(root, 'node_modules/.bin/jest'),
  // Twice the looks, and a picture of each, take longer than a test may otherwise.
  [
    '--selectProjects',
    'e2e',
    '--testTimeout',
    '600000',
    '--',
    ...suites.map((suite) => `admin-ui/e2e/${suite}.test.ts`),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, SCREENSHOTS: made } },
);
process.exitCode = status ?? 1;

const shown = ['README.md', 'docs/console.md'].flatMap((document) =>
  [...readFileSync(path.join(root, document), 'utf8').matchAll(/screenshots\/([\w-]+\.png)/g)].map(
    ([, name]) => name,
  ),
);
for (const name of new Set(shown)) {
  if (existsSync(path.join(made, name))) copyFileSync(path.join(made, name), path.join(kept, name));
  else {
    console.error(`No test made ${name}`);
    process.exitCode = 1;
  }
}
console.log(`All pictures: ${made}`);
