import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { tokenOf } from '../parts/accounts';
import { ConfigurationClient } from '../parts/configuration';
import { aPlace, type Place } from '../parts/place';
import { type Credentials, credentialHeaders } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';
import { KillableServer } from '../safe-mode/parts/killable-server';

/**
 * A server is used with secrets of every kind, also while its disk is full, and then all that it has written is looked
 * through: its log, its files, and every table. None of the secrets may be there in clear.
 */
const sign = 'kangaroo';
const secret = (what: string) => `${sign} ${what} 1`;
const passwords = {
  own: secret('own'),
  wrong: secret('wrong'),
  next: secret('next'),
  guest: secret('guest'),
  backup: secret('backup'),
  wrongBackup: secret('wrong backup'),
};

let place: Place;
let server: KillableServer;
let unit: ConfigurationClient;
/** Tokens that were handed out: whoever finds one is somebody else. */
const tokens: string[] = [];
beforeAll(async () => {
  place = await aPlace();
  server = await KillableServer.start(place, { LOG_LEVEL: 'debug', ADMIN_PASSWORD: passwords.own });
  const as = await server.signIn({ email: 'admin@example.org', password: passwords.own });
  tokens.push(as.cookie!.split('=')[1]!);
  unit = new ConfigurationClient(server, await server.firstUnitId(as), as, 'none');
});
afterAll(async () => {
  await server.stop();
  await place.remove();
});

const ask = (query: string, variables: object, as: Credentials = unit.as) =>
  server.graphql<Record<string, never>>(query, variables, as, { 'X-Safe-Mode': 'none' });

async function accounts() {
  const signIn =
    'mutation ($password: String!) { signIn(email: "admin@example.org", password: $password) { id } }';
  await ask(signIn, { password: passwords.wrong }, {});
  await ask(
    'mutation ($current: String!, $password: String!) { changePassword(current: $current, password: $password) }',
    { current: passwords.wrong, password: passwords.next },
  );
  await ask(
    'mutation ($current: String!, $password: String!) { changePassword(current: $current, password: $password) }',
    { current: passwords.own, password: passwords.next },
  );
  const member = (email: string, password?: string) =>
    unit.mutate<{ inviteUrl: string | null }>(
      'addMember',
      'AddMemberInput',
      { email, password, name: 'Guest', role: 'USER' },
      'inviteUrl',
    );
  await member('one@example.org', passwords.guest);
  const { inviteUrl } = await member('two@example.org');
  tokens.push(tokenOf(inviteUrl));
  const { secret: token } = await unit.mutate<{ secret: string }>(
    'createApiToken',
    'CreateApiTokenInput',
    { name: 'Script', role: 'USER' },
    'secret',
  );
  tokens.push(token);
  await ask('{ viewer { id } }', {}, { token });
  await ask('{ viewer { id } }', {}, { token: secret('no token').replaceAll(' ', '-') });
}

const keeping = { secretKeys: ['token'] };

async function configuration() {
  await unit.installPlugin('org.secret', keeping, { configuration: { token: secret('plugin') } });
  await unit.setConfigKey('kept', { value: secret('key'), secret: true });
  const { id } = await new SafeModeClient(unit).start();
  await unit.in(id).setConfigKey('kept', { value: secret('recorded') });
  await unit.setConfigKey('kept', { value: secret('live'), secret: true });
  // The whole input is wrong, and so is a part of it.
  await ask('mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { key } } }', {
    input: { unitId: unit.unitId, key: ' ', value: { inner: [secret('refused'), '\u0000'] }, secret: true },
  });
  await ask('mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { key } } }', {
    input: { unitId: unit.unitId, key: {}, value: secret('of the wrong type'), secret: true },
  });
}

async function backups() {
  const job = await ended(
    'mutation ($input: ExportBackupInput!) { job: exportBackup(input: $input) { id } }',
    { unitId: unit.unitId, password: passwords.backup },
  );
  const file = await fetch(server.url + job.downloadUrl!, { headers: credentialHeaders(unit.as) });
  const upload = await fetch(`${server.url}/api/backup/uploads?unitId=${unit.unitId}`, {
    method: 'POST',
    headers: { ...credentialHeaders(unit.as), 'Apollo-Require-Preflight': 'true' },
    body: await file.arrayBuffer(),
  });
  const { id: uploadId } = (await upload.json()) as { id: string };
  for (const password of [passwords.wrongBackup, passwords.backup])
    await ended('mutation ($input: ValidateBackupInput!) { job: validateBackup(input: $input) { id } }', {
      unitId: unit.unitId,
      uploadId,
      password,
    });
}

async function ended(
  mutation: string,
  input: object,
): Promise<{ state: string; downloadUrl: string | null }> {
  const { job } = await unit.request<{ job: { id: string } }>(mutation, { input });
  for (;;) {
    const answer = await unit.request<{ job: { state: string; downloadUrl: string | null } }>(
      'query ($id: ID!) { job(id: $id) { state downloadUrl } }',
      { id: job.id },
    );
    if (!['QUEUED', 'RUNNING'].includes(answer.job.state)) return answer.job;
    await pause(20);
  }
}

/** What fails inside is logged with its cause. */
async function whileTheDiskIsFull() {
  server.limitFiles(0);
  await ask('mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { key } } }', {
    input: { unitId: unit.unitId, key: 'kept', value: secret('on a full disk'), secret: true },
  });
  server.limitFiles();
}

/** Names of the files below the data directory, and of the tables, that have the text in clear. */
async function placesOf(texts: readonly string[]): Promise<string[]> {
  const isIn = (bytes: Buffer | string) => texts.some((text) => bytes.includes(text));
  const files = readdirSync(place.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const telling = files.filter((file) => isIn(readFileSync(file)));
  if (!place.databaseUrl) return telling;
  const connection = await createConnection({ uri: place.databaseUrl.replace('mariadb:', 'mysql:') });
  const [tables] = await connection.query({ sql: 'SHOW TABLES', rowsAsArray: true });
  for (const [table] of tables as [string][]) {
    const [rows] = await connection.query(`SELECT * FROM \`${table}\``);
    if (isIn(JSON.stringify(rows))) telling.push(table);
  }
  await connection.end();
  return telling;
}

test('no secret and no token is in clear in anything that a server writes', async () => {
  await accounts();
  await configuration();
  await backups();
  await whileTheDiskIsFull();

  await unit.setConfigKey('open', { value: 'to be found' });
  expect(await placesOf(['to be found'])).not.toEqual([]);
  // Where the database is elsewhere, a full disk here is none of its faults.
  if (!place.databaseUrl) expect(server.written).not.toBe('');
  for (const text of [sign, ...tokens, '5afe'.repeat(16)]) {
    expect([text, server.written.includes(text)]).toEqual([text, false]);
    expect([text, await placesOf([text])]).toEqual([text, []]);
  }
});
