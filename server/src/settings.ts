import path from 'node:path';
import { z } from 'zod';
import { days, hours } from './access/clock';
import { type BackupLimits, defaultLimits } from './backup/format/limits';
import { type BackupRetention, defaultRetention } from './backup/retention';
import { type RecordRetention } from './retention/retention';
import { type SafeModeLimits } from './safe-mode/limits';
import { parseDatabaseUrl } from './storage/database-url';
import { type S3Location } from './storage/s3-client';

const MiB = 1024 * 1024;
const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] });
const wholeNumber = (fallback: number, least = 1) => z.coerce.number().int().min(least).default(fallback);
/** @param usual milliseconds */
const wholeHours = (usual: number) => wholeNumber(usual / hours(1));
const wholeDays = z.coerce.number().int().min(1).optional();

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(4000)
    .describe('Port of API and console; 0 picks a free one.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address under which users reach the server, for links. Default: http://HOST:PORT.'),
  TRUST_PROXY: wholeNumber(0, 0).describe(
    'Number of reverse proxies in front whose X-Forwarded headers are believed.',
  ),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Directory of the embedded database, files and server key.'),
  DATABASE_URL: z
    .string()
    .refine((url) => parseDatabaseUrl(url), {
      error:
        'must be mysql://user:password@host:3306/database or mariadb://…, with commas between several hosts',
    })
    .optional()
    .describe(
      'MySQL or MariaDB, mysql://user:password@host:3306/database; with commas between the hosts of a cluster. None: SQLite in DATA_DIR.',
    ),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/.+/, 'must be redis://… or rediss://… (TLS)')
    .optional()
    .describe('Redis by which servers tell each other what happens; needed for more than one.'),
  S3_BUCKET: z.string().optional().describe('Bucket for files on S3; none: files are in DATA_DIR.'),
  S3_PREFIX: z
    .string()
    .regex(/^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*\/?$/, 'must be a path of letters, digits, - _ . and /')
    .optional()
    .describe('Path in the bucket under which the files are, where several installations share one.'),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of a server that speaks the protocol of S3; none: AWS.'),
  S3_FORCE_PATH_STYLE: flag
    .optional()
    .describe(
      'Whether the bucket stands in the path and not in the host name. Default: true with S3_ENDPOINT.',
    ),
  S3_CHECKSUMS: z
    .enum(['WHEN_SUPPORTED', 'WHEN_REQUIRED'])
    .optional()
    .describe(
      'Whether files go with the newer checksums of AWS, which other servers may not know. Default: WHEN_REQUIRED with S3_ENDPOINT, else WHEN_SUPPORTED.',
    ),
  AWS_REGION: z
    .string()
    .optional()
    .describe('Region of the bucket. Default: that of the AWS profile; with S3_ENDPOINT us-east-1.'),
  AWS_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe(
      'Key for S3. None: found as AWS programs do, such as in ~/.aws or from the role of the machine.',
    ),
  AWS_SECRET_ACCESS_KEY: z.string().optional().describe('Secret of that key.'),
  AWS_SESSION_TOKEN: z.string().optional().describe('Goes with a key that is valid for a while only.'),
  SERVER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (openssl rand -hex 32)')
    .optional()
    .describe(
      'Encrypts secrets at rest: 64 hexadecimal digits. None: made in DATA_DIR (not with DATABASE_URL).',
    ),
  SERVER_KEY_OTHER: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional()
    .describe(
      'A second server key while one is exchanged for another: opens what is sealed under it, seals nothing.',
    ),
  ENVIRONMENT: z.enum(['dev', 'stage', 'prod']).default('dev').describe('Which environment this is.'),
  BACKUP_ENABLED: flag
    .optional()
    .describe('Whether backups can be exported and imported. Default: true but for prod.'),
  ADMIN_EMAIL: z.email().optional().describe('First admin, made when there is no user yet.'),
  ADMIN_PASSWORD: z
    .string()
    .min(8, 'must have at least 8 characters')
    .optional()
    .describe('Password of the first admin.'),
  UNIT_NAME: z.string().trim().min(1).max(200).default('My unit').describe('Name of the first unit.'),
  SAMPLE_UNIT: flag.default(false).describe('Whether the first unit is filled with the sample.'),
  METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe('Port of its own for /metrics (Prometheus), which no proxy should forward; none: not served.'),
  METRICS_HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on for /metrics.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('How much is logged.'),
  INTROSPECTION: flag
    .optional()
    .describe('Whether the GraphQL schema can be asked for. Default: true but for prod.'),
  SCRYPT_WORK_FACTOR: z.coerce
    .number()
    .int()
    .min(10)
    .max(20)
    .default(18)
    .describe('Cost of deriving the key of an exported file, as a power of two.'),
  BACKUP_MAX_UPLOAD_BYTES: wholeNumber(512 * MiB).describe(
    'Largest backup file that can be uploaded, bytes.',
  ),
  BACKUP_MAX_WORK_FACTOR: z.coerce
    .number()
    .int()
    .min(10)
    .max(20)
    .default(defaultLimits.workFactor)
    .describe('The highest cost accepted in an imported file, as a power of two.'),
  BACKUP_MAX_PLAIN_BYTES: wholeNumber(defaultLimits.plainBytes).describe(
    'Largest content of a backup file after unpacking, bytes.',
  ),
  BACKUP_MAX_RATIO: wholeNumber(defaultLimits.ratio).describe(
    'How many times its size a backup file may unpack to, after the first 16 MiB.',
  ),
  BACKUP_MAX_ROWS: wholeNumber(defaultLimits.rows).describe('Most rows of a backup file.'),
  BACKUP_MAX_LINE_BYTES: wholeNumber(defaultLimits.lineBytes).describe(
    'Longest line of a backup file after unpacking, bytes.',
  ),
  BACKUP_MAX_JSON_DEPTH: wholeNumber(defaultLimits.jsonDepth).describe(
    'Deepest nesting of JSON in a backup file.',
  ),
  BACKUP_MAX_AGE_HEADER_BYTES: wholeNumber(defaultLimits.ageHeaderBytes).describe(
    'Longest age header of a backup file, bytes.',
  ),
  BACKUP_EXPORT_HOURS: wholeHours(defaultRetention.exports).describe(
    'Hours for which the file of an export can be downloaded.',
  ),
  BACKUP_UPLOAD_HOURS: wholeHours(defaultRetention.uploads).describe(
    'Hours for which an uploaded backup file is kept.',
  ),
  BACKUP_UNDO_HOURS: wholeHours(defaultRetention.undo).describe(
    'Hours for which an import can be undone, and what it replaced is kept.',
  ),
  HISTORY_DAYS: wholeDays.describe(
    'Days for which history, ended safe modes and ended jobs are kept; none: for good.',
  ),
  AUDIT_DAYS: wholeDays.describe('Days for which the audit is kept; none: for good.'),
  SAFE_MODE_MAX_TASKS: wholeNumber(1_000).describe(
    'Most changes that one safe mode holds. An undo may hold more.',
  ),
  SAFE_MODE_MAX_BYTES: wholeNumber(5 * MiB).describe(
    'Largest file of a safe mode, bytes. That of an undo may be larger.',
  ),
  SAFE_MODE_MAX_OPEN: wholeNumber(50).describe('Most safe modes of a unit that are open at once.'),
  SHARED_SUBSCRIPTIONS: flag
    .default(true)
    .describe('Whether those who follow the same share the work of telling them. Off: each by themselves.'),
  DRAIN_DELAY_SECONDS: wholeNumber(0, 0).describe(
    'Seconds to serve on after SIGTERM while /readyz says no, for a load balancer to see it.',
  ),
  DRAIN_SECONDS: wholeNumber(10, 0).describe(
    'Seconds that requests and exports that run may go on for after that.',
  ),
  ALLOW_PRIVATE_MANIFEST_URLS: flag
    .default(false)
    .describe('Whether manifests may be fetched from private addresses. For development only.'),
});

