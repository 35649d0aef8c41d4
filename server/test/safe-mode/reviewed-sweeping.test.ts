import { refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';
import { type CheckpointName } from '../../src/checkpoint';
import { StoredFiles } from './parts/stored-files';

/**
 * A writer that stood still between storing a file and pointing to it, for so long that the file is taken for left
 * over: as a laptop that was shut in this moment.
 */
let server: TestServer;
let admin: SafeModeClient;
/** Called at the next stored file. */
let atStoredFile: () => Promise<void> = () => Promise.resolve();
beforeAll(async () => {
  server = await TestServer.start({}, undefined, async (name: CheckpointName) => {
    if (name !== 'file stored') return;
    const work = atStoredFile;
    atStoredFile = () => Promise.resolve();
    await work();
  });
  admin = await SafeModeClient.ofAdmin(server);
});
afterAll(() => server.stop());

/** The files that wait to be pointed to are due from now on. */
const timePasses = () =>
  server.app.database.transaction((db) =>
    db.run('UPDATE object_removal SET due_at = ?', [new Date('2026-01-01T00:00:00.000Z')]),
  );

/** Records while this happens between storing and pointing; answers the refusal. */
async function recordingWhile(id: string, work: () => Promise<void>) {
  atStoredFile = work;
  return refusalOf(admin.in({ id }).setConfigKey('late', { value: 1 }));
}

test('a file that was swept away meanwhile is not pointed to: nothing is recorded, and the safe mode is as before', async () => {
  const before = await admin.start();
  const refusal = await recordingWhile(before.id, async () => {
    await timePasses();
    await server.app.backups.objectSweeper.sweep();
  });
  expect(refusal.code).toBe('SERVICE_UNAVAILABLE');
  expect(await admin.find(before.id)).toEqual(before);
});

test('nor is one that is being swept away at that very moment', async () => {
  const before = await admin.start();
  const { objects } = server.app;
  const remove = objects.remove.bind(objects);
  let sweeping: Promise<number> | undefined;
  let goOn: () => void = () => undefined;
  const refusal = await recordingWhile(before.id, async () => {
    await timePasses();
    const reached = new Promise<void>((resolve) => {
      objects.remove = async (key) => {
        await remove(key);
        resolve();
        await new Promise<void>((end) => (goOn = end));
      };
    });
    sweeping = server.app.backups.objectSweeper.sweep();
    await reached;
    objects.remove = remove;
  });
  goOn();
  await sweeping;
  expect(refusal.code).toBe('SERVICE_UNAVAILABLE');
  expect(await admin.find(before.id)).toEqual(before);
  await server.app.backups.objectSweeper.sweep();
  expect(await new StoredFiles(server).removals()).toEqual([]);
});
