// Fails when a page of the console loads more script before its first paint than allowed (gzip). With --json it says how much.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = path.resolve(import.meta.dirname, '../admin-ui/dist');
const KB = 1000;

/** What a page needs: the entry and the chunks of these sources, with everything that they import at once. */
const pages = [
  { page: 'Sign-in', sources: ['src/features/sign-in/SignInPage.vue'], most: 200 * KB },
  {
    page: 'Workspace',
    sources: ['src/features/shell/AppShell.vue', 'src/features/workspaces/WorkspacePage.vue'],
    most: 300 * KB,
  },
];

const manifestFile = path.join(dist, '.vite/manifest.json');
if (!existsSync(manifestFile)) {
  console.error('Build the console first: npm run build');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);

const measured = [];
for (const { page, sources, most } of pages) {
  const chunks = new Set();
  for (const name of [entry, ...sources]) collect(name, chunks);
  const sizes = [...chunks].map((file) => ({
    file,
    size: gzipSync(readFileSync(path.join(dist, file))).length,
  }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  measured.push({ part: page.toLowerCase(), bytes: total, most });
  if (process.argv.includes('--json')) continue;
  console.log(`${page}: ${inKB(total)} of script in ${sizes.length} files, at most ${inKB(most)}`);
  if (total <= most) continue;
  process.exitCode = 1;
  sizes.sort((a, b) => b.size - a.size);
  for (const { file, size } of sizes.slice(0, 8)) console.log(`  ${inKB(size)} ${file}`);
}

if (process.argv.includes('--json')) console.log(JSON.stringify(measured));

function collect(name, chunks) {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`The build has no chunk ${name}: correct the pages in scripts/check-sizes.mjs`);
  if (chunks.has(chunk.file)) return;
  if (chunk.file.endsWith('.js')) chunks.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported, chunks);
}

function inKB(bytes) {
  return `${(bytes / KB).toFixed(1)} KB`;
}
