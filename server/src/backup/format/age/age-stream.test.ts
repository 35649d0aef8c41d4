import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { asStream, encryptedByHand, gathered, inPieces, keyOf } from '../../../../test/builders/backup-file';
import { defaultLimits } from '../limits';
import { inspectAgeHeader } from './age-header';
import { decryptStream, encryptStream, openHeader } from './age-stream';
import { DerivationBusy } from './derivation-queue';

/** Pieces of 64 KiB for as long as they are asked for. */
class EndlessSource {
  pulled = 0;

  async *pieces(): AsyncGenerator<Uint8Array> {
    for (;;) {
      this.pulled += 1;
      yield await Promise.resolve(new Uint8Array(64 * 1024));
    }
  }
}

describe('age in worker threads', () => {
  test.each([0, 1, 65_535, 65_536, 65_537, 1_000_000])('%i bytes come back as they were', async (size) => {
    const plain = randomBytes(size);
    const file = await gathered(encryptStream(inPieces(plain, 99_999), 'pass', 1));
    const back = await gathered(decryptStream(inPieces(file, 12_345), await keyOf(file), defaultLimits));
    expect(back.equals(plain)).toBe(true);
  });

  test('a slow taker slows the source', async () => {
    const source = new EndlessSource();
    const encrypting = encryptStream(source.pieces(), 'pass', 1);
    await encrypting.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    // 8 MiB are read ahead; the rest is under way.
    const ahead = 128;
    expect(source.pulled).toBeLessThan(ahead + 30);
    for (let taken = 0; taken < 100; taken += 1) await encrypting.next();
    expect(source.pulled).toBeGreaterThan(ahead + 90);
    expect(source.pulled).toBeLessThan(ahead + 130);
    await encrypting.return(undefined);
  });

  test('the source is read while the key is derived', async () => {
    const source = new EndlessSource();
    const encrypting = encryptStream(source.pieces(), 'pass', 17);
    let isEncrypting = false;
    const first = encrypting.next().finally(() => (isEncrypting = true));
    while (source.pulled < 100 && !isEncrypting) await turn();
    expect(isEncrypting).toBe(false);
    await first;
    await encrypting.return(undefined);
  });

  test('the sixth who wants a key derived at the same time is told to try again', async () => {
    const file = await encryptedByHand(Buffer.from('x'), 'pass', 14);
    const header = inspectAgeHeader(file, file.length, defaultLimits);
    const five = Array.from({ length: 5 }, () => openHeader(header, 'pass'));
    await Promise.resolve();
    await expect(openHeader(header, 'pass')).rejects.toThrow(DerivationBusy);
    await expect(encryptStream(asStream([]), 'pass', 1).next()).rejects.toMatchObject({ code: 'BUSY' });
    const keys = await Promise.all(five);
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(await openHeader(header, 'pass')).toEqual(keys[0]);
  });

  test('an encryption that is given up gives its turn back', async () => {
    for (let round = 0; round < 6; round += 1) {
      const encrypting = encryptStream(asStream([Buffer.from('x')]), 'pass', 1);
      await encrypting.next();
      await encrypting.return(undefined);
    }
    expect((await gathered(encryptStream(asStream([]), 'pass', 1))).length).toBeGreaterThan(100);
  });
});
