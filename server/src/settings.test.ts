import { InvalidSettings, readSettings } from './settings';

const faultsOf = (environment: Record<string, string>): string => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof InvalidSettings) return error.message;
    throw error;
  }
  throw new Error('These settings were accepted');
};

test('nothing needs to be set, and what is empty counts as not set', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    environment: 'dev',
    backupEnabled: true,
    databaseUrl: undefined,
  });
});

test('every fault is listed at once, those between settings too', () => {
  const text = faultsOf({
    PORT: '99999',
    ENVIRONMENT: 'production',
    BACKUP_ENABLED: 'perhaps',
    BACKUP_MAX_UPLOAD_BYTES: '-1',
    SERVER_KEY: 'short',
    ADMIN_EMAIL: 'nobody',
  });
  for (const name of [
    'PORT',
    'ENVIRONMENT',
    'BACKUP_ENABLED',
    'BACKUP_MAX_UPLOAD_BYTES',
    'SERVER_KEY',
    'ADMIN_EMAIL',
    'ADMIN_PASSWORD',
  ]) {
    expect(text).toContain(`\n  ${name}: `);
  }
});

test('a database server needs a server key', () => {
  expect(faultsOf({ DATABASE_URL: 'mysql://root@localhost/safeboard' })).toContain('SERVER_KEY');
});

test('backup is off in production unless the operator turns it on', () => {
  expect(readSettings({ ENVIRONMENT: 'prod' }).backupEnabled).toBe(false);
  expect(readSettings({ ENVIRONMENT: 'prod', BACKUP_ENABLED: 'true' }).backupEnabled).toBe(true);
  expect(readSettings({ ENVIRONMENT: 'stage', BACKUP_ENABLED: 'no' }).backupEnabled).toBe(false);
});

test('files are in the data directory until a bucket is named', () => {
  expect(readSettings({ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'for others' }).s3).toBeUndefined();
  expect(readSettings({ S3_BUCKET: 'board' }).s3).toEqual({
    bucket: 'board',
    prefix: '',
    forcePathStyle: false,
    checksums: 'WHEN_SUPPORTED',
  });
});

test('a server other than AWS gets the bucket in the path unless told otherwise', () => {
  const given = {
    S3_BUCKET: 'board',
    S3_PREFIX: 'stage/one/',
    S3_ENDPOINT: 'http://127.0.0.1:9000',
    AWS_REGION: 'here',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
  };
  expect(readSettings(given).s3).toEqual({
    bucket: 'board',
    prefix: 'stage/one/',
    endpoint: 'http://127.0.0.1:9000',
    forcePathStyle: true,
    checksums: 'WHEN_REQUIRED',
    region: 'here',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' },
  });
  expect(readSettings({ ...given, S3_PREFIX: 'stage' }).s3?.prefix).toBe('stage/');
  expect(readSettings({ ...given, S3_FORCE_PATH_STYLE: 'no' }).s3?.forcePathStyle).toBe(false);
});

test('settings of S3 that miss their partner are all listed', () => {
  const withoutBucket = faultsOf({
    S3_PREFIX: 'a',
    S3_ENDPOINT: 'http://127.0.0.1:9000',
    S3_FORCE_PATH_STYLE: 'yes',
  });
  for (const name of ['S3_PREFIX', 'S3_ENDPOINT', 'S3_FORCE_PATH_STYLE'])
    expect(withoutBucket).toContain(`\n  ${name}: has no meaning without S3_BUCKET`);

  const named = (given: Record<string, string>) =>
    faultsOf({ S3_BUCKET: 'board', ...given })
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(':')[0]);
  expect(named({ AWS_ACCESS_KEY_ID: 'key' })).toEqual(['AWS_SECRET_ACCESS_KEY']);
  expect(named({ AWS_SECRET_ACCESS_KEY: 'secret' })).toEqual(['AWS_ACCESS_KEY_ID']);
  expect(named({ AWS_SESSION_TOKEN: 'token', S3_PREFIX: '../up', S3_ENDPOINT: 'nowhere' })).toEqual([
    'S3_PREFIX',
    'S3_ENDPOINT',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ]);
});

test('history is kept for good, or at least for as long as backups need it', () => {
  expect(readSettings({}).records).toEqual({});
  expect(readSettings({ HISTORY_DAYS: '2', AUDIT_DAYS: '1' }).records).toEqual({
    history: 172_800_000,
    audit: 86_400_000,
  });
  expect(faultsOf({ HISTORY_DAYS: '2', BACKUP_UNDO_HOURS: '49' })).toContain(
    '\n  HISTORY_DAYS: must not be shorter than BACKUP_UNDO_HOURS (49 hours)',
  );
  expect(faultsOf({ AUDIT_DAYS: '0' })).toContain('\n  AUDIT_DAYS: ');
});
