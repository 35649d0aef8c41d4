import fc from 'fast-check';
import { evaluate } from '../evaluation/evaluate';
import { record } from '../recording/record';
import { type Slice } from '../slice';
import { type Id, type Operation, type Task } from '../task';
import { aUnit } from './builders';
import { type Intent, manifestOf, operationOf } from './intents';
import { edited } from './world';

// eslint-disable-next-line no-restricted-properties -- Settings of the tests alone.
const { PROPERTY_RUNS: asked, PROPERTY_SEED: seed } = process.env;

/**
 * PROPERTY_RUNS sets how often each property is tried, at random; without it the same few runs are made each time.
 * PROPERTY_SEED makes the runs of a failure again.
 */
const runs = {
  numRuns: asked ? Number(asked) : 200,
  ...(asked && !seed ? {} : { seed: Number(seed ?? 20260101) }),
};

const plugin = (bundle: string) => ({ bundle, manifest: manifestOf(bundle) });
const application = (pluginId: Id, area: string, position: number) => ({
  pluginId,
  area,
  position,
  configuration: { k: { p: 1 } },
});

/** Where every run begins: something of everything, all of it in use. */
export const beginning = aUnit({
  plugins: {
    p1: {
      ...plugin('org.A'),
      configuration: { k: { p: 1, q: { r: 1 } }, l: 1 },
      permissions: { k: ['USER'] },
    },
    p2: { ...plugin('org.b'), mappings: { k: { pluginId: 'p1', name: 'm' } } },
  },
  workspaces: {
    w1: {
      name: 'A',
      layout: 'two-columns',
      applications: { a1: application('p1', 'main', 0), a2: application('p2', 'side', 0) },
    },
    w2: { name: 'B' },
    w3: { name: 'a' },
  },
  profiles: {
    r1: { name: 'A', workspaces: ['w1', 'w2', 'w3'], roles: ['USER'] },
    r2: { name: 'b', workspaces: ['w2'] },
  },
  configKeys: { x: { value: { p: 1, q: { r: 1 } } }, y: { value: 'one' } },
});

/** Ids that were never used in this run. */
export function minter(prefix = 'new'): () => Id {
  let minted = 0;
  return () => {
    minted += 1;
    return `${prefix}${minted}`;
  };
}

/** The unit after others have done as they mean to; what is refused is skipped. */
export function afterEdits(live: Slice, intended: readonly Intent[], mint: () => Id): Slice {
  return intended.reduce((unit, one) => {
    const operation = operationOf(one, unit, mint);
    return operation ? edited(unit, [operation]).live : unit;
  }, live);
}

export function shownOf(live: Slice, tasks: readonly Task[]): Slice {
  return evaluate(live, tasks).overlay;
}

export interface Step {
  operation: Operation;
  before: readonly Task[];
  tasks: Task[];
  refused: boolean;
}

/** Records as they mean to, on what is shown at each step; what is refused is skipped. */
export function recording(
  live: Slice,
  intended: readonly Intent[],
  mint: () => Id,
  file: readonly Task[] = [],
): Step[] {
  let tasks = [...file];
  return intended.flatMap((one) => {
    const operation = operationOf(one, shownOf(live, tasks), mint);
    if (!operation) return [];
    const before = tasks;
    const outcome = record(live, tasks, [operation]);
    tasks = outcome.refused ? tasks : outcome.tasks;
    return [{ operation, before, tasks, refused: outcome.refused !== undefined }];
  });
}

export function fileOf(
  live: Slice,
  intended: readonly Intent[],
  mint: () => Id,
  file: readonly Task[] = [],
): Task[] {
  return recording(live, intended, mint, file).at(-1)?.tasks ?? [...file];
}

/** Checks a property on many runs. */
export function holds<T extends [unknown, ...unknown[]]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  judge: (...values: T) => void,
): void {
  fc.assert(fc.property(...arbitraries, judge), runs);
}
