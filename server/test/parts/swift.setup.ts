import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Before all tests: a place to meet for those that share a Swift. The first one of them starts it. */
export default function setUp(): void {
  process.env.TEST_SWIFT_DIRECTORY = mkdtempSync(path.join(tmpdir(), 'safeboard-shared-swift-'));
}
