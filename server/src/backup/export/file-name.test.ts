import { backupFileName } from './file-name';

const at = new Date('2026-11-22T05:49:48.123Z');

test('the name tells unit and time, in characters that no file system minds', () => {
  expect(backupFileName('Newsroom', at)).toBe('Newsroom-20261122T054948Z.backup.age');
  expect(backupFileName('Radio Süd / "Abend"', at)).toBe('Radio-Süd-Abend-20261122T054948Z.backup.age');
  expect(backupFileName('../../etc/passwd\r\n', at)).toBe('etc-passwd-20261122T054948Z.backup.age');
});

test('a unit whose name has no letters gets a name all the same', () => {
  expect(backupFileName('***', at)).toBe('unit-20261122T054948Z.backup.age');
});

test('a long name is cut between two characters, short enough for every file system', () => {
  for (const letter of ['a', 'ß', '字', '\u{20000}']) {
    const name = backupFileName(`x${letter.repeat(200)}`, at);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name).toMatch(/^x\p{L}{40,}-2026/u);
    expect(encodeURIComponent(name)).toBeTruthy();
  }
});
