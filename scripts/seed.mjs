// Fills an empty data directory (or database) with an admin and the sample unit, and says how to sign in.
// With --large the unit gets 100,000 config keys and many of everything else, for trying out how that feels.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const admin = {
  ADMIN_EMAIL: process.env.ADMIN_EMAIL || 'admin@example.org',
  ADMIN_PASSWORD: process.env.ADMIN_PASSWORD || 'safeboard',
  UNIT_NAME: process.env.UNIT_NAME || 'Newsroom',
  SAMPLE_UNIT: 'true',
};

const server = spawn(process.execPath, [path.resolve(import.meta.dirname, '../server/dist/main.js')], {
  env: { ...process.env, ...admin, HOST: '127.0.0.1', PORT: '0', PUBLIC_URL: '', LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const exited = new Promise((resolve) => server.once('exit', resolve));

for await (const line of createInterface(server.stdout)) {
  const [, address] = /^Safeboard is at (.+)$/.exec(line) ?? [];
  if (!address) continue;
  const works = await canSignIn(address);
  server.kill('SIGTERM');
  console.log(
    works
      ? `Start with \`npm start\`, then sign in as ${admin.ADMIN_EMAIL} with the password ${admin.ADMIN_PASSWORD}.`
      : `There are accounts already, and none is ${admin.ADMIN_EMAIL} with this password. Nothing was changed.`,
  );
  if (!works) process.exitCode = 1;
}
process.exitCode ||= await exited;

if (process.argv.includes('--large') && !process.exitCode) {
  console.log('Filling the unit. This takes a few minutes.');
  const script = path.resolve(import.meta.dirname, '../bench/seed-large.ts');
  const { status } = spawnSync(
    process.execPath,
    ['--require', path.resolve(import.meta.dirname, 'from-source.cjs'), script],
    {
      stdio: 'inherit',
      env: { ...process.env, ...admin },
    },
  );
  process.exitCode = status ?? 1;
}

async function canSignIn(address) {
  const query = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }`;
  const variables = { email: admin.ADMIN_EMAIL, password: admin.ADMIN_PASSWORD };
  const answer = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return Boolean((await answer.json()).data?.signIn);
}
