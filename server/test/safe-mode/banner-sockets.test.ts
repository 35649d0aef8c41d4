import { type UserEntity } from '../../src/access/user.entity';
import { heartbeat } from '../../src/safe-mode/presence/presence.service';
import { Office } from '../access/callers';
import { safeModesAs } from '../access/safe-mode-of-office';
import { type SafeModeClient } from '../parts/safe-modes';
import { BannerListener } from './parts/banner-listener';

/** What listeners of the bar cost the server, and that nothing of them is left. */
let office: Office;
beforeAll(async () => void (office = await Office.open()));
afterAll(() => office.server.stop());
afterEach(() => jest.restoreAllMocks());

/** Heartbeats and subscriptions to messages that are open from now on. */
function watch({ app: { topics } } = office.server) {
  const timers = new Set<unknown>();
  const messages = new Set<unknown>();
  const [begin, end, subscribe] = [setInterval, clearInterval, topics.subscribe.bind(topics)];
  jest.spyOn(global, 'setInterval').mockImplementation(((work: () => void, pause: number) => {
    const timer = begin(work, pause);
    if (pause === heartbeat) timers.add(timer);
    return timer;
  }) as typeof setInterval);
  jest.spyOn(global, 'clearInterval').mockImplementation((timer) => {
    timers.delete(timer);
    end(timer);
  });
  jest.spyOn(topics, 'subscribe').mockImplementation(((...topic: Parameters<typeof subscribe>) => {
    const stream = subscribe(...topic);
    const leave = stream.return.bind(stream);
    messages.add(stream);
    stream.return = (value) => {
      messages.delete(stream);
      return leave(value);
    };
    return stream;
  }) as typeof topics.subscribe);
  return {
    get running() {
      return { timers: timers.size, messages: messages.size };
    },
  };
}

interface Listening {
  listener: BannerListener;
  user: UserEntity;
  client: SafeModeClient;
}

test.each<[string, (listening: Listening) => unknown]>([
  ['listens no more', ({ listener }) => listener.complete()],
  ['closes its socket', ({ listener }) => listener.close()],
  ['is cut off', ({ listener }) => listener.cut()],
  ['signs out', ({ client }) => client.configuration.request('mutation { signOut }')],
  [
    'is demoted',
    ({ user: { id: userId } }) =>
      office.unit.mutate('updateMember', 'UpdateMemberInput', { userId, role: 'USER' }, 'role'),
  ],
])('nothing is left running when a listener %s', async (_, stop) => {
  const user = await office.member('ADMIN');
  const client = await safeModesAs(office, user);
  const watched = watch();
  const listener = await BannerListener.open(office.server, office.unitId, client.configuration.as);
  await client.start();
  await listener.toldTimes(2);
  expect(watched.running).toEqual({ timers: 1, messages: 1 });
  await stop({ listener, user, client });
  await listener.until(() => watched.running.timers === 0);
  expect(watched.running).toEqual({ timers: 0, messages: 0 });
  await listener.close();
});

test('two hundred listeners and twenty quick changes: everybody ends with what is so, and nobody is told twice', async () => {
  const listeners: BannerListener[] = [];
  const roles = ['READONLY', 'USER', 'POWER_USER', 'ADMIN'] as const;
  const watched = watch();
  for (let batch = 0; batch < 20; batch++) {
    const as = await office.session(await office.member(roles[batch % roles.length]!));
    const opened = Array.from({ length: 10 }, () => BannerListener.open(office.server, office.unitId, as));
    listeners.push(...(await Promise.all(opened)));
  }
  const admins = await Promise.all(
    Array.from({ length: 5 }, async () => safeModesAs(office, await office.member('ADMIN'))),
  );
  const started = await Promise.all(admins.map((admin) => admin.start({ name: office.unique() })));
  const at = (index: number) => started[index % started.length]!.id;
  await Promise.all([
    ...admins.map((admin, index) => admin.rename(at(index), `Renamed ${index}`)),
    ...admins.map((admin, index) => admin.enter(at(index + 1))),
  ]);
  await Promise.all(
    admins.map((admin, index) => (index % 2 === 0 ? admin.leave() : admin.delete(at(index)))),
  );

  const present = JSON.stringify(await admins[0]!.presence());
  for (const listener of listeners) {
    await listener.until(() => JSON.stringify(listener.told.at(-1)) === present);
    const states = listener.told.map((state) => JSON.stringify(state));
    expect(states.filter((state, index) => state === states[index - 1])).toEqual([]);
    expect(states.length).toBeLessThanOrEqual(21);
  }
  await Promise.all(listeners.map((listener) => listener.close()));
  await listeners[0]!.until(() => watched.running.messages === 0);
  expect(watched.running).toEqual({ timers: 0, messages: 0 });
});

test('a server that stops ends them all', async () => {
  const other = await Office.open();
  const as = await other.session(await other.member('ADMIN'));
  const watched = watch(other.server);
  const listeners = await Promise.all(
    Array.from({ length: 10 }, () => BannerListener.open(other.server, other.unitId, as)),
  );
  expect(watched.running).toEqual({ timers: 10, messages: 1 });
  await other.server.stop();
  await Promise.all(listeners.map((listener) => listener.until(() => listener.closings.length > 0)));
  expect(watched.running).toEqual({ timers: 0, messages: 0 });
});
