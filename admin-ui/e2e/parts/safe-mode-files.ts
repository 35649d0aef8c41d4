import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Damages the file of every safe mode that there is now; answers how many. A running server may remember them. */
export async function damageSafeModes(dataDirectory: string): Promise<number> {
  const entries = await readdir(path.join(dataDirectory, 'files'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.parentPath.includes('safe-modes'));
  for (const { parentPath, name } of files) await writeFile(path.join(parentPath, name), '{}');
  return files.length;
}
