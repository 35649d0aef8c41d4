import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestServer } from '../../parts/running-server';

/** The files of safe modes as they lie in the data directory, and the rows that point to them. */
export class StoredFiles {
  constructor(private readonly server: TestServer) {}

  /** Paths of all files that are stored, below the directory of all of them. */
  names(): string[] {
    return readdirSync(this.directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.directory, path.join(entry.parentPath, entry.name)));
  }

  /** What the row says of the file. */
  async pointer(safeModeId: string): Promise<{ objectKey: string; sha256: string; revision: number }> {
    const rows = await this.server.app.database.read((db) =>
      db.rows('SELECT object_key, sha256, revision FROM safe_mode WHERE id = ?', [safeModeId]),
    );
    const [objectKey, sha256, revision] = rows[0] as [string, string, number];
    return { objectKey, sha256, revision };
  }

  async read(safeModeId: string): Promise<Buffer> {
    return readFileSync(await this.pathOf(safeModeId));
  }

  /** Writes other bytes in its place; the row still means the old ones. */
  async overwrite(safeModeId: string, bytes: Uint8Array): Promise<void> {
    writeFileSync(await this.pathOf(safeModeId), bytes);
  }

  /** Stores another content, as a server of another version might, and makes the row point to it. */
  async replace(safeModeId: string, content: object): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(content));
    const { objectKey: before } = await this.pointer(safeModeId);
    // Under a key of its own: no key is ever written twice.
    const objectKey = `${path.posix.dirname(before)}/${randomBytes(8).toString('hex')}.json`;
    writeFileSync(path.join(this.directory, objectKey), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.server.app.database.transaction((db) =>
      db.run('UPDATE safe_mode SET object_key = ?, sha256 = ?, bytes = ? WHERE id = ?', [
        objectKey,
        sha256,
        bytes.length,
        safeModeId,
      ]),
    );
  }

  async remove(safeModeId: string): Promise<void> {
    rmSync(await this.pathOf(safeModeId));
  }

  /** Keys of objects that are still to be removed. */
  async removals(): Promise<string[]> {
    const rows = await this.server.app.database.read((db) =>
      db.rows('SELECT object_key FROM object_removal'),
    );
    return rows.flat() as string[];
  }

  private get directory(): string {
    return path.join(this.server.place.dataDir, 'files');
  }

  private async pathOf(safeModeId: string): Promise<string> {
    return path.join(this.directory, (await this.pointer(safeModeId)).objectKey);
  }
}
