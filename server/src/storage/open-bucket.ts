import { type Logger } from 'pino';
import { s3FaultText, type S3Location } from './s3-client';
import { S3Store } from './s3-store';

/** Answers at once, whether the bucket can be reached or not; what is wrong is reported. */
export function openBucket(location: S3Location, log: Logger): S3Store {
  const report = (cause: unknown) => log.error({ err: cause }, s3FaultText(cause, location));
  const store = new S3Store(location, { report, note: (text) => log.warn(text) });
  // Nobody waits for it: the rest can be served without.
  store.check().then(
    () => log.info(`Files are in the bucket ${location.bucket}`),
    () => undefined,
  );
  return store;
}
