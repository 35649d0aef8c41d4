import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type TestServer } from '../../parts/running-server';

/** Files as they lie in the object store, those of safe modes by the rows that point to them. */
export class StoredFiles {
  constructor(private readonly server: TestServer) {}

  /** Keys of all files that are stored. */
  async names(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.objects.list('')) keys.push(key);
    return keys;
  }

  /** Keys of all files, each with the time at which it was written. */
  async written(): Promise<string[]> {
    const files: string[] = [];
    for await (const { key, modifiedAt } of this.objects.list(''))
      files.push(`${key} ${modifiedAt.toISOString()}`);
    return files.sort();
  }

  /** What is stored under this key. */
  async content(key: string): Promise<Buffer> {
    return buffer(await this.objects.get(key));
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
    return this.content((await this.pointer(safeModeId)).objectKey);
  }

  /** Writes other bytes in its place; the row still means the old ones. */
  async overwrite(safeModeId: string, bytes: Buffer): Promise<void> {
    await this.remove(safeModeId);
    await this.put((await this.pointer(safeModeId)).objectKey, bytes);
  }

  /** Stores another content, as a server of another version might, and makes the row point to it. */
  async replace(safeModeId: string, content: object): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(content));
    const { objectKey: before } = await this.pointer(safeModeId);
    // Under a key of its own: no key is ever written twice.
    const objectKey = `${path.posix.dirname(before)}/${randomBytes(8).toString('hex')}.json`;
    await this.put(objectKey, bytes);
    await this.server.app.database.transaction((db) =>
      db.run('UPDATE safe_mode SET object_key = ?, sha256 = ?, bytes = ? WHERE id = ?', [
        objectKey,
        createHash('sha256').update(bytes).digest('hex'),
        bytes.length,
        safeModeId,
      ]),
    );
  }

  async remove(safeModeId: string): Promise<void> {
    await this.objects.remove((await this.pointer(safeModeId)).objectKey);
  }

  /** Keys of objects that are still to be removed. */
  async removals(): Promise<string[]> {
    const rows = await this.server.app.database.read((db) =>
      db.rows('SELECT object_key FROM object_removal'),
    );
    return rows.flat() as string[];
  }

  private get objects() {
    return this.server.app.objects;
  }

  private async put(key: string, bytes: Buffer): Promise<void> {
    await this.objects.put(key, Readable.from([bytes], { objectMode: false }));
  }
}
