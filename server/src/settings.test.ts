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