/** What is wrong with settings that need each other; judged also where single ones are wrong. */
function missingPartners(given: Record<string, string | undefined>): SettingFault[] {
  const faults: SettingFault[] = [];
  if (given.DATABASE_URL && !given.SERVER_KEY) {
    faults.push({ name: 'SERVER_KEY', message: 'is required with DATABASE_URL (openssl rand -hex 32)' });
  }
  if (Boolean(given.ADMIN_EMAIL) !== Boolean(given.ADMIN_PASSWORD)) {
    const name = given.ADMIN_EMAIL ? 'ADMIN_PASSWORD' : 'ADMIN_EMAIL';
    faults.push({ name, message: 'must be set too: ADMIN_EMAIL and ADMIN_PASSWORD belong together' });
  }
  return [...faults, ...missingPartnersOfS3(given)];
}

/** The AWS variables may be there for other programs: without a bucket they mean nothing here. */
function missingPartnersOfS3(given: Record<string, string | undefined>): SettingFault[] {
  if (!given.S3_BUCKET) {
    return ['S3_PREFIX', 'S3_ENDPOINT', 'S3_FORCE_PATH_STYLE', 'S3_CHECKSUMS']
      .filter((name) => given[name])
      .map((name) => ({ name, message: 'has no meaning without S3_BUCKET: set that too' }));
  }
  const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = given;
  const together = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together';
  const message = `must be set too: ${together}${token ? ', and AWS_SESSION_TOKEN goes with them' : ''}`;
  const faults: SettingFault[] = [];
  if (!key && (secret || token)) faults.push({ name: 'AWS_ACCESS_KEY_ID', message });
  if (!secret && (key || token)) faults.push({ name: 'AWS_SECRET_ACCESS_KEY', message });
  return faults;
}

