import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { admin, TestServer } from '../parts/running-server';

const missing = ['bash', 'curl', 'jq'].filter((program) => spawnSync(program, ['--version']).status !== 0);
// Left out where a machine lacks them; the whole run is then said to be incomplete.
const suite = missing.length === 0 ? describe : describe.skip;

const readme = readFileSync(path.resolve(__dirname, '../../../README.md'), 'utf8');
const [, script = ''] = /^```bash\n([\s\S]*?)^```$/m.exec(readme) ?? [];

suite(
  missing.length === 0
    ? 'the script in the README'
    : `the script in the README (left out: ${missing.join(', ')} not found)`,
  () => {
    let server: TestServer;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'safeboard-readme-'));
      server = await TestServer.start({ SAMPLE_UNIT: 'true' });
    });
    afterAll(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const run = (environment: Record<string, string> = {}) =>
      promisify(execFile)('bash', ['-c', script], {
        cwd: folder,
        env: {
          ...process.env,
          SERVER: server.url,
          EMAIL: admin.email,
          PASSWORD: admin.password,
          ...environment,
        },
      });

    test('exports, imports and brings the first value back', async () => {
      const { stdout } = await run();
      const printed = stdout.match(/"value": \d+/g);
      expect(printed).toEqual(['"value": 15', '"value": 99', '"value": 15']);
      expect(readFileSync(path.join(folder, 'newsroom.backup.age'), 'latin1')).toMatch(
        /^age-encryption\.org\/v1\n/,
      );
    });

    test('stops with the server’s own words when it cannot sign in', async () => {
      await expect(run({ PASSWORD: 'wrong password' })).rejects.toMatchObject({
        code: 5,
        stderr: expect.stringContaining('password') as string,
      });
    });
  },
);
