import { gzipSync } from 'node:zlib';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type BackupRejection } from '../../src/backup/rejection';
import { refusal } from '../parts/accounts';
import { someConfiguration } from './parts/configuration';
import { type Desk, linesOf, openDesk, thePassword } from './parts/desk';
import { encrypted, fileOfLines } from './parts/hand-made';

let desk: Desk;
let unitId: string;
let admin: Awaited<ReturnType<Desk['aUnit']>>['admin'];
let file: Buffer;
let lines: string[];
beforeAll(async () => {
  desk = await openDesk({ limits: { plainBytes: 3_000_000, rows: 1_000 } });
  ({ unitId, admin } = await desk.aUnit());
  await desk.edit(unitId, someConfiguration());
  file = await desk.export(admin, unitId);
  lines = await linesOf(file);
});
afterAll(() => desk.close());

/** Uploads and validates; fails the test when the file is taken. Nothing of the unit may have changed. */
async function rejected(bytes: Uint8Array, password = thePassword): Promise<BackupRejection> {
  const before = await desk.unit(unitId);
  const judged = await desk.judge(admin, unitId, bytes, password);
  expect(await desk.unit(unitId)).toEqual(before);
  if (!('code' in judged)) throw new Error('The file was accepted');
  return judged;
}

/** Changes some bytes in the middle. */
function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at]! ^= 1;
  return copy;
}

const edited = (change: (line: string) => string) => fileOfLines(lines.map(change), thePassword);

test('EMPTY_FILE: no bytes', async () => {
  expect(await rejected(Buffer.alloc(0))).toMatchObject({ code: 'EMPTY_FILE' });
});

test.each([
  ['a ZIP archive', Buffer.from('PK\x03\x04')],
  ['a gzip file', gzipSync('something')],
  ['an HTML page', Buffer.from('<!doctype html><title>Sign in</title>')],
  ['JSON', Buffer.from('[1, 2]')],
  ['plain text', Buffer.from('Dear diary')],
])('NOT_A_BACKUP: it looks like %s', async (words, bytes) => {
  const { code, message } = await rejected(bytes);
  expect(code).toBe('NOT_A_BACKUP');
  expect(message).toContain(words);
});

test('NOT_A_BACKUP: encrypted for a key', async () => {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()));
  const { code, message } = await rejected(await encrypter.encrypt('text'));
  expect(code).toBe('NOT_A_BACKUP');
  expect(message).toContain('for a key');
});

test('NOT_A_BACKUP: the password opens it, but there is something else inside', async () => {
  const { code, message } = await rejected(await encrypted(gzipSync('{"t":"letter"}\n'), thePassword));
  expect(code).toBe('NOT_A_BACKUP');
  expect(message).toContain('The password opens');
});

test('TRUNCATED: an own export that was cut is recognised before any password', async () => {
  for (const length of [file.length - 1, file.length - 200, 200]) {
    const uploadId = await desk.upload(admin, unitId, file.subarray(0, length));
    const upload = await desk.work.uploads.find(admin, uploadId);
    expect(JSON.parse(upload.rejected!)).toMatchObject({ code: 'TRUNCATED' });
    expect(await desk.validate(admin, unitId, uploadId, 'never asked')).toMatchObject({ code: 'TRUNCATED' });
  }
});

test('TRUNCATED: a file of another installation that was cut', async () => {
  const foreign = await encrypted(gzipSync(Buffer.alloc(300_000, lines.join('\n'))), thePassword);
  expect(await rejected(foreign.subarray(0, 100))).toMatchObject({ code: 'TRUNCATED' });
});

test('DAMAGED: an own export with other bytes is recognised before any password', async () => {
  const changed = flipped(file, file.length - 30);
  const { code, message } = await rejected(changed, 'never asked');
  expect([code, message.includes('password is right')]).toEqual(['DAMAGED', false]);
});