/** Whoever undoes an import, or fetches an export, does it by its job. */
function tooShort(env: z.infer<typeof schema>): SettingFault[] {
  if (env.HISTORY_DAYS === undefined) return [];
  const kept = days(env.HISTORY_DAYS);
  return (['BACKUP_EXPORT_HOURS', 'BACKUP_UPLOAD_HOURS', 'BACKUP_UNDO_HOURS'] as const)
    .filter((name) => hours(env[name]) > kept)
    .map((name) => ({
      name: 'HISTORY_DAYS',
      message: `must not be shorter than ${name} (${env[name]} hours)`,
    }));
}

interface SettingFault {
  name: string;
  message: string;
}

/** What the operator decides, from the environment. */
export interface Settings {
  host: string;
  port: number;
  publicUrl?: string;
  trustProxy: number;
  /** Absolute. */
  dataDir: string;
  databaseUrl?: string;
  /** None: the server is alone. */
  redisUrl?: string;
  /** Where the files are; none: below the data directory. */
  s3?: S3Location;
  /** 64 hexadecimal digits. */
  serverKey?: string;
  /** Opens too, while keys are exchanged. */
  otherServerKey?: string;
  environment: 'dev' | 'stage' | 'prod';
  backupEnabled: boolean;
  firstAdmin?: { email: string; password: string };
  firstUnit: { name: string; sample: boolean };
  /** Where `/metrics` is served; none: nowhere. */
  metrics?: { host: string; port: number };
  logLevel: string;
  introspection: boolean;
  scryptWorkFactor: number;
  limits: BackupLimitSettings;
  retention: BackupRetention;
  records: RecordRetention;
  safeModeLimits: SafeModeLimits;
  sharedSubscriptions: boolean;
  /** Milliseconds. */
  drain: { delay: number; patience: number };
  allowPrivateManifestUrls: boolean;
}

/** Limits of backup files; in error texts they have their names in the environment. */
export interface BackupLimitSettings extends BackupLimits {
  /** Bytes of the largest file. */
  uploadBytes: number;
}

/** Says every setting that is wrong, not only the first. */
export class InvalidSettings extends Error {}

/** Names, meanings, usual values and order of all settings, for the documentation. */
export const settingDescriptions = (): { name: string; description: string; usual?: unknown }[] =>
  Object.entries(schema.shape).map(([name, field]) => ({
    name,
    description: field.description ?? '',
    usual: field instanceof z.ZodDefault ? field.def.defaultValue : undefined,
  }));

