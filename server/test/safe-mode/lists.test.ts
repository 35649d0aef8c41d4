import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';

let server: TestServer;
let admin: SafeModeClient;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await SafeModeClient.ofAdmin(server);
});
afterAll(() => server.stop());

/** Names and times of one page of a list. */
async function page(status: string, first: number, after?: string) {
  const { safeModes } = await admin.configuration.unit<{
    safeModes: { name: string; createdAt: string; closedAt: string | null }[];
  }>(
    'safeModes(status: $status, first: $first, after: $after) { name createdAt closedAt }',
    { status, first, after },
    '$status: SafeModeStatus, $first: Int, $after: DateTime',
  );
  return safeModes;
}

test('open ones come by their start, applied ones by when they were applied, page by page', async () => {
  const started = [];
  for (const name of ['first', 'second', 'third']) started.push(await admin.start({ name }));
  const newest = await page('OPEN', 2);
  expect(newest.map(({ name }) => name)).toEqual(['third', 'second']);
  expect(await page('OPEN', 2, newest[1]!.createdAt)).toMatchObject([{ name: 'first' }]);

  for (const index of [1, 0, 2]) await admin.apply(started[index]!.id);
  expect(await page('OPEN', 2)).toEqual([]);
  const last = await page('APPLIED', 2);
  expect(last.map(({ name }) => name)).toEqual(['third', 'first']);
  expect(await page('APPLIED', 2, last[1]!.closedAt!)).toMatchObject([{ name: 'second' }]);
});
