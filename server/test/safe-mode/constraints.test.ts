import { type Connection, createConnection } from 'mysql2/promise';
import { type SqlValue } from '../../src/storage/database';
import { refusalOf } from '../parts/configuration';
import { aPlace, type Place } from '../parts/place';
import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';

let place: Place;
let server: TestServer;
let admin: SafeModeClient;
/** What happens once, right behind an evaluation. */
let surprise: (() => Promise<unknown>) | undefined;

beforeAll(async () => {
  place = await aPlace();
  server = await TestServer.start({}, place, async (name) => {
    if (name !== 'evaluated') return;
    const behind = surprise;
    surprise = undefined;
    await behind?.();
  });
});
beforeEach(async () => {
  admin = await SafeModeClient.ofAdmin(server);
  const name = `Unit ${Date.now()}`;
  const { createUnit } = await admin.configuration.request<{ createUnit: { id: string } }>(
    'mutation ($name: String!) { createUnit(name: $name) { id } }',
    { name },
  );
  admin = SafeModeClient.as(server, createUnit.id, admin.configuration.as);
});
afterAll(() => server.stop());

const live = () =>
  admin.configuration.unit<object>(
    'revision profiles { nodes { id name workspaces { id } } } workspaces { nodes { id name } } history { nodes { revision } }',
  );

async function liveGeneration(): Promise<string> {
  const rows = await server.app.database.read((db) =>
    db.rows('SELECT live_generation_id FROM unit WHERE id = ?', [admin.configuration.unitId]),
  );
  return rows[0]![0] as string;
}

/** Applies it, and answers what it is refused for; nothing was written then. */
async function conflictsOf(id: string) {
  const before = await live();
  const { revision } = await admin.find(id);
  const outcome = await admin.apply(id, revision);
  if (outcome.__typename !== 'SafeModeConflicted') throw new Error('It was applied');
  expect(await live()).toMatchObject({ revision: (before as { revision: number }).revision });
  expect(outcome.safeMode).toMatchObject({ status: 'OPEN', revision });
  return outcome.conflicts;
}

const profileRow = 'INSERT INTO profile (generation_id, id, name, name_key, roles) VALUES (?, ?, ?, ?, ?)';
const memberRow =
  'INSERT INTO profile_workspace (generation_id, profile_id, workspace_id, position) VALUES (?, ?, ?, ?)';

// SQLite has one writer at a time: nothing gets in behind an evaluation.
const describeOnServer = globalThis.testedDatabase === 'mariadb' ? describe : describe.skip;

describeOnServer('what gets in behind the evaluation', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await createConnection(place.databaseUrl!);
  });
  afterAll(() => connection.end());

  const behind = (sql: string, values: SqlValue[]) => {
    surprise = () => connection.query(sql, values);
  };

  test('a name that is taken is a conflict of the change that brings it', async () => {
    const generationId = await liveGeneration();
    const { id } = await admin.start();
    await admin.in({ id }).createProfile({ name: 'Sales' });
    await admin.in({ id }).createProfile({ name: 'Support' });
    const { tasks } = await admin.find(id);
    behind(profileRow, [generationId, 'stranger', 'SALES', 'sales', '[]']);

    expect(await conflictsOf(id)).toMatchObject([
      { code: 'NAME_TAKEN', taskId: tasks[0]!.id, path: '/name', mine: 'Sales', resolutions: ['VALUE'] },
    ]);
    await admin.removeTask(id, tasks[0]!.id);
    expect(await admin.apply(id)).toMatchObject({ __typename: 'SafeModeApplied' });
  });

  test('an id that is taken is a conflict of the change that creates it', async () => {
    const generationId = await liveGeneration();
    const { id } = await admin.start();
    const profileId = await admin.in({ id }).createProfile({ name: 'Sales' });
    behind(profileRow, [generationId, profileId, 'Other', 'other', '[]']);
    expect(await conflictsOf(id)).toMatchObject([{ code: 'FIELD_CHANGED', path: '/name', live: 'Other' }]);
  });

  test('a reference to what is gone is a conflict of the change that holds it', async () => {
    const workspace = await admin.configuration.createWorkspace({ name: 'Desk' });
    const generationId = await liveGeneration();
    const { id } = await admin.start();
    await admin.in({ id }).createProfile({ name: 'Sales', workspaceIds: [workspace.id] });
    behind('DELETE FROM workspace WHERE generation_id = ? AND id = ?', [generationId, workspace.id]);
    expect(await conflictsOf(id)).toMatchObject([{ code: 'REFERENCE_MISSING', path: '/workspaces' }]);
  });

  test('somebody who begins to use what is deleted is a conflict of the deletion', async () => {
    const workspace = await admin.configuration.createWorkspace({ name: 'Desk' });
    const profileId = await admin.configuration.createProfile({ name: 'Sales' });
    const generationId = await liveGeneration();
    const { id } = await admin.start();
    await admin.in({ id }).mutate('deleteWorkspace', 'DeleteInput', { id: workspace.id }, 'id');
    behind(memberRow, [generationId, profileId, workspace.id, 0]);
    expect(await conflictsOf(id)).toMatchObject([
      { code: 'REFERENCE_GAINED', referrers: [{ type: 'PROFILE', id: profileId }], resolutions: ['DETACH'] },
    ]);
  });

  test('what gets in and does not collide is no conflict', async () => {
    const generationId = await liveGeneration();
    const { id } = await admin.start();
    await admin.in({ id }).createProfile({ name: 'Sales' });
    behind(profileRow, [generationId, 'stranger', 'Other', 'other', '[]']);
    expect(await admin.apply(id)).toMatchObject({ __typename: 'SafeModeApplied', taskCount: 1 });
  });
});

describe('a row whose key is not that of its name, which no evaluation sees', () => {
  let strangerId: string;
  beforeEach(async () => {
    strangerId = await admin.configuration.createProfile({ name: 'Other' });
    await server.app.database.transaction((db) =>
      db.run("UPDATE profile SET name_key = 'sales' WHERE id = ?", [strangerId]),
    );
  });

  test('is a conflict of the change that brings the key', async () => {
    const { id } = await admin.start();
    await admin.in({ id }).createProfile({ name: 'Sales' });
    const { tasks } = await admin.find(id);
    const [conflict, ...others] = await conflictsOf(id);
    expect(conflict).toMatchObject({
      code: 'NAME_TAKEN',
      taskId: tasks[0]!.id,
      path: '/name',
      mine: 'Sales',
    });
    expect(conflict!.message).toContain('Other');
    expect(others).toEqual([]);
  });

  test('is a conflict of a direct edit, which changes nothing', async () => {
    const before = await live();
    const refusal = await refusalOf(admin.configuration.createProfile({ name: 'Sales' }));
    expect(refusal.code).toBe('CONFLICT');
    expect(refusal.conflicts).toMatchObject([{ code: 'NAME_TAKEN', path: '/name', mine: 'Sales' }]);
    expect(refusal.message).toContain('Other');
    expect(await live()).toEqual(before);
  });
});
