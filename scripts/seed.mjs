// Fills an empty data directory with an admin and the sample unit, and says how to sign in.
import { spawn } from 'node:child_process';
import path from 'node:path';

const admin = {
  ADMIN_EMAIL: process.env.ADMIN_EMAIL ?? 'admin@example.org',
  ADMIN_PASSWORD: process.env.ADMIN_PASSWORD ?? 'safeboard',
  UNIT_NAME: process.env.UNIT_NAME ?? 'Newsroom',
  SAMPLE_UNIT: 'true',
};

const main = path.resolve(import.meta.dirname, '../server/dist/main.js');
const server = spawn(process.execPath, [main], {
  env: { ...process.env, ...admin, PORT: '0', LOG_LEVEL: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
});

let ready = false;
for await (const piece of server.stdout) {
  if (String(piece).includes('Safeboard is at')) {
    ready = true;
    server.kill('SIGTERM');
  }
}
if (!ready) process.exit(1);
console.log(`Start with \`npm start\` and sign in as ${admin.ADMIN_EMAIL} with the password ${admin.ADMIN_PASSWORD}.`);
console.log('Where there was an account already, nothing was changed.');
