import { S3Client } from '@aws-sdk/client-s3';

/** Where the files are on S3. */
export interface S3Location {
  bucket: string;
  /** Before every key; empty, or ends with `/`. */
  prefix: string;
  /** Address of a server other than AWS. */
  endpoint?: string;
  forcePathStyle: boolean;
  /** Whether content goes with the checksums that AWS has added of late, or only where S3 demands one. */
  checksums: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED';
  /** Without it the SDK looks where AWS programs usually look; us-east-1 for a server other than AWS. */
  region?: string;
  /** Without them the SDK looks where AWS programs usually look. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

/** How long S3 may take, ms. */
export interface S3Patience {
  /** To accept a connection. */
  connection: number;
  /** To answer a short request, tried again or not. */
  answer: number;
  /** To take one part of a large object. */
  part: number;
  /** To go on with the content of an object. */
  content: number;
}

export const usualPatience: S3Patience = {
  connection: 3_000,
  answer: 10_000,
  part: 15_000,
  content: 15_000,
};

const tries = 3;
/** Slow readers of exports hold a connection each. */
const mostConnections = 500;

export function s3Client(location: S3Location, patience: S3Patience): S3Client {
  const { endpoint, region, forcePathStyle, credentials, checksums } = location;
  return new S3Client({
    endpoint,
    region: region ?? (endpoint && 'us-east-1'),
    forcePathStyle,
    credentials,
    maxAttempts: tries,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    requestHandler: {
      connectionTimeout: patience.connection,
      requestTimeout: patience.part,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: true, maxSockets: mostConnections },
      httpsAgent: { keepAlive: true, maxSockets: mostConnections },
    },
  });
}

interface S3Error {
  name?: string;
  $metadata?: { httpStatusCode?: number };
}

/** An answer to HEAD has no text: then the status is all there is. */
export const isMissing = (error: unknown): boolean =>
  ['NoSuchKey', 'NotFound'].includes((error as S3Error).name ?? '');

export const isPastTheEnd = (error: unknown): boolean => (error as S3Error).name === 'InvalidRange';

/** The server does not know the request at all, or our rights do not reach so far. */
export const isBeyondUs = (error: unknown): boolean =>
  [403, 405, 501].includes((error as S3Error).$metadata?.httpStatusCode ?? 0);

/** What the operator can do about a fault of the store. */
export function s3FaultText(error: unknown, { bucket }: S3Location): string {
  const { name, $metadata } = error as S3Error;
  if (name === 'NoSuchBucket')
    return `S3_BUCKET: there is no bucket ${bucket}, and it is not made by itself.`;
  if (name === 'CredentialsProviderError')
    return 'No credentials for S3 were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
  if ([401, 403].includes($metadata?.httpStatusCode ?? 0))
    return `S3 refuses the credentials, or they have too few rights on the bucket ${bucket}.`;
  return 'S3 cannot be reached.';
}
