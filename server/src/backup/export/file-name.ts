/** Bytes that are left for the unit of the 255 that file systems give a name. */
const mostBytes = 200;

/** Name under which a browser saves a backup: unit and time, with nothing that any file system minds. */
export function backupFileName(unitName: string, at: Date): string {
  const unit = cut(
    unitName
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, ''),
  );
  const time = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return `${unit || 'unit'}-${time}.backup.age`;
}

/** Never in the middle of a character. */
function cut(text: string): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > mostBytes) break;
    kept += character;
  }
  return kept;
}
