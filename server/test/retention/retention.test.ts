import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { days, shifted } from '../../src/access/clock';
import { AuditPurge } from '../../src/retention/audit-purge';
import { HistoryPurge } from '../../src/retention/history-purge';
import { insertRows } from '../../src/storage/bulk-rows';
import { type Database, type SqlValue } from '../../src/storage/database';
import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { aPlace } from '../parts/place';
import { TestServer } from '../parts/running-server';
import { exportedFile } from '../safe-mode/parts/backups';
import { Newsroom } from '../safe-mode/parts/newsroom';

const kept = days(30);
const longAgo = shifted(new Date(), -days(40));

let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** Forgets what happened before a time. */
const forget = (before: Date) =>
  new HistoryPurge(room.server.app.database, kept, () => shifted(before, kept)).purge();

/** A time after all that has happened, and before all that comes. */
async function aMoment(): Promise<Date> {
  await pause(2);
  const moment = new Date();
  await pause(2);
  return moment;
}

async function historyNames(): Promise<string[]> {
  const { history } = await room.admin.configuration.unit<{
    history: { nodes: { target: { name: string } }[] };
  }>('history { nodes { target { name } } }');
  return history.nodes.map(({ target }) => target.name);
}

/** Records a key, applies it, and answers the id of the safe mode. */
async function applied(key: string): Promise<string> {
  const [safeMode, mine] = await room.recording();
  await mine.setConfigKey(key, { value: 'new' });
  await room.apply(safeMode);
  return safeMode.id;
}

const rows = (sql: string, parameters: SqlValue[] = []) =>
  room.server.app.database.read((db) => db.rows(sql, parameters));

test('what is older is forgotten, with safe modes and jobs that ended; what came later is all there', async () => {
  const { live } = room;
  await live.setConfigKey('old', { value: 1 });
  const early = await applied('early');
  await exportedFile(room.admin.configuration);
  const basedOnRevision = await room.revision();
  const moment = await aMoment();
  await room.others.setConfigKey('old', { value: 2 });
  const late = await applied('late');
  await forget(moment);

  expect(await historyNames()).toEqual(['late', 'old']);
  expect(await rows('SELECT id FROM job')).toEqual([]);
  const { safeModes } = await room.admin.configuration.unit<{ safeModes: { id: string }[] }>(
    'safeModes(status: APPLIED) { id }',
  );
  expect(safeModes).toEqual([{ id: late }]);
  expect((await refusalOf(room.admin.undo(early))).code).toBe('NOT_FOUND');
  const undo = await room.admin.undo(late);
  expect(undo.tasks).toMatchObject([{ operation: 'DELETE', target: { name: 'late' } }]);

  const form = (revision: number, value: number) =>
    live.setConfigKey('old', { value, basedOnRevision: revision });
  const refusal = await refusalOf(form(basedOnRevision, 3));
  expect([refusal.code, refusal.conflicts[0]]).toMatchObject(['CONFLICT', { base: 1, mine: 3, live: 2 }]);
  expect((await refusalOf(form(basedOnRevision - 1, 3))).fields).toMatchObject([
    { path: 'input.basedOnRevision' },
  ]);
  await room.admin.delete(undo.id);
});

test('an open safe mode keeps the history since it was started: its conflicts say who changed what', async () => {
  await room.live.setConfigKey('contested', { value: 1 });
  const moment = await aMoment();
  const [safeMode, mine] = await room.recording();
  await mine.setConfigKey('contested', { value: 'mine' });
  await room.others.setConfigKey('contested', { value: 'hers' });
  const later = await aMoment();
  await forget(later);
  expect((await room.conflictOf(safeMode)).liveChangedBy).toEqual({ name: 'Grace' });
  expect(await historyNames()).toEqual(['contested']);
  await room.admin.delete(safeMode.id);
  await forget(moment);
  expect(await historyNames()).toEqual(['contested']);
  await forget(later);
  expect(await historyNames()).toEqual([]);
});

test('a safe mode whose changes are half forgotten is not half undone', async () => {
  const [safeMode, mine] = await room.recording();
  for (const key of ['half-1', 'half-2']) await mine.setConfigKey(key, { value: 1 });
  const { unit } = await room.apply(safeMode);
  await room.server.app.database.transaction((db) =>
    db.run('DELETE FROM change_entry WHERE unit_id = ? AND revision = ? AND number = 0', [
      room.unitId,
      unit.revision,
    ]),
  );
  expect((await refusalOf(room.admin.undo(safeMode.id))).code).toBe('NOT_UNDOABLE');
});

test('the audit forgets what is older, however much it is', async () => {
  const { database } = room.server.app;
  const facts = Array.from({ length: 450 }, () => [uuid(), longAgo, 'SIGNED_OUT', '{}']);
  await database.transaction((db) => insertRows(db, 'audit', ['id', 'at', 'event', 'detail'], facts));
  const moment = await aMoment();
  await room.server.signIn();
  await new AuditPurge(database, kept, () => shifted(moment, kept)).purge();
  expect(await rows('SELECT event FROM audit')).toEqual([['SIGNED_IN']]);
});

/** Writes of long ago: many small ones and a large one. Answers the number of the last. */
async function addLongHistory(database: Database, unitId: string): Promise<number> {
  const writes = Array.from({ length: 450 }, (_, index) => index + 2);
  const large = writes.at(-1)! + 1;
  const entries = [
    ...writes.map((revision) => [revision, 0]),
    ...Array.from({ length: 450 }, (_, number) => [large, number]),
  ].map(([revision, number]) => [unitId, revision!, number!, 'CONFIG_KEY', 'a', 'a', 'UPDATE']);
  await database.transaction(async (db) => {
    await db.run('UPDATE change_set SET at = ?', [longAgo]);
    const sets = [...writes, large].map((revision) => [uuid(), unitId, revision, 'EDIT', longAgo]);
    await insertRows(db, 'change_set', ['id', 'unit_id', 'revision', 'cause', 'at'], sets);
    const columns = ['unit_id', 'revision', 'number', 'kind', 'object_id', 'object_name', 'operation'];
    await insertRows(db, 'change_entry', columns, entries);
    await db.run('UPDATE unit SET revision = ?', [large]);
  });
  return large;
}

test('a server forgets by itself what its settings do not keep, a long history in small steps', async () => {
  const place = await aPlace();
  const before = await TestServer.start({}, place);
  const admin = await ConfigurationClient.ofAdmin(before);
  const last = await addLongHistory(before.app.database, admin.unitId);
  await admin.setConfigKey('fresh', { value: 1 });
  await before.halt();

  const server = await TestServer.start({ HISTORY_DAYS: '30', AUDIT_DAYS: '30' }, place);
  const left = (table: string) =>
    server.app.database.read((db) => db.rows(`SELECT revision FROM ${table} ORDER BY revision`));
  while ((await left('change_entry')).length > 1) await pause(20);
  expect(await left('change_entry')).toEqual([[last + 1]]);
  expect(await left('change_set')).toEqual([[last], [last + 1]]);
  await server.stop();
});
