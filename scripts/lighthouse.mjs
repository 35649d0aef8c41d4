// Lighthouse on sign-in, workspace and backup page of the built console with the sample unit, in the system's Chromium.
// Prints the scores, and fails below 95. Lighthouse itself is large and needed nowhere else: it is fetched to a temporary
// directory, or found in the one that LIGHTHOUSE_DIR names.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const least = 95;
const categories = ['performance', 'accessibility', 'best-practices'];
// The last version that runs on Node 20.
const lighthousePackage = 'lighthouse@12.8.2';
const root = path.resolve(import.meta.dirname, '..');
const admin = { email: 'admin@example.org', password: 'correct horse battery' };

const work = mkdtempSync(path.join(tmpdir(), 'safeboard-lighthouse-'));
const { server, url } = await startServer();
try {
  const program = lighthouse();
  const { cookie, workspaceId } = await signIn();
  const pages = [
    { name: 'Sign-in', path: '/sign-in' },
    { name: 'Workspace', path: `/workspaces/${workspaceId}`, cookie },
    { name: 'Backup', path: '/backup?tab=export', cookie },
  ];
  for (const page of pages) report(page.name, scoresOf(program, page));
} finally {
  server.kill();
  rmSync(work, { recursive: true, force: true });
}

async function startServer() {
  const child = spawn(process.execPath, [path.join(root, 'server/dist/main.js')], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR: path.join(work, 'data'),
      PORT: '0',
      LOG_LEVEL: 'warn',
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      UNIT_NAME: 'Newsroom',
      SAMPLE_UNIT: 'true',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  // Read on after the address is known: a server that nobody listens to any more ends when it has something to say.
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += chunk;
    const found = /Safeboard is at (\S+)/.exec(output);
    if (!found) continue;
    child.stdout.resume();
    return { server: child, url: found[1] };
  }
  throw new Error(`The server ended instead of starting:\n${output}`);
}

function lighthouse() {
  const directory = process.env.LIGHTHOUSE_DIR ?? work;
  const program = path.join(directory, 'node_modules/lighthouse/cli/index.js');
  if (!existsSync(program)) {
    console.log(`Fetching ${lighthousePackage}…`);
    const options = ['--prefix', directory, '--no-save', '--no-audit', '--no-fund', '--silent'];
    execFileSync('npm', ['install', ...options, lighthousePackage], { stdio: 'inherit' });
  }
  return program;
}

async function signIn() {
  const query = `mutation ($email: String!, $password: String!) {
    signIn(email: $email, password: $password) { units { unit { workspaces(first: 1) { nodes { id } } } } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Apollo-Require-Preflight': 'true' },
    body: JSON.stringify({ query, variables: admin }),
  });
  const { data } = await response.json();
  return {
    cookie: response.headers.get('set-cookie').split(';')[0],
    workspaceId: data.signIn.units[0].unit.workspaces.nodes[0].id,
  };
}

function scoresOf(program, { name, path: page, cookie }) {
  const output = path.join(work, `${name}.json`);
  execFileSync(
    process.execPath,
    [
      program,
      `${url}${page}`,
      '--preset=desktop',
      '--quiet',
      '--output=json',
      `--output-path=${output}`,
      `--only-categories=${categories.join()}`,
      // The pages that the browser loads for itself would be measured with ours.
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
      ...(cookie ? [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`] : []),
    ],
    {
      env: { ...process.env, CHROME_PATH: process.env.CHROME_PATH ?? '/usr/bin/chromium' },
      stdio: 'inherit',
    },
  );
  return JSON.parse(readFileSync(output, 'utf8'));
}

function report(name, { categories: found, audits }) {
  const scores = categories.map((id) => ({ id, score: Math.round(found[id].score * 100) }));
  console.log(`${name}: ${scores.map(({ id, score }) => `${id} ${score}`).join(', ')}`);
  for (const { id, score } of scores) {
    if (score >= least) continue;
    process.exitCode = 1;
    for (const { id: audit, weight } of found[id].auditRefs) {
      const { score: reached, title, displayValue = '' } = audits[audit];
      if (weight > 0 && reached !== null && reached < 0.9) console.log(`  ${title} ${displayValue}`);
    }
  }
}
