import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  collected,
  factsFor,
  gathered,
  inPieces,
  someRows,
  sourceOf,
} from '../../../test/builders/backup-file';
import { inspectAgeHeader } from './age/age-header';
import { openHeader } from './age/age-stream';
import { defaultLimits, defaultWorkFactor } from './limits';
import { openBackup } from './reader';
import { backupText, writeBackup } from './writer';

const canRun = (program: string) => spawnSync(program, ['--version']).status === 0;
const isThere = canRun('age') && canRun('python3');

/** The age program asks for passphrases at a terminal only, so it gets one, and its questions are answered. */
const atTerminal = `
import os, pty, sys
answers = 0
def read(fd):
    global answers
    data = os.read(fd, 1024)
    if b'passphrase' in data and b':' in data and answers < 4:
        answers += 1
        os.write(fd, sys.argv[1].encode() + b'\\n')
    return data
status = pty.spawn(sys.argv[2:], read, lambda fd: os.read(fd, 1024))
sys.exit(os.waitstatus_to_exitcode(status))
`;

function age(password: string, ...args: string[]): void {
  execFileSync('python3', ['-c', atTerminal, password, 'age', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 60_000,
  });
}

// Where everything is required, npm test counts the skip as a failure.
const suite = isThere ? describe : describe.skip;

suite(isThere ? 'the age program' : 'the age program (left out: age or python3 is not installed)', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);

  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'backup-format-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('opens our file, at the work factor of real exports, and gunzip unpacks it', async () => {
    const rows = someRows();
    const options = { password: 'Grüße aus Wien', workFactor: defaultWorkFactor };
    writeFileSync(
      at('unit.backup.age'),
      await gathered(writeBackup(factsFor(rows), sourceOf(rows), options)),
    );
    age('Grüße aus Wien', '-d', '-o', at('unit.gz'), at('unit.backup.age'));
    const text = await gathered(backupText(factsFor(rows), sourceOf(rows)));
    expect(gunzipSync(readFileSync(at('unit.gz'))).equals(text)).toBe(true);
  }, 60_000);

  test.each([
    ['the packed text', gzipSync],
    ['the text as it is', (text: Buffer) => text],
  ])(
    'makes a file of %s that is read',
    async (_, packed) => {
      const rows = someRows();
      const name = `by-hand-${packed.name}`;
      writeFileSync(at(name), packed(await gathered(backupText(factsFor(rows), sourceOf(rows)))));
      age('four', '-p', '-o', at(`${name}.age`), at(name));

      const file = readFileSync(at(`${name}.age`));
      const key = await openHeader(inspectAgeHeader(file, file.length, defaultLimits), 'four');
      const batches = await collected((await openBackup(inPieces(file), key)).batches());
      expect(batches.flatMap((batch): unknown[] => batch.rows)).toEqual(Object.values(rows).flat());
    },
    60_000,
  );
});
