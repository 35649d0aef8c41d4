import { refusalOf } from '../parts/configuration';
import { aPlace } from '../parts/place';
import { expectNothingLeft } from '../parts/remains';
import { SafeModeClient } from '../parts/safe-modes';
import { KillableServer } from './parts/killable-server';

const MiB = 1024 * 1024;

test('where the disk takes no more, nothing is recorded and nothing is lost; with room again, a repeat records once', async () => {
  const place = await aPlace();
  const environment = { LOG_LEVEL: 'silent', SAFE_MODE_MAX_BYTES: String(16 * MiB) };
  const server = await KillableServer.start(place, environment);
  const admin = await SafeModeClient.ofAdmin(server);
  const { id } = await admin.start();
  const record = (key: string) =>
    admin.in({ id }).setConfigKey(key, { value: 'x'.repeat(3.5 * MiB), operationId: key });
  await record('first');
  const before = await admin.find(id);

  server.limitFiles(6 * MiB);
  expect((await refusalOf(record('second'))).code).toBe('SERVICE_UNAVAILABLE');
  expect(await admin.find(id)).toEqual(before);

  server.limitFiles();
  await record('second');
  await record('second');
  expect(await admin.find(id)).toMatchObject({ taskCount: 2, revision: before.revision + 1 });
  expectNothingLeft(await server.clearAway());
  await server.stop();
  await place.remove();
});
