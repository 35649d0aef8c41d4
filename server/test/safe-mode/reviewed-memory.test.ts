import { Newsroom } from './parts/newsroom';

let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** How many previews the server keeps in memory. */
const keptPreviews = () => room.server.app.safeModes.previews['evaluations']['previews'].size;

test('however often live moves, one preview is kept of a file, and it is the present one', async () => {
  const before = keptPreviews();
  const [, mine] = await room.recording();
  await mine.setConfigKey('recorded', { value: 1 });
  for (let move = 0; move < 5; move++) {
    await room.others.setConfigKey('moving', { value: move });
    expect(await mine.configKey('moving')).toMatchObject({ value: move });
    expect(await mine.configKey('recorded')).toMatchObject({ value: 1 });
  }
  // Of the empty file that it began with, too, where that was shown.
  expect(keptPreviews() - before).toBeLessThanOrEqual(2);
});

test('of the safe modes of all units only so many previews are kept', async () => {
  const service = room.server.app.safeModes.previews['evaluations'];
  const [open, mine] = await room.recording();
  await mine.setConfigKey('many', { value: 1 });
  const row = await room.server.app.safeModes.lifeCycle.find(open.id);
  const evaluated = await service.evaluate(row);
  for (let index = 0; index < 500; index++)
    service.remember({ ...row, objectKey: `safe-modes/${index}` }, evaluated);
  expect(keptPreviews()).toBeLessThanOrEqual(200);
  expect(await mine.configKey('many')).toMatchObject({ value: 1 });
});
