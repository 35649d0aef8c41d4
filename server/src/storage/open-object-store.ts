import path from 'node:path';
import { type Logger } from 'pino';
import { DirectoryStore } from './directory-store';
import { type ObjectStore } from './object-store';
import type * as Bucket from './open-bucket';
import { type S3Location } from './s3-client';

/**
 * The object store that the settings name. It may be away and come back while the server runs; why, stands in the log.
 */
export function openObjectStore(
  { s3, dataDir }: { s3?: S3Location; dataDir: string },
  log: Logger,
): ObjectStore {
  if (!s3) return openDirectory(path.join(dataDir, 'files'), log);
  // With it comes the SDK, which is loaded only where it is used.
  const { openBucket } = require('./open-bucket') as typeof Bucket;
  return openBucket(s3, log);
}

function openDirectory(directory: string, log: Logger): DirectoryStore {
  return new DirectoryStore(directory, (cause) =>
    log.error({ err: cause }, `The files in ${directory} cannot be read or written.`),
  );
}