test('DAMAGED: bytes of another file changed, and the password is right', async () => {
  const foreign = await fileOfLines(lines, thePassword);
  const { code, message } = await rejected(flipped(foreign, foreign.length - 100));
  expect(code).toMatch(/DAMAGED|TRUNCATED/);
  const large = await encrypted(Buffer.alloc(200_000, 7), thePassword);
  const second = await rejected(flipped(large, 1_000));
  expect(second.code).toBe('DAMAGED');
  expect(second.message).toContain('The password is right');
  expect(message).toBeTruthy();
});

test('WRONG_PASSWORD: and the right one works afterwards with the same upload', async () => {
  const uploadId = await desk.upload(admin, unitId, file);
  expect(await desk.validate(admin, unitId, uploadId, 'not this one')).toMatchObject({
    code: 'WRONG_PASSWORD',
  });
  expect(await desk.validate(admin, unitId, uploadId, thePassword)).toMatchObject({ unitId });
});

test('wrong passwords are limited per upload, and audited', async () => {
  const foreign = await fileOfLines(lines, thePassword);
  const uploadId = await desk.upload(admin, unitId, foreign);
  for (let tries = 0; tries < 10; tries++) await desk.validate(admin, unitId, uploadId, `wrong ${tries}`);
  const refused = await refusal(
    desk.work.validations.begin(admin, { unitId, uploadId, password: thePassword }),
  );
  expect(refused.code).toBe('RATE_LIMITED');
  const [[failed]] = (await desk.database.read((db) =>
    db.rows("SELECT COUNT(*) FROM audit WHERE event = 'BACKUP_PASSWORD_FAILED' AND detail LIKE ?", [
      `%${uploadId}%`,
    ]),
  )) as [[number | string]];
  expect(Number(failed)).toBe(10);
});

test('KDF_TOO_COSTLY: told by the header, without deriving', async () => {
  const costly = Buffer.from(file.toString('latin1').replace(/^(-> scrypt \S+) \d+$/m, '$1 22'), 'latin1');
  const { code, message } = await rejected(costly);
  expect(code).toBe('KDF_TOO_COSTLY');
  expect(message).toContain('22');
});

test('NEWER_VERSION: names the version that wrote the file', async () => {
  const newer = lines.map((line, index) =>
    index === 0
      ? line.replace('"minReader":1', '"minReader":9').replace(/"appVersion":"[^"]+"/, '"appVersion":"7.3.1"')
      : line,
  );
  const { code, message } = await rejected(await fileOfLines(newer, thePassword));
  expect(code).toBe('NEWER_VERSION');
  expect(message).toContain('7.3.1');
});

test('INCOMPLETE_BACKUP: no footer, or one that counts otherwise', async () => {
  const none = await fileOfLines(lines.slice(0, -1), thePassword, { proved: false });
  expect(await rejected(none)).toMatchObject({ code: 'INCOMPLETE_BACKUP' });
  const other = lines.map((line) => line.replace('Good morning', 'Good evening'));
  expect(await rejected(await fileOfLines(other, thePassword, { proved: false }))).toMatchObject({
    code: 'INCOMPLETE_BACKUP',
  });
});

test('INVALID_CONTENT: every problem with its place, as ordinary validation words it', async () => {
  const invalid = await edited((line) =>
    line
      .replace('"layout":"two-columns"', '"layout":"spiral"')
      .replace('"area":"main"', '"area":"ceiling"')
      .replace('"roles":["ADMIN","USER"]', '"roles":["BOSS"]')
      .replace('"key":"banner"', '"key":" banner"')
      .replace('"value":1.5', '"value":null'),
  );
  const { code, problems, problemCount } = await rejected(invalid);
  expect(code).toBe('INVALID_CONTENT');
  expect(problems.map(({ section, field }) => `${section} ${field}`)).toEqual(
    expect.arrayContaining(['workspaces layout', 'profiles roles/0', 'configKeys key', 'configKeys value']),
  );
  expect(problemCount).toBe(problems.length);
  for (const problem of problems)
    expect(problem).toMatchObject({
      line: expect.any(Number) as number,
      message: expect.any(String) as string,
    });
});

