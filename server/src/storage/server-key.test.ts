import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serverKeyOf, WrongServerKey } from './server-key';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'safeboard-key-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

test('a key is made once, for the owner of the process only, and read from then on', () => {
  const made = serverKeyOf({ dataDir });
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  const file = path.join(dataDir, 'server.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toBe(made);
  expect(serverKeyOf({ dataDir })).toBe(made);
});

test.each(['', 'zz', 'ab'.repeat(31)])('a key file that holds “%s” is no key', (text) => {
  writeFileSync(path.join(dataDir, 'server.key'), text);
  expect(() => serverKeyOf({ dataDir })).toThrow(WrongServerKey);
});
