import { setTimeout as pause } from 'node:timers/promises';
import { noCheckpoint } from '../../src/checkpoint';
import { createLogger } from '../../src/logger';
import { RedisRelay } from '../../src/messages/redis-relay';
import { createTopics, lookAgain, type UnitChange } from '../../src/messages/topics';
import { RedisServer } from '../parts/redis';

const change: UnitChange = {
  unitId: 'unit',
  revision: 7,
  cause: 'SAFE_MODE',
  byUserId: null,
  at: new Date('2026-11-28T12:00:00.123Z'),
};

const describeOnServer = globalThis.testedDatabase === 'mariadb' ? describe : describe.skip;

describeOnServer('messages between servers', () => {
  let redis: RedisServer;
  const relays: RedisRelay[] = [];
  beforeEach(async () => {
    redis = await RedisServer.start();
  });
  afterEach(async () => {
    for (const relay of relays.splice(0)) relay.stop();
    await redis.stop();
  });

  function aServer(owner: string, installation = 'one') {
    const relay = new RedisRelay({
      url: redis.url,
      owner,
      installation,
      log: createLogger('silent'),
      checkpoint: noCheckpoint,
    });
    relays.push(relay);
    return { relay, topics: createTopics(relay) };
  }

  async function twoServers() {
    const [here, there] = [aServer('here'), aServer('there')];
    await Promise.all([here.relay.start(), there.relay.start()]);
    return [here, there] as const;
  }

  const connected = async (...all: { relay: RedisRelay }[]) => {
    while (!all.every(({ relay }) => relay.isConnected)) await pause(20);
  };

  test('what is published at one server reaches listeners at both, once and as it was', async () => {
    const [here, there] = await twoServers();
    const [local, remote] = [here, there].map(({ topics }) => topics.subscribe('unitChanged', 'unit'));
    const first = [local!.next(), remote!.next()];
    here.topics.publish('unitChanged', 'unit', change);
    expect((await Promise.all(first)).map(({ value }) => value as unknown)).toEqual([change, change]);
    const next = local!.next();
    here.topics.publish('unitChanged', 'unit', { ...change, revision: 8 });
    expect((await next).value).toMatchObject({ revision: 8 });
  });

  test('every kind of message crosses', async () => {
    const [here, there] = await twoServers();
    const heard = [
      there.topics.subscribe('job', 'job').next(),
      there.topics.subscribe('presence', 'unit').next(),
      there.topics.subscribe('accessRevoked').next(),
    ];
    here.topics.publish('job', 'job', { jobId: 'job' });
    here.topics.publish('presence', 'unit', { unitId: 'unit' });
    here.topics.publish('accessRevoked', { accessId: 'session' });
    expect((await Promise.all(heard)).map(({ value }) => value as unknown)).toEqual([
      { jobId: 'job' },
      { unitId: 'unit' },
      { accessId: 'session' },
    ]);
  });

  test('installations that share a Redis do not hear each other, and no stranger is listened to', async () => {
    const [here, there] = [aServer('here'), aServer('there', 'two')];
    await Promise.all([here.relay.start(), there.relay.start()]);
    expect(await here.relay.hasListener('there')).toBe(false);
    const next = there.topics.subscribe('unitChanged', 'unit').next();
    here.topics.publish('unitChanged', 'unit', change);
    const stranger = aServer('stranger', 'two');
    await stranger.relay.start();
    stranger.relay.send('no message');
    stranger.relay.send('["unitChanged","unit",{"revision":"none"}]');
    stranger.topics.publish('unitChanged', 'unit', { ...change, revision: 9 });
    expect((await next).value).toMatchObject({ revision: 9 });
  });

  test('servers on one Redis find each other there', async () => {
    const [here] = await twoServers();
    expect(await here.relay.hasListener('there')).toBe(true);
    expect(await here.relay.hasListener('elsewhere')).toBe(false);
  });

  test('while Redis is away a server hears itself; when it is back, everybody looks again', async () => {
    const [here, there] = await twoServers();
    await redis.stop();
    const local = here.topics.subscribe('unitChanged', 'unit');
    const remote = there.topics.subscribe('unitChanged', 'unit');
    const jobs = there.topics.subscribe('job', 'job');
    const [atHome, again, alsoAgain] = [local.next(), remote.next(), jobs.next()];
    here.topics.publish('unitChanged', 'unit', change);
    expect((await atHome).value).toEqual(change);
    await redis.start();
    expect((await again).value).toBe(lookAgain);
    expect((await alsoAgain).value).toBe(lookAgain);
    await connected(here, there);
  });

  test('a server that starts while Redis is away joins the others later', async () => {
    const there = aServer('there');
    await there.relay.start();
    await redis.stop();
    const here = aServer('here');
    await here.relay.start();
    expect(here.relay.isConnected).toBe(false);
    await expect(here.relay.hasListener('there')).rejects.toThrow();
    await redis.start();
    await connected(here, there);
    const heard = there.topics.subscribe('unitChanged', 'unit');
    let told = heard.next();
    here.topics.publish('unitChanged', 'unit', change);
    while ((await told).value === lookAgain) told = heard.next();
    expect((await told).value).toEqual(change);
  });
});
