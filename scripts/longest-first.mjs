import Sequencer from '@jest/test-sequencer';

/** Suites of a minute and more, the longest first. Jest alone would know it only from an earlier run. */
const longest = [
  'server/test/together',
  'server/test/faults/faults',
  'server/test/safe-mode/properties/interleaving',
  'server/test/access/mutations-in-safe-modes',
  'server/test/safe-mode/crash',
  'server/test/safe-mode/properties/applying',
  'server/test/safe-mode/properties/resolving',
  'server/test/safe-mode/two-servers',
  'server/test/storage/backup-on-s3',
  'server/test/servers/several-servers',
  'server/test/access/role-operation',
];

/** Begins with what takes longest, so that at the end no worker waits for another one that has just begun with it. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}

/** The same for all others, which stay as they are. */
function rank({ path }) {
  const found = longest.findIndex((name) => path.endsWith(`${name}.test.ts`));
  return found < 0 ? longest.length : found;
}
