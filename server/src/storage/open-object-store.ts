import path from 'node:path';
import { type Logger } from 'pino';
import { DirectoryStore } from './directory-store';
import { type ObjectStore } from './object-store';
import { s3FaultText, type S3Location } from './s3-client';
import { S3Store } from './s3-store';

/**
 * The object store that the settings name. It may be away and come back while the server runs; why, stands in the log.
 */
export function openObjectStore(
  { s3, dataDir }: { s3?: S3Location; dataDir: string },
  log: Logger,
): ObjectStore {
  return s3 ? openBucket(s3, log) : openDirectory(path.join(dataDir, 'files'), log);
}

function openBucket(location: S3Location, log: Logger): S3Store {
  const report = (cause: unknown) => log.error({ err: cause }, s3FaultText(cause, location));
  const store = new S3Store(location, { report, note: (text) => log.warn(text) });
  // Nobody waits for it: the rest can be served without. What is wrong is reported.
  store.check().then(
    () => log.info(`Files are in the bucket ${location.bucket}`),
    () => undefined,
  );
  return store;
}

function openDirectory(directory: string, log: Logger): DirectoryStore {
  return new DirectoryStore(directory, (cause) =>
    log.error({ err: cause }, `The files in ${directory} cannot be read or written.`),
  );
}
