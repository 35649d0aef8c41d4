import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ObjectStoreAway } from '../../src/storage/object-store';
import { s3Client, s3FaultText, usualPatience } from '../../src/storage/s3-client';
import { S3Store } from '../../src/storage/s3-store';
import { describeOnSwift, SwiftServer } from '../parts/swift';
import { aBucket, type Bucket } from '../parts/swift-bucket';
import { SwiftGate } from '../parts/swift-gate';
import { allOf, bytesOf, content, failingContent, MiB, someBytes, textOf } from './parts/content';

const outcomeOf = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const stream = (bytes: number) => Readable.from(someBytes(bytes), { objectMode: false });

describeOnSwift('S3 that does not do what it should', () => {
  let bucket: Bucket;
  let gate: SwiftGate;
  let behindGate: Bucket['location'];
  beforeAll(async () => {
    bucket = await aBucket();
    gate = await SwiftGate.before(bucket.location.endpoint!);
    behindGate = { ...bucket.location, endpoint: gate.endpoint };
  });
  afterAll(async () => {
    await gate.close();
    await bucket.remove();
  });
  afterEach(() => gate.open());

  test('a read that breaks off in the middle fails, and does not end', async () => {
    const store = new S3Store(behindGate);
    await store.put('broken/off', stream(8 * MiB));
    gate.afterBytes(3 * MiB, 'cut');
    let read = 0;
    const reading = async () => {
      for await (const chunk of (await store.get('broken/off')) as AsyncIterable<Buffer>)
        read += chunk.length;
    };
    expect(await outcomeOf(reading())).toBeInstanceOf(ObjectStoreAway);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(8 * MiB);
  });

  test('a read that stands still fails, but a slow reader has all the time it wants', async () => {
    const store = new S3Store(behindGate, { patience: { ...usualPatience, content: 1_000 } });
    await store.put('stands/still', stream(8 * MiB));
    const slowly = async () => {
      let read = 0;
      for await (const chunk of (await store.get('stands/still')) as AsyncIterable<Buffer>) {
        if (read < MiB) await pause(100);
        if (read === 0) await pause(2_500);
        read += chunk.length;
      }
      return read;
    };
    expect(await slowly()).toBe(8 * MiB);

    gate.afterBytes(3 * MiB, 'freeze');
    const error = await outcomeOf(slowly());
    expect(error).toBeInstanceOf(ObjectStoreAway);
    expect(String((error as ObjectStoreAway).cause)).toContain('1000 ms');
  });

  test('a store that takes connections and never answers is told in time', async () => {
    const store = new S3Store(behindGate, { patience: { ...usualPatience, answer: 500 } });
    await store.put('never/answered', content('x'));
    gate.hold();
    const works: (() => Promise<unknown>)[] = [
      () => store.put('never/put', content('x')),
      () => store.get('never/answered'),
      () => store.size('never/answered'),
      () => store.remove('never/answered'),
      () => store.check(),
    ];
    for (const work of works) {
      const begun = Date.now();
      expect(await outcomeOf(work())).toBeInstanceOf(ObjectStoreAway);
      expect(Date.now() - begun).toBeLessThan(5_000);
    }
    await gate.open();
    expect(await textOf(await store.get('never/answered'))).toBe('x');
  });

  test('content is not read ahead of what the store takes', async () => {
    const store = new S3Store(behindGate);
    let given = 0;
    function* counted() {
      for (const chunk of someBytes(64 * MiB)) {
        // The first question, whether the key is free, has been answered by now.
        if (given === 0) gate.hold();
        given += chunk.length;
        yield chunk;
      }
    }
    const put = store.put('held/up', Readable.from(counted(), { objectMode: false }));
    let before = -1;
    while (before !== given) {
      before = given;
      await pause(1_000);
    }
    expect(given).toBeGreaterThan(MiB);
    expect(given).toBeLessThan(20 * MiB);
    await gate.open();
    expect(await put).toBe(64 * MiB);
    expect(await store.size('held/up')).toBe(64 * MiB);
  });

  test('a put that is cut off leaves no object', async () => {
    const store = new S3Store(behindGate);
    let given = 0;
    function* cutting() {
      for (const chunk of someBytes(30 * MiB)) {
        given += chunk.length;
        if (given > 12 * MiB) void gate.close();
        yield chunk;
      }
    }
    const put = store.put('cut/off', Readable.from(cutting(), { objectMode: false }));
    expect(await outcomeOf(put)).toBeInstanceOf(ObjectStoreAway);
    await gate.open();
    expect(await allOf(store.list('cut/'))).toEqual([]);
  });

  test('of content that fails no part stays in the bucket', async () => {
    const store = new S3Store(bucket.location);
    await outcomeOf(store.put('no/parts', failingContent(12 * MiB, new Error('cancelled'))));
    const client = s3Client(bucket.location, usualPatience);
    const { Uploads } = await client.send(
      new ListMultipartUploadsCommand({ Bucket: bucket.location.bucket, Prefix: 'no/parts' }),
    );
    expect(Uploads ?? []).toEqual([]);
    client.destroy();
  });

  test('parts that a killed server left go after their time, below our prefix only', async () => {
    const client = s3Client(bucket.location, usualPatience);
    const Bucket = bucket.location.bucket;
    for (const Key of ['killed/ours/a', 'killed/ours/b', 'killed/of-others']) {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      await client.send(
        new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: Buffer.alloc(5 * MiB) }),
      );
    }
    const left = async () => {
      const { Uploads = [] } = await client.send(
        new ListMultipartUploadsCommand({ Bucket, Prefix: 'killed/' }),
      );
      return Uploads.map(({ Key }) => Key);
    };
    const store = new S3Store({ ...bucket.location, prefix: 'killed/ours/' });
    await store.removeUnfinished(new Date(Date.now() - 3_600_000));
    expect(await left()).toHaveLength(3);
    await store.removeUnfinished(new Date(Date.now() + 3_600_000));
    expect(await left()).toEqual(['killed/of-others']);
    await new S3Store(bucket.location).removeUnfinished(new Date(Date.now() + 3_600_000));
    expect(await left()).toEqual([]);
    client.destroy();
  });

  test('a server that lets nobody list unfinished uploads is told of once, and everything else works', async () => {
    const credentials = { ...bucket.location.credentials!, secretAccessKey: 'guessed' };
    const notes: string[] = [];
    const store = new S3Store({ ...bucket.location, credentials }, { note: (text) => notes.push(text) });
    await store.removeUnfinished(new Date());
    await store.removeUnfinished(new Date());
    expect(notes).toEqual([expect.stringContaining('docs/operations.md')]);
  });

  test('two installations in one bucket do not see each other', async () => {
    const one = new S3Store({ ...bucket.location, prefix: 'shared/one/' });
    const other = new S3Store({ ...bucket.location, prefix: 'shared/other/' });
    await one.put('a/b', content('of one'));
    await other.put('a/b', content('of the other'));
    expect((await allOf(one.list(''))).map(({ key }) => key)).toEqual(['a/b']);
    await one.remove('a/b');
    expect(await textOf(await other.get('a/b'))).toBe('of the other');
  });

  test('a wrong secret is refused, and the operator is told that it is the credentials', async () => {
    const credentials = { ...bucket.location.credentials!, secretAccessKey: 'guessed' };
    const location = { ...bucket.location, credentials };
    const store = new S3Store(location);
    await new S3Store(bucket.location).put('not/ours', content('x'));
    const works: (() => Promise<unknown>)[] = [
      () => store.put('not/ours-either', content('x')),
      () => store.get('not/ours'),
      () => store.size('not/ours'),
      () => store.remove('not/ours'),
      () => store.check(),
    ];
    for (const work of works) {
      const error = await outcomeOf(work());
      expect(error).toBeInstanceOf(ObjectStoreAway);
      expect(s3FaultText((error as ObjectStoreAway).cause, location)).toMatch(/refuses the credentials/);
      expect((error as ObjectStoreAway).message).not.toContain('credentials');
    }
    expect(await new S3Store(bucket.location).size('not/ours')).toBe(1);
  });

  test('a bucket that is not there is told as that: nothing in it is said to be missing', async () => {
    const location = { ...bucket.location, bucket: 'nobody-made-it' };
    const store = new S3Store(location);
    const works: (() => Promise<unknown>)[] = [
      () => store.put('a/b', content('x')),
      () => store.get('a/b'),
      () => store.remove('a/b'),
      () => store.check(),
    ];
    for (const work of works) {
      const error = await outcomeOf(work());
      expect(error).toBeInstanceOf(ObjectStoreAway);
      expect(s3FaultText((error as ObjectStoreAway).cause, location)).toMatch(/no bucket nobody-made-it/);
    }
    expect(await outcomeOf(store.size('a/b'))).toBeInstanceOf(ObjectStoreAway);
  });
});

describeOnSwift('S3 that stops and starts again', () => {
  let swift: SwiftServer;
  let bucket: Bucket;
  beforeAll(async () => {
    swift = await SwiftServer.start();
    bucket = await aBucket(swift.endpoint);
  });
  afterAll(() => swift.remove());

  test('whatever of it is stopped, nothing is lost, and the same store works when it is back', async () => {
    const store = new S3Store(bucket.location);
    await store.put('kept', content('as it was'));
    const stops: (() => Promise<void>)[] = [() => swift.stop('object', 'container'), () => swift.stop()];
    for (const stop of stops) {
      await stop();
      const works: (() => Promise<unknown>)[] = [
        async () => bytesOf(await store.get('kept')),
        () => store.size('kept'),
        () => store.put('lost', content('x')),
        () => store.check(),
      ];
      for (const work of works) expect(await outcomeOf(work())).toBeInstanceOf(ObjectStoreAway);
      await swift.start();
      expect(await textOf(await store.get('kept'))).toBe('as it was');
    }
    expect(await allOf(store.list('lost'))).toEqual([]);
  });
});
