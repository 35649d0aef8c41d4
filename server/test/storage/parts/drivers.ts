import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DirectoryStore } from '../../../src/storage/directory-store';
import { type ObjectStore } from '../../../src/storage/object-store';
import { S3Store } from '../../../src/storage/s3-store';
import { aBucket } from '../../parts/swift-bucket';
import { SwiftGate } from '../../parts/swift-gate';
import { sharedSwift } from '../../parts/swift-shared';

/** An empty store that a test can take away for a while. */
export interface TestedStore {
  store: ObjectStore;
  /** What was reported for the log. */
  faults: unknown[];
  takeAway(): Promise<void>;
  bringBack(): Promise<void>;
  close(): Promise<void>;
}

export async function aDirectory(): Promise<TestedStore> {
  const parent = await mkdtemp(path.join(tmpdir(), 'safeboard-store-'));
  const root = path.join(parent, 'files');
  const faults: unknown[] = [];
  return {
    store: new DirectoryStore(root, (fault) => faults.push(fault)),
    faults,
    async takeAway() {
      await rename(root, `${root}-elsewhere`);
      // A file in the place of the directory is what also root may not look into.
      await writeFile(root, '');
    },
    async bringBack() {
      await rm(root);
      await rename(`${root}-elsewhere`, root);
    },
    close: () => rm(parent, { recursive: true, force: true }),
  };
}

/** A bucket on a real S3 server, through a gate; lists are asked for in small pages. */
export async function aSwiftBucket(): Promise<TestedStore> {
  const bucket = await aBucket();
  const gate = await SwiftGate.before(await sharedSwift());
  const faults: unknown[] = [];
  const location = { ...bucket.location, endpoint: gate.endpoint, prefix: 'installations/one/' };
  return {
    store: new S3Store(location, { report: (fault) => faults.push(fault), pageSize: 3 }),
    faults,
    takeAway: () => gate.close(),
    bringBack: () => gate.open(),
    async close() {
      await gate.close();
      await bucket.remove();
    },
  };
}
