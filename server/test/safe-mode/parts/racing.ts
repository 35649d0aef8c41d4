import { setTimeout as pause } from 'node:timers/promises';
import { type CheckpointName } from '../../../src/checkpoint';
import { Refused } from '../../parts/configuration';
import { type SafeModeAnswer, type SafeModeClient } from '../../parts/safe-modes';
import { type Desk, Desks } from './desks';
import { StoredFiles } from './stored-files';
import { type TestedFiles } from './tested-files';

/** What comes of a work: its answer, or the code that it was refused with. */
export type Outcome<T> = { answer: T; code?: undefined } | { answer?: undefined; code: string };

export async function outcomeOf<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { answer: await work };
  } catch (error) {
    if (error instanceof Refused) return { code: error.code };
    throw error;
  }
}

/** So long the second one begins after the first in each round, ms; in the odd ones marked places take their time. */
const delays = [0, 0, 20, 60];
const slowness = 12;
export const rounds = delays.map((_, round) => round);

/** Admins who do things at the same moment, on one server or on several at the same place; each test in its own unit. */
export class Racing {
  desk!: Desk;
  /** Called at the marked places of every server. */
  at: Partial<Record<CheckpointName, () => unknown>> = {};
  private desks!: Desks;
  /** How long every marked place takes, ms. */
  private slow = 0;

  private constructor() {}

  /** For the tests of the present `describe`. At most one safe mode of a unit may be open. */
  static on(someFiles: () => Promise<TestedFiles>, servers: 1 | 2): Racing {
    const racing = new Racing();
    beforeAll(async () => racing.open(await someFiles(), servers));
    beforeEach(() => racing.begin());
    afterEach(() => racing.mustBeInOrder());
    afterAll(() => racing.desks.close());
    return racing;
  }

  /** Two works at the same moment, or nearly so. */
  async race<A, B>(round: number, one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
    this.slow = round % 2 ? slowness : 0;
    return Promise.all([one(), pause(delays[round]).then(other)]);
  }

  /** What happens right before the other server reads its next file. */
  beforeReading(work: () => Promise<unknown>): void {
    const { objects } = this.desks.servers.at(-1)!.app;
    const get = objects.get.bind(objects);
    jest.spyOn(objects, 'get').mockImplementationOnce(async (...asked) => {
      await work();
      return get(...asked);
    });
  }

  /** A safe mode of Ada's in which the key is set. */
  async aSafeMode(key = 'greeting', value: unknown = 'mine'): Promise<SafeModeAnswer> {
    const { ada } = this.desk;
    const { id } = await ada.start();
    await ada.in({ id }).setConfigKey(key, { value });
    return ada.find(id);
  }

  /** What everybody has. */
  async valueOf({ configuration }: SafeModeClient, key: string): Promise<unknown> {
    const { configKey } = await configuration.unit<{ configKey: { value: unknown } | null }>(
      'configKey(key: $key) { value }',
      { key },
      '$key: String!',
    );
    return configKey?.value;
  }

  private async open(files: TestedFiles, servers: 1 | 2): Promise<void> {
    const environment = { SAFE_MODE_MAX_OPEN: '1', LOG_LEVEL: 'silent' };
    this.desks = await Desks.open(files, servers, environment, async (name) => {
      await pause(this.slow);
      await this.at[name]?.();
    });
  }

  private async begin(): Promise<void> {
    this.at = {};
    this.slow = 0;
    this.desk = await this.desks.aDesk();
  }

  /** Everything is stored once, everything else is gone in the end, and nobody is in what is closed. */
  private async mustBeInOrder(): Promise<void> {
    const server = this.desks.servers[0]!;
    const { database, backups } = server.app;
    const past = new Date('2026-01-01T00:00:00.000Z');
    await database.transaction((db) => db.run('UPDATE object_removal SET due_at = ?', [past]));
    while ((await backups.objectSweeper.sweep()) > 0);
    const open = "FROM safe_mode WHERE status = 'OPEN'";
    const inSafeModes = (await new StoredFiles(server).names()).filter((key) =>
      key.startsWith('safe-modes/'),
    );
    expect(inSafeModes.sort()).toEqual((await this.desks.column(`SELECT object_key ${open}`)).sort());
    for (const table of ['active_safe_mode', 'safe_mode_presence']) {
      const left = `SELECT 1 FROM ${table} WHERE safe_mode_id NOT IN (SELECT id ${open})`;
      expect(await this.desks.column(left)).toEqual([]);
    }
  }
}
