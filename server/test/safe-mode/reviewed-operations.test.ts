import { refusalOf } from '../parts/configuration';
import { Newsroom } from './parts/newsroom';

let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

const longest = 'x'.repeat(100);

test('an operation id of a hundred characters is known again, live and in a safe mode', async () => {
  const [safeMode, mine] = await room.recording();
  for (const [name, edits] of Object.entries({ Live: room.live, Recorded: mine })) {
    const once = await edits.createProfile(name, { operationId: longest });
    expect(await edits.createProfile(name, { operationId: longest })).toEqual(once);
  }
  expect(await room.admin.find(safeMode.id)).toMatchObject({ taskCount: 1 });
});

test('a longer one is refused, live, in a safe mode and at the start of one', async () => {
  const [safeMode, mine] = await room.recording();
  const operationId = `${longest}x`;
  const refused = {
    code: 'BAD_USER_INPUT',
    fields: [{ path: 'input.operationId', message: 'must have at most 100 characters' }],
  };
  const edits = [room.live, mine].map(
    (each) => () => each.setConfigKey('longer.id', { value: 1, operationId }),
  );
  for (const work of [...edits, () => room.admin.start({ operationId })]) {
    expect(await room.refused(safeMode, work)).toMatchObject(refused);
  }
  expect(await refusalOf(room.live.removeConfigKey('longer.id'))).toMatchObject({ code: 'NOT_FOUND' });
});

test('a change that is edited again and again does not grow', async () => {
  const [safeMode, mine] = await room.recording();
  const sizes: number[] = [];
  for (let edit = 100; edit < 145; edit++) {
    await mine.setConfigKey('again.and.again', { value: edit });
    sizes.push((await room.files.read(safeMode.id)).length);
  }
  expect(sizes.at(-1)).toBe(sizes.at(-20));
});
