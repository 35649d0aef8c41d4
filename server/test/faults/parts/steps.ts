import fc from 'fast-check';
import { type MarkedWork } from '../../../src/checkpoint';
import { Refused } from '../../parts/configuration';
import { type SafeModeClient } from '../../parts/safe-modes';
import { exportedFile, importPlan, planOf, undoImport } from '../../safe-mode/parts/backups';
import {
  applied,
  edited,
  imported,
  importUndone,
  type ModelSafeMode,
  recorded,
  type State,
  type User,
  users,
  withSafeMode,
} from './model';

/** What somebody does next. */
export interface Step {
  by: User;
  act: 'SET' | 'REMOVE' | 'START' | 'APPLY' | 'DISCARD' | 'UNDO' | 'EXPORT' | 'IMPORT' | 'UNDO IMPORT';
  key: string;
  value: number;
  /** Which of the marked places of its work the server is killed at; none: it lives. */
  killed: number | null;
}

const acts = {
  SET: 24,
  REMOVE: 8,
  START: 8,
  APPLY: 9,
  DISCARD: 2,
  UNDO: 4,
  EXPORT: 3,
  IMPORT: 4,
  'UNDO IMPORT': 3,
};

export const step: fc.Arbitrary<Step> = fc
  .record({
    by: fc.constantFrom(...users),
    act: fc.oneof(
      ...Object.entries(acts).map(([act, weight]) => ({
        weight,
        arbitrary: fc.constant(act as Step['act']),
      })),
    ),
    key: fc.constantFrom('a', 'b', 'c'),
    value: fc.integer({ min: 1, max: 4 }),
    killed: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, fc.nat(9)),
  })
  // So fast-check tells it, too.
  .map((made) => Object.defineProperty(made, fc.toStringMethod, { value: () => told(made) }));

/** A step in words. */
export const told = ({ by, act, key, value, killed }: Step): string =>
  [
    by,
    act,
    ...(act === 'SET' ? [key, value] : act === 'REMOVE' ? [key] : []),
    ...(killed === null ? [] : ['KILLED']),
  ].join(' ');

/** A step made ready. */
export interface Deed {
  work: MarkedWork;
  /** Asked again it does nothing more; answers what it made. */
  ask: () => Promise<unknown>;
  /** What the unit is then, by what asking answered. */
  after: (answer: unknown) => State;
}

/** Who asks, and the last backup. */
export interface Desk {
  clients: Record<User, SafeModeClient>;
  file?: Uint8Array<ArrayBuffer>;
}

/** The step as things are; nothing where there is nothing to do. */
export async function deedOf(
  desk: Desk,
  state: State,
  { by, act, key, value }: Step,
): Promise<Deed | undefined> {
  const client = desk.clients[by];
  const safeMode = state.safeModes[by];
  switch (act) {
    case 'SET':
      return editing(client, state, by, key, value);
    case 'REMOVE':
      return editing(client, state, by, key, undefined);
    case 'START':
      return safeMode ? undefined : starting(client, state, by);
    case 'APPLY':
      return safeMode && applying(client, state, by, safeMode);
    case 'DISCARD':
      return (
        safeMode && {
          work: 'apply',
          ask: () => client.delete(safeMode.id),
          after: () => withSafeMode(state, by, undefined),
        }
      );
    case 'UNDO':
      return safeMode || !state.applied ? undefined : undoing(client, state, by, state.applied);
    case 'EXPORT':
      return {
        work: 'export',
        ask: async () => (desk.file = await exportedFile(client.configuration)),
        after: () => ({ ...state, backup: state.keys }),
      };
    case 'IMPORT':
      return desk.file && importing(client, state, desk.file);
    case 'UNDO IMPORT': {
      const last = state.imported;
      if (last?.at !== state.revision) return undefined;
      return {
        work: 'undoImport',
        ask: unless('NOT_UNDOABLE', () => undoImport(client.configuration, last.jobId)),
        after: () => importUndone(state),
      };
    }
  }
}

let operations = 0;

function editing(
  client: SafeModeClient,
  state: State,
  by: User,
  key: string,
  value: number | undefined,
): Deed | undefined {
  const safeMode = state.safeModes[by];
  const shown = safeMode?.tasks.has(key) ? safeMode.tasks.get(key)!.to : state.keys.get(key);
  const next = safeMode ? recorded(state, by, key, value) : edited(state, key, value);
  // What changes nothing comes by no marked place.
  if (!next || shown === value) return undefined;
  const unit = safeMode ? client.in(safeMode) : client.configuration;
  const operationId = `operation ${++operations}`;
  return {
    work: safeMode ? 'record' : 'edit',
    ask: () =>
      value === undefined
        ? unit.mutate('removeConfigKey', 'RemoveConfigKeyInput', { key, operationId }, '__typename')
        : unit.setConfigKey(key, { value, operationId }),
    after: () => next,
  };
}

function starting(client: SafeModeClient, state: State, by: User): Deed {
  const operationId = `operation ${++operations}`;
  return {
    work: 'record',
    ask: () => client.start({ operationId }),
    after: (answer) => {
      const { id } = answer as { id: string };
      return withSafeMode(state, by, { id, tasks: new Map(), generation: state.generation });
    },
  };
}

function applying(
  client: SafeModeClient,
  state: State,
  by: User,
  { id, tasks }: ModelSafeMode,
): Deed | undefined {
  const next = applied(state, by);
  if (!next || tasks.size === 0) return undefined;
  let revision: number | undefined;
  return {
    work: 'apply',
    ask: async () => client.apply(id, (revision ??= (await client.find(id)).revision)),
    after: () => next,
  };
}

/** Has no operation id: where the safe mode is there already, it is taken for the answer. */
function undoing(client: SafeModeClient, state: State, by: User, last: ModelSafeMode): Deed {
  return {
    work: 'record',
    async ask() {
      const mine = (await client.list()).filter(({ relation }) => relation === 'OWNER');
      return mine[0] ?? client.undo(last.id);
    },
    after: (answer) => {
      const { id } = answer as { id: string };
      return withSafeMode(state, by, { ...last, id });
    },
  };
}

async function importing(client: SafeModeClient, state: State, file: Uint8Array<ArrayBuffer>): Promise<Deed> {
  const { id } = await planOf(client.configuration, file);
  return {
    work: 'import',
    async ask() {
      await unless('PLAN_STALE', () => importPlan(client.configuration, id))();
      const { jobs } = await client.configuration.unit<{ jobs: { id: string }[] }>(
        'jobs(kind: IMPORT, first: 1) { id }',
      );
      return jobs[0]!.id;
    },
    after: (jobId) => imported(state, jobId as string),
  };
}

/** Asked again after it was done, the work is refused with this code. */
export const unless =
  <T>(code: string, ask: () => Promise<T>) =>
  (): Promise<T | undefined> =>
    ask().catch((error: unknown) => {
      if (error instanceof Refused && error.code === code) return undefined;
      throw error;
    });
