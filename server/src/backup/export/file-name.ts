/** Name under which a browser saves a backup: unit and time, with nothing that any file system minds. */
export function backupFileName(unitName: string, at: Date): string {
  const unit = unitName
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  const time = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return `${unit || 'unit'}-${time}.backup.age`;
}
