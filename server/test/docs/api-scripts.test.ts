import { execFile, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';

const missing = ['bash', 'curl', 'jq'].filter((program) => spawnSync(program, ['--version']).status !== 0);
// Left out where a machine lacks them; the whole run is then said to be incomplete.
const suite = missing.length === 0 ? describe : describe.skip;

const root = path.resolve(__dirname, '../../..');
const text = readFileSync(path.join(root, 'docs/api.md'), 'utf8');
const block = (language: string) =>
  new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)![1]!;

let server: TestServer;
let admin: SafeModeClient;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await SafeModeClient.ofAdmin(server);
  const { secret } = await admin.configuration.mutate<{ secret: string }>(
    'createApiToken',
    'CreateApiTokenInput',
    { name: 'script', role: 'ADMIN' },
    'secret',
  );
  environment = { ...process.env, SERVER: server.url, TOKEN: secret, UNIT: admin.configuration.unitId };
});
afterAll(() => server.stop());

suite(
  missing.length === 0
    ? 'the safe mode script in docs/api.md'
    : `the safe mode script in docs/api.md (left out: ${missing.join(', ')} not found)`,
  () => {
    const run = () => promisify(execFile)('bash', ['-c', block('bash')], { env: environment });

    test('records, reviews and applies', async () => {
      const { stdout } = await run();
      expect(stdout.split('\n')).toEqual([
        'Create the config key “wires.keep-days”',
        'Create the config key “wires.sources”',
        expect.stringMatching(/^2 changes applied, revision \d+$/),
        '',
      ]);
      expect(await admin.list('APPLIED')).toMatchObject([{ name: 'Release 42', taskCount: 2 }]);
    });
  },
);

test('the script that follows the bar prints who comes and goes', async () => {
  const follower = spawn(process.execPath, ['--input-type=module', '--eval', block('js')], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface(follower.stdout)[Symbol.asyncIterator]();
    const line = async () => (await lines.next()).value as string;
    expect(await line()).toBe('nobody');
    const safeMode = await admin.start({ name: 'Spring clean' });
    expect(await line()).toMatch(/^\S.* \(owner of Spring clean\)$/);
    await admin.delete(safeMode.id);
    expect(await line()).toBe('nobody');
  } finally {
    follower.kill('SIGKILL');
  }
});