test('INVALID_CONTENT: dangling references and doubled names', async () => {
  const dangling = await edited((line) => line.replace(/"workspaceId":"[^"]+"/, '"workspaceId":"nowhere"'));
  const { code, problems } = await rejected(dangling);
  expect(code).toBe('INVALID_CONTENT');
  expect(problems).toEqual([
    expect.objectContaining({ section: 'applications', field: 'workspaceId' }),
    expect.objectContaining({ section: 'applications', field: 'workspaceId' }),
  ]);
  const doubled = await edited((line) => line.replace('"name":"Admins only"', '"name":"EVERYBODY"'));
  expect(await rejected(doubled)).toMatchObject({ code: 'INVALID_CONTENT', problemCount: 1 });
});

test('INVALID_CONTENT: the first hundred problems and how many there are', async () => {
  const many = Array.from({ length: 250 }, (_, index) =>
    JSON.stringify({
      t: 'row',
      v: { key: `many ${String(index).padStart(3, '0')}`, value: null, secret: false },
    }),
  );
  const start = lines.findIndex((line) => line.includes('"key":"feed"'));
  const { code, problems, problemCount } = await rejected(
    await fileOfLines([...lines.slice(0, start + 1), ...many, ...lines.slice(start + 1)], thePassword),
  );
  expect([code, problems.length, problemCount]).toEqual(['INVALID_CONTENT', 100, 250]);
});

test('TOO_LARGE: rows and unpacked bytes, naming the setting', async () => {
  const rows = Array.from({ length: 1_001 }, (_, index) =>
    JSON.stringify({
      t: 'row',
      v: { key: `many ${String(index).padStart(4, '0')}`, value: 1, secret: false },
    }),
  );
  const start = lines.findIndex((line) => line.includes('"key":"feed"'));
  const tooMany = await rejected(
    await fileOfLines([...lines.slice(0, start + 1), ...rows, ...lines.slice(start + 1)], thePassword),
  );
  expect(tooMany).toMatchObject({ code: 'TOO_LARGE', message: expect.stringContaining('_ROWS') as string });
  const bomb = await rejected(
    await encrypted(gzipSync('{"t":"header"' + ' '.repeat(20_000_000)), thePassword),
  );
  expect(bomb).toMatchObject({ code: 'TOO_LARGE' });
});

test('OTHER_UNIT is a warning, and importing then needs the name of the unit typed', async () => {
  const other = await desk.aUnit('Radio');
  const plan = await desk.plan(other.admin, other.unitId, file);
  expect(plan.content.warnings).toContainEqual(
    expect.objectContaining({ code: 'OTHER_UNIT', message: expect.stringContaining('Newsroom') as string }),
  );
  for (const confirmUnitName of [undefined, 'Newsroom']) {
    const { code } = await refusal(
      desk.work.imports.begin(other.admin, { planId: plan.id, confirmUnitName }),
    );
    expect(code).toBe('CONFIRMATION_REQUIRED');
  }
  const job = await desk.ended(
    desk.work.imports.begin(other.admin, { planId: plan.id, confirmUnitName: 'Radio' }),
  );
  expect(job.state).toBe('DONE');
});

test('a backup of another environment warns too', async () => {
  const prod = lines.map((line, index) =>
    index === 0 ? line.replace('"environment":"dev"', '"environment":"prod"') : line,
  );
  const plan = await desk.plan(admin, unitId, await fileOfLines(prod, thePassword));
  expect(plan.content.warnings.map(({ code }) => code)).toContain('OTHER_UNIT');
});

test('`__proto__` is an ordinary key and passes no prototype on', async () => {
  const hostile = await edited((line) => line.replace('"value":1.5', '"value":{"__proto__":{"admin":true}}'));
  const { unitId: target, admin: owner } = await desk.aUnit();
  await desk.import(owner, target, hostile);
  const again = await linesOf(await desk.export(owner, target));
  expect(again.some((line) => line.includes('{"__proto__":{"admin":true}}'))).toBe(true);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});
