import { type PresenceAnswer, type SafeModeAnswer } from '../parts/safe-modes';
import { Newsroom } from './parts/newsroom';

/** One person with many windows, who enters and leaves safe modes in all of them at the same moment. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

async function severalSafeModes(): Promise<SafeModeAnswer[]> {
  const started: SafeModeAnswer[] = [];
  for (let count = 0; count < 4; count++) started.push(await room.admin.start());
  return started;
}

/** That everybody is told what is so: the one safe mode that they are in, or none. */
async function expectTold(): Promise<void> {
  const active = await room.admin.active();
  const told = await room.admin.presence();
  expect(told.map(({ safeModeId }: PresenceAnswer) => safeModeId)).toEqual(active ? [active.id] : []);
}

test('whoever enters several safe modes at once is in one of them, and is told of as there only', async () => {
  const { admin } = room;
  const safeModes = await severalSafeModes();
  for (let round = 0; round < 5; round++) {
    await admin.leave();
    await Promise.all([...safeModes, ...safeModes].map(({ id }) => admin.enter(id)));
    expect(await admin.active()).not.toBeNull();
    await expectTold();
  }
});

test('whoever enters, starts and leaves at once is told of as what they are then', async () => {
  const { admin, server } = room;
  const { unitId } = room;
  const [first, second] = await severalSafeModes();
  const actor = (await server.app.authenticator.actorOf({ cookie: admin.configuration.as.cookie }))!;
  for (let round = 0; round < 5; round++) {
    await Promise.all([
      admin.enter(first!.id),
      admin.leave(),
      admin.enter(second!.id),
      server.app.safeModes.presences.beat(unitId, actor),
      admin.leave(),
      server.app.safeModes.presences.beat(unitId, actor),
    ]);
    await expectTold();
  }
});