/** Reads the settings; an empty value counts as not set. Throws `InvalidSettings`. */
export function readSettings(environment: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const issues = parsed.error?.issues ?? [];
  const faults = [
    ...issues.map(({ path: [name], message }) => ({ name: String(name), message })),
    ...missingPartners(given),
    ...(parsed.success ? tooShort(parsed.data) : []),
  ];
  if (!parsed.success || faults.length > 0) {
    const lines = faults.map(({ name, message }) => `  ${name}: ${message}`);
    throw new InvalidSettings(`These settings are wrong:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  const production = env.ENVIRONMENT === 'prod';
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    trustProxy: env.TRUST_PROXY,
    dataDir: path.resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    s3: s3Of(env),
    serverKey: env.SERVER_KEY,
    otherServerKey: env.SERVER_KEY_OTHER,
    environment: env.ENVIRONMENT,
    backupEnabled: env.BACKUP_ENABLED ?? !production,
    firstAdmin:
      env.ADMIN_EMAIL && env.ADMIN_PASSWORD
        ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD }
        : undefined,
    firstUnit: { name: env.UNIT_NAME, sample: env.SAMPLE_UNIT },
    metrics: env.METRICS_PORT === undefined ? undefined : { host: env.METRICS_HOST, port: env.METRICS_PORT },
    logLevel: env.LOG_LEVEL,
    introspection: env.INTROSPECTION ?? !production,
    scryptWorkFactor: env.SCRYPT_WORK_FACTOR,
    limits: {
      ...defaultLimits,
      uploadBytes: env.BACKUP_MAX_UPLOAD_BYTES,
      workFactor: env.BACKUP_MAX_WORK_FACTOR,
      plainBytes: env.BACKUP_MAX_PLAIN_BYTES,
      ratio: env.BACKUP_MAX_RATIO,
      rows: env.BACKUP_MAX_ROWS,
      lineBytes: env.BACKUP_MAX_LINE_BYTES,
      jsonDepth: env.BACKUP_MAX_JSON_DEPTH,
      ageHeaderBytes: env.BACKUP_MAX_AGE_HEADER_BYTES,
    },
    retention: {
      exports: hours(env.BACKUP_EXPORT_HOURS),
      uploads: hours(env.BACKUP_UPLOAD_HOURS),
      undo: hours(env.BACKUP_UNDO_HOURS),
    },
    records: {
      history: env.HISTORY_DAYS && days(env.HISTORY_DAYS),
      audit: env.AUDIT_DAYS && days(env.AUDIT_DAYS),
    },
    safeModeLimits: {
      tasks: env.SAFE_MODE_MAX_TASKS,
      bytes: env.SAFE_MODE_MAX_BYTES,
      open: env.SAFE_MODE_MAX_OPEN,
    },
    sharedSubscriptions: env.SHARED_SUBSCRIPTIONS,
    drain: { delay: env.DRAIN_DELAY_SECONDS * 1000, patience: env.DRAIN_SECONDS * 1000 },
    allowPrivateManifestUrls: env.ALLOW_PRIVATE_MANIFEST_URLS,
  };
}

function s3Of(env: z.infer<typeof schema>): S3Location | undefined {
  if (!env.S3_BUCKET) return undefined;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return {
    bucket: env.S3_BUCKET,
    prefix: env.S3_PREFIX ? `${env.S3_PREFIX.replace(/\/$/, '')}/` : '',
    endpoint: env.S3_ENDPOINT,
    forcePathStyle: env.S3_FORCE_PATH_STYLE ?? env.S3_ENDPOINT !== undefined,
    checksums: env.S3_CHECKSUMS ?? (env.S3_ENDPOINT ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED'),
    region: env.AWS_REGION,
    credentials:
      accessKeyId && secretAccessKey
        ? { accessKeyId, secretAccessKey, sessionToken: env.AWS_SESSION_TOKEN }
        : undefined,
  };
}
