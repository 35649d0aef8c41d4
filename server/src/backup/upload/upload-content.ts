import { type Database } from '../../storage/database';
import { type ObjectStore } from '../../storage/object-store';
import { BackupUploadPartEntity } from '../backup.entity';

/** The bytes of an upload, part after part. Throws `ObjectMissing` where a part is gone. */
export async function* uploadContent(
  database: Database,
  objects: ObjectStore,
  uploadId: string,
): AsyncGenerator<Uint8Array> {
  const parts = await database.read(({ manager }) =>
    manager.find(BackupUploadPartEntity, { where: { uploadId }, order: { offset: 'ASC' } }),
  );
  for (const { objectKey } of parts) yield* (await objects.get(objectKey)) as AsyncIterable<Uint8Array>;
}

/** The first bytes of a stream, at least as many as asked for where it has them. */
export async function firstBytes(content: AsyncIterable<Uint8Array>, bytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks);
}
