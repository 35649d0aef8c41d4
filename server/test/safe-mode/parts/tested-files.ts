import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { aPlace, type Place } from '../../parts/place';
import { aBucket } from '../../parts/swift-bucket';
import { SwiftGate } from '../../parts/swift-gate';
import { sharedSwift } from '../../parts/swift-shared';

/** A fresh place for a server, whose files a test can take away for a while. */
export interface TestedFiles {
  place: Place;
  /** Settings that say where the files are. */
  environment: Record<string, string>;
  takeAway(): Promise<void>;
  bringBack(): Promise<void>;
  /** The store accepts everything and never answers; left out where there is no such thing. */
  hold?(): void;
  /** After its server was stopped, which removes the place. */
  close(): Promise<void>;
}

export async function filesInADirectory(): Promise<TestedFiles> {
  const place = await aPlace();
  const directory = path.join(place.dataDir, 'files');
  const elsewhere = `${directory}-elsewhere`;
  return {
    place,
    environment: {},
    async takeAway() {
      if (existsSync(directory)) await rename(directory, elsewhere);
      // A file in the place of the directory is what also root may not look into.
      await writeFile(directory, '');
    },
    async bringBack() {
      await rm(directory);
      if (existsSync(elsewhere)) await rename(elsewhere, directory);
    },
    close: () => Promise.resolve(),
  };
}

/** In a bucket on a real S3 server, through a gate. */
export async function filesOnS3(): Promise<TestedFiles> {
  const bucket = await aBucket();
  const gate = await SwiftGate.before(await sharedSwift());
  return {
    place: await aPlace(),
    environment: { ...bucket.environment, S3_ENDPOINT: gate.endpoint },
    takeAway: () => gate.close(),
    bringBack: () => gate.open(),
    hold: () => gate.hold(),
    async close() {
      await gate.close();
      await bucket.remove();
    },
  };
}
