import { randomBytes } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { readSettings } from '../../src/settings';
import { s3Client, type S3Location, usualPatience } from '../../src/storage/s3-client';
import { swiftUser } from './swift-configuration';
import { sharedSwift } from './swift-shared';

export interface Bucket {
  /** Settings of a server whose files are in this bucket. */
  environment: Record<string, string>;
  /** The same as an `S3Store` takes them. */
  location: S3Location;
  /** With all that is in it. */
  remove(): Promise<void>;
}

/** A fresh bucket on the Swift that tests share, or on the one with this endpoint. */
export async function aBucket(endpoint?: string): Promise<Bucket> {
  const bucket = `test-${randomBytes(6).toString('hex')}`;
  const environment = {
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint ?? (await sharedSwift()),
    AWS_REGION: 'us-east-1',
    ...swiftUser,
  };
  const location = readSettings(environment).s3!;
  const client = s3Client(location, usualPatience);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    environment,
    location,
    async remove() {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
        for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      await client.send(new DeleteBucketCommand({ Bucket: bucket }));
      client.destroy();
    },
  };
}
