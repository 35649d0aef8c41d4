import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import {
  type ByteRange,
  mustBeObjectKey,
  ObjectExists,
  ObjectMissing,
  type ObjectStore,
  ObjectStoreAway,
  type ReportStoreFault,
} from './object-store';
import { objectStream } from './object-stream';
import { PutSource } from './put-source';
import {
  isBeyondUs,
  isMissing,
  isPastTheEnd,
  s3Client,
  type S3Location,
  type S3Patience,
  usualPatience,
} from './s3-client';
import { abortUnfinished } from './s3-unfinished';

/** What is larger goes up in parts of this size, the smallest that S3 takes; 10,000 of them at most. */
const partBytes = 5 * 1024 * 1024;
/** Parts under way at once: memory is this many parts and one more. */
const partsAtOnce = 2;

export interface S3StoreOptions {
  report?: ReportStoreFault;
  /** Told what the operator may want to know, once. */
  note?: (text: string) => void;
  patience?: S3Patience;
  /** Keys asked for at once when listing. */
  pageSize?: number;
}

/** Objects in a bucket of S3 or of a server that speaks its protocol. */
export class S3Store implements ObjectStore {
  private readonly client: S3Client;
  private readonly report: ReportStoreFault;
  private readonly patience: S3Patience;
  private readonly pageSize: number;
  private note: ((text: string) => void) | undefined;

  constructor(
    private readonly location: S3Location,
    { report = () => undefined, note, patience = usualPatience, pageSize = 1_000 }: S3StoreOptions = {},
  ) {
    this.client = s3Client(location, patience);
    this.report = report;
    this.patience = patience;
    this.pageSize = pageSize;
    this.note = note;
  }

  /** An object is there once S3 has all of it: what breaks off before leaves none. */
  async put(key: string, content: Readable): Promise<number> {
    const target = this.nameOf(key);
    const source = new PutSource(content);
    try {
      if (await this.head(target)) throw new ObjectExists(key);
      const upload = new Upload({
        client: this.client,
        params: { ...target, Body: source.stream() },
        partSize: partBytes,
        queueSize: partsAtOnce,
      });
      await upload.done();
      return source.bytes;
    } catch (error) {
      source.close();
      if (source.fault) throw source.fault.error;
      throw error instanceof ObjectExists ? error : this.faultOf(error);
    }
  }

  async get(key: string, { start, end }: ByteRange = { start: 0 }): Promise<Readable> {
    const target = this.nameOf(key);
    const whole = start === 0 && end === undefined;
    const Range = whole ? undefined : `bytes=${start}-${end ?? ''}`;
    try {
      const { Body } = await this.answered((abortSignal) =>
        this.client.send(new GetObjectCommand({ ...target, Range }), { abortSignal }),
      );
      const patience = this.patience.content;
      return objectStream(Body as Readable, { faultOf: (error) => this.faultOf(error), patience });
    } catch (error) {
      if (isMissing(error)) throw new ObjectMissing(key);
      if (isPastTheEnd(error)) return Readable.from([], { objectMode: false });
      throw this.faultOf(error);
    }
  }

  async size(key: string): Promise<number> {
    const target = this.nameOf(key);
    try {
      const found = await this.head(target);
      if (found) return found.ContentLength ?? 0;
      // S3 says the same of a bucket that is not there.
      await this.mustHaveBucket();
    } catch (error) {
      throw this.faultOf(error);
    }
    throw new ObjectMissing(key);
  }

  async remove(key: string): Promise<void> {
    const target = this.nameOf(key);
    try {
      await this.answered((abortSignal) =>
        this.client.send(new DeleteObjectCommand(target), { abortSignal }),
      );
    } catch (error) {
      if (!isMissing(error)) throw this.faultOf(error);
    }
  }

  async *list(prefix: string): AsyncIterable<{ key: string; modifiedAt: Date }> {
    let next: string | undefined;
    do {
      const page = await this.page(prefix, next);
      for (const { Key, LastModified } of page.Contents ?? [])
        yield { key: Key!.slice(this.location.prefix.length), modifiedAt: LastModified! };
      next = page.NextContinuationToken;
    } while (next);
  }

  async removeUnfinished(before: Date): Promise<void> {
    try {
      await abortUnfinished(this.client, this.location, before, (ask) => this.answered(ask));
    } catch (error) {
      if (!isBeyondUs(error)) throw this.faultOf(error);
      // Everything else works without: a rule of the bucket can do the same.
      this.note?.(
        'Uploads to S3 that killed servers left unfinished cannot be removed: see docs/operations.md.',
      );
      this.note = undefined;
    }
  }

  /** Throws `ObjectStoreAway` where the bucket is not there, or we may not see what is in it. */
  async check(): Promise<void> {
    await this.page('', undefined);
  }

  private async page(prefix: string, ContinuationToken: string | undefined) {
    const { bucket, prefix: ours } = this.location;
    const request = { Bucket: bucket, Prefix: ours + prefix, MaxKeys: this.pageSize, ContinuationToken };
    try {
      return await this.answered((abortSignal) =>
        this.client.send(new ListObjectsV2Command(request), { abortSignal }),
      );
    } catch (error) {
      throw this.faultOf(error);
    }
  }

  /** Nothing where there is no such object. */
  private async head(target: { Bucket: string; Key: string }) {
    try {
      return await this.answered((abortSignal) =>
        this.client.send(new HeadObjectCommand(target), { abortSignal }),
      );
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private async mustHaveBucket(): Promise<void> {
    const bucket = { Bucket: this.location.bucket };
    await this.answered((abortSignal) => this.client.send(new HeadBucketCommand(bucket), { abortSignal }));
  }

  private nameOf(key: string): { Bucket: string; Key: string } {
    mustBeObjectKey(key);
    return { Bucket: this.location.bucket, Key: this.location.prefix + key };
  }

  /** The answer to a short request, or a fault when it takes too long, whatever the SDK is waiting for. */
  private async answered<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    let impatience: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      impatience = setTimeout(() => {
        reject(new Error(`S3 did not answer within ${this.patience.answer} ms`));
        abort.abort();
      }, this.patience.answer);
    });
    try {
      return await Promise.race([ask(abort.signal), tooLong]);
    } finally {
      clearTimeout(impatience);
    }
  }

  private faultOf(error: unknown): ObjectStoreAway {
    this.report(error);
    return new ObjectStoreAway(error);
  }
}
