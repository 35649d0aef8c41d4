import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type S3Location } from './s3-client';

/** Waits for the answer to a short request, but not for ever. */
type Answered = <T>(ask: (abortSignal: AbortSignal) => Promise<T>) => Promise<T>;

/**
 * Ends uploads in parts that were begun before this time below our prefix: whoever was at it has died, and the parts cost
 * space although nobody sees them.
 */
export async function abortUnfinished(
  client: S3Client,
  { bucket: Bucket, prefix: Prefix }: S3Location,
  before: Date,
  answered: Answered,
): Promise<void> {
  for await (const { Key, UploadId, Initiated } of unfinished(client, { Bucket, Prefix }, answered)) {
    if (!Initiated || Initiated >= before) continue;
    await answered((abortSignal) =>
      client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }), { abortSignal }),
    ).catch((error: unknown) => {
      // Another server was faster.
      if ((error as Error).name !== 'NoSuchUpload') throw error;
    });
  }
}

async function* unfinished(
  client: S3Client,
  place: { Bucket: string; Prefix: string },
  answered: Answered,
): AsyncGenerator<MultipartUpload> {
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (marker) {
    const request = new ListMultipartUploadsCommand({ ...place, ...marker });
    const page: ListMultipartUploadsCommandOutput = await answered((abortSignal) =>
      client.send(request, { abortSignal }),
    );
    yield* page.Uploads ?? [];
    marker = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
      : undefined;
  }
}
