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
