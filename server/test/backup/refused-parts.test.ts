import { Readable } from 'node:stream';
import { refusal } from '../parts/accounts';
import { allOf } from '../storage/parts/content';
import { type Desk, openDesk } from './parts/desk';

/** What is left in the store of parts that an upload does not take. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ limits: { uploadBytes: 1_000 } });
});
afterAll(() => desk.close());

const bytes = (...sizes: number[]) => Readable.from(sizes.map((size) => Buffer.alloc(size, 'x')));

const storedOf = async ({ id }: { id: string }) =>
  (await allOf(desk.objects.list(`uploads/${id}/`))).map(({ key }) => key);

async function anUpload(size?: number) {
  const { unitId, admin } = await desk.aUnit();
  return desk.work.uploads.open(admin, unitId, size);
}

test.each([
  ['the limit, without a size announced', undefined, 'TOO_LARGE'],
  ['the size announced', 900, 'BAD_USER_INPUT'],
])('of a part that goes beyond %s nothing is stored', async (_, size, code) => {
  const upload = await anUpload(size);
  const refused = await refusal(desk.work.uploads.append(upload, 0, bytes(500, 400, 200)));
  expect(refused.code).toBe(code);
  expect(await storedOf(upload)).toEqual([]);
  expect(await desk.work.uploads.append(upload, 0, bytes(500, 400))).toBe(900);
});

test('a part that came too late is removed at once, and the one that was taken stays', async () => {
  const upload = await anUpload(900);
  await desk.work.uploads.append(upload, 0, bytes(300));
  const [taken] = await storedOf(upload);
  // Another request that began at the same time.
  expect((await refusal(desk.work.uploads.append(upload, 0, bytes(200)))).code).toBe('CONFLICT');
  await desk.work.objectSweeper.sweep();
  expect(await storedOf(upload)).toEqual([taken]);
});

test('a part that arrives after its upload was discarded is removed at once', async () => {
  const upload = await anUpload(900);
  await desk.work.uploads.discard(upload.id);
  expect((await refusal(desk.work.uploads.append(upload, 0, bytes(200)))).code).toBe('NOT_FOUND');
  await desk.work.objectSweeper.sweep();
  expect(await storedOf(upload)).toEqual([]);
});
