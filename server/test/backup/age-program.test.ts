import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { someConfiguration } from './parts/configuration';
import { contentOf, type Desk, linesOf, openDesk, thePassword } from './parts/desk';

const run = promisify(execFile);
const missing = ['age', 'gzip', 'python3'].filter((program) => spawnSync('which', [program]).status !== 0);
if (missing.length > 0 && process.env.REQUIRE_ALL === '1') throw new Error(`Missing: ${missing.join(', ')}`);
// Left out where a machine has no age; the whole run is then said to be incomplete.
const withAge = missing.length > 0 ? test.skip : test;

/** age asks for passwords on a terminal only: this gives it one and types as often as it asks. */
const typing = `
import os, pty, sys
password = sys.argv[1].encode() + b"\\n"
pid, terminal = pty.fork()
if pid == 0:
    os.execvp("sh", ["sh", "-c", sys.argv[2]])
heard = b""
while True:
    try:
        heard += os.read(terminal, 1024)
    except OSError:
        break
    if heard.rstrip().endswith(b":"):
        os.write(terminal, password)
        heard = b""
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

let desk: Desk;
let directory: string;
beforeAll(async () => {
  desk = await openDesk();
  directory = await mkdtemp(path.join(tmpdir(), 'safeboard-age-'));
});
afterAll(async () => {
  await desk.close();
  await rm(directory, { recursive: true, force: true });
});

const shell = (command: string) =>
  run('python3', ['-c', typing, thePassword, `cd ${directory} && ${command}`]);

withAge('the age program and gunzip open an export', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const file = await desk.export(admin, unitId);
  await writeFile(path.join(directory, 'unit.backup.age'), file);
  await shell('age -d -o packed unit.backup.age && gzip -dc < packed > plain');
  const plain = await readFile(path.join(directory, 'plain'), 'utf8');
  expect(plain.trimEnd().split('\n')).toEqual(await linesOf(file));
});

withAge('a file that the age program made from the text of a backup is imported', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const file = await desk.export(admin, unitId);
  await writeFile(path.join(directory, 'text'), `${(await linesOf(file)).join('\n')}\n`);
  await shell('gzip < text > text.gz && age -p -o made.age text.gz');
  await desk.edit(unitId, [
    { kind: 'CONFIG_KEY', id: 'since', after: { key: 'since', value: 1, secret: false } },
  ]);
  await desk.import(admin, unitId, await readFile(path.join(directory, 'made.age')));
  expect(await contentOf(await desk.export(admin, unitId))).toEqual(await contentOf(file));
});
