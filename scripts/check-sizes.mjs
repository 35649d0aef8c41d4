// Fails when a page of the console loads more script before its first paint than allowed (gzip, bytes).
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = path.resolve(import.meta.dirname, '../admin-ui/dist');
const KiB = 1024;

/** What a page needs: the entry and the chunks of these sources, with everything that they import at once. */
const pages = [
  { page: 'sign-in', sources: [/features\/sign-in\/SignInPage\.vue$/], most: 200 * KiB },
  { page: 'workspace', sources: [/features\/shell\/AppShell\.vue$/, /features\/workspaces\/WorkspacePage\.vue$/], most: 300 * KiB },
];

const manifestFile = path.join(dist, '.vite/manifest.json');
if (!existsSync(manifestFile)) {
  console.error('Build the console first: npm run build');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);

let failed = false;
for (const { page, sources, most } of pages) {
  const wanted = Object.keys(manifest).filter((name) => sources.some((source) => source.test(name)));
  if (wanted.length === 0) throw new Error(`No chunk of the page ${page}: see the sources in this script`);
  const chunks = new Set();
  for (const name of [entry, ...wanted]) collect(name, chunks);
  const bytes = [...chunks].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length, 0);
  console.log(`${page}: ${Math.round(bytes / KiB)} KiB of script in ${chunks.size} files, at most ${most / KiB} KiB`);
  failed ||= bytes > most;
}
process.exit(failed ? 1 : 0);

function collect(name, chunks) {
  const { file, imports = [] } = manifest[name];
  if (chunks.has(file)) return;
  if (file.endsWith('.js')) chunks.add(file);
  for (const imported of imports) collect(imported, chunks);
}
