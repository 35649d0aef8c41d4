import { createConnection } from 'mysql2/promise';
import { type CheckpointName } from '../../src/checkpoint';
import { refusalOf } from '../parts/configuration';
import { aPlace, type Place } from '../parts/place';
import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';
import { type CommitFate, SqlGate } from './parts/sql-gate';

// SQLite is in the same process: there is no connection to lose.
const describeOnServer = globalThis.testedDatabase === 'mariadb' ? describe : describe.skip;

/** Something that is written, the marked place right before its commit, and how to see that it is in force. */
interface Writing {
  /** None where the writing has only one transaction. */
  place?: CheckpointName;
  write: () => Promise<unknown>;
  isDone: () => Promise<boolean>;
}

describeOnServer('a database whose connection is lost', () => {
  let place: Place;
  let gate: SqlGate;
  let server: TestServer;
  let admin: SafeModeClient;
  let surprises: Partial<Record<CheckpointName, () => unknown>> = {};

  beforeAll(async () => {
    place = await aPlace();
    gate = await SqlGate.before(place.databaseUrl!);
    server = await TestServer.start(
      { LOG_LEVEL: 'silent' },
      { ...place, databaseUrl: gate.url },
      async (name) => {
        const { [name]: surprise, ...others } = surprises;
        surprises = others;
        await surprise?.();
      },
    );
    admin = await SafeModeClient.ofAdmin(server);
  });
  afterEach(async () => {
    surprises = {};
    await gate.open();
    for (const { id } of await admin.list()) await admin.delete(id);
  });
  afterAll(async () => {
    await server.stop();
    gate.close();
  });

  const live = () =>
    admin.configuration.unit<{ revision: number }>('revision configKeys { nodes { key value } }');
  let keys = 0;

  async function aSafeMode() {
    const { id } = await admin.start();
    await admin.in({ id }).setConfigKey(`key ${++keys}`, { value: 1 });
    return admin.find(id);
  }

  const writings: Record<string, () => Promise<Writing>> = {
    async recording() {
      const { id, revision } = await aSafeMode();
      return {
        place: 'pointer moved, not committed',
        write: () => admin.in({ id }).setConfigKey('recorded', { value: 1, operationId: 'once' }),
        isDone: async () => (await admin.find(id)).revision === revision + 1,
      };
    },
    starting: () => {
      const operationId = `start ${++keys}`;
      return Promise.resolve({
        place: 'pointer moved, not committed',
        write: () => admin.start({ operationId }),
        isDone: async () => (await admin.list()).length === 1,
      });
    },
    async applying() {
      const { id, revision } = await aSafeMode();
      const before = await live();
      return {
        place: 'closed, not committed',
        write: () => admin.apply(id, revision),
        async isDone() {
          const isApplied = (await admin.find(id)).status === 'APPLIED';
          expect((await live()).revision).toBe(before.revision + (isApplied ? 1 : 0));
          return isApplied;
        },
      };
    },
    async deleting() {
      const { id } = await aSafeMode();
      return {
        place: 'closed, not committed',
        write: () => admin.delete(id),
        isDone: async () => (await admin.find(id)).status === 'DISCARDED',
      };
    },
  };

  /** Nothing of a safe mode: done for everybody at once. */
  async function anEdit(): Promise<Writing> {
    const { revision } = await live();
    const [key, operationId] = [`key ${++keys}`, `edit ${keys}`];
    return {
      write: () => admin.configuration.setConfigKey(key, { value: 1, operationId }),
      isDone: async () => (await live()).revision === revision + 1,
    };
  }

  /** Lets the COMMIT of the writing meet its fate, and answers what comes of the writing. */
  async function cutAtCommit(
    { place, write }: Writing,
    fate: CommitFate,
    thenClose = false,
  ): Promise<unknown> {
    const cut = () => gate.cutAtCommit(fate, thenClose);
    if (place) surprises[place] = cut;
    else cut();
    const outcome = await write().catch((error: unknown) => error);
    expect(gate.hasCut).toBe(true);
    return outcome;
  }

  describe.each([...Object.entries(writings), ['editing live', anEdit] as const])('%s', (name, ready) => {
    test('a commit that never arrives: refused, nothing changed, and a repeat writes it once', async () => {
      const writing = await ready();
      const before = await live();
      const refusal = await refusalOf(
        cutAtCommit(writing, 'lost').then((error) => Promise.reject(error as Error)),
      );
      expect(refusal.code).toBe('SERVICE_UNAVAILABLE');
      expect(refusal.message).toContain('Nothing was changed');
      expect(await writing.isDone()).toBe(false);
      expect(await live()).toEqual(before);
      await writing.write();
      expect(await writing.isDone()).toBe(true);
    });

    test.each<CommitFate>(['unanswered', 'late'])(
      'a commit that is %s: the truth is read back, told as done, and a repeat changes nothing',
      async (fate) => {
        const writing = await ready();
        const outcome = await cutAtCommit(writing, fate);
        expect(outcome).not.toBeInstanceOf(Error);
        expect(await writing.isDone()).toBe(true);
        const after = await live();
        const repeated = await writing.write();
        if (name !== 'applying') expect(repeated).toEqual(outcome);
        else expect(repeated).toEqual({ ...(outcome as object), alreadyApplied: true });
        expect(await writing.isDone()).toBe(true);
        expect(await live()).toEqual(after);
      },
    );

    if (name !== 'editing live') {
      test('killed right before the commit: refused, nothing changed, and a repeat writes it once', async () => {
        const writing = await ready();
        const before = await live();
        surprises[writing.place!] = () => killConnections(place);
        const refusal = await refusalOf(writing.write());
        expect(refusal.code).toBe('SERVICE_UNAVAILABLE');
        expect(await writing.isDone()).toBe(false);
        expect(await live()).toEqual(before);
        await writing.write();
        expect(await writing.isDone()).toBe(true);
      });
    }

    // Waits until asking is given up: two of them show it.
    if (name === 'starting' || name === 'deleting') return;

    test('a commit of which nobody can tell yet: said so, and a repeat says what came of it', async () => {
      const writing = await ready();
      const refusal = await refusalOf(
        cutAtCommit(writing, 'unanswered', true).then((error) => Promise.reject(error as Error)),
      );
      expect(refusal.code).toBe('SERVICE_UNAVAILABLE');
      expect(refusal.message).toContain('it is not known whether this was done');
      await gate.open();
      expect(await writing.isDone()).toBe(true);
      const after = await live();
      await writing.write();
      expect(await writing.isDone()).toBe(true);
      expect(await live()).toEqual(after);
    });
  });

  test('while it is away a server says that it cannot serve, but not that it has to be restarted', async () => {
    const ask = (path: string) => fetch(server.url + path);
    const readyOnce = async (status: number) => {
      let answer: Response;
      do answer = await ask('/readyz');
      while (answer.status !== status);
      return answer.json();
    };
    gate.close();
    expect(await readyOnce(503)).toEqual({ status: 'not ready', missing: 'database' });
    expect((await ask('/healthz')).status).toBe(200);
    await gate.open();
    expect(await readyOnce(200)).toEqual({ status: 'ready' });
  });

  test('killed while it evaluates: begun again, and applied once', async () => {
    const { id, revision } = await aSafeMode();
    const before = await live();
    surprises['evaluated'] = () => killConnections(place);
    expect(await admin.apply(id, revision)).toMatchObject({ alreadyApplied: false });
    expect(surprises).toEqual({});
    expect((await live()).revision).toBe(before.revision + 1);
  });

  test('killed every time it is begun: refused, and nothing is written', async () => {
    const { id, revision } = await aSafeMode();
    const before = await live();
    const killAgain = async () => {
      surprises['evaluated'] = killAgain;
      await killConnections(place);
    };
    surprises['evaluated'] = killAgain;
    expect((await refusalOf(admin.apply(id, revision))).code).toBe('SERVICE_UNAVAILABLE');
    surprises = {};
    expect(await live()).toEqual(before);
    expect(await admin.apply(id, revision)).toMatchObject({ alreadyApplied: false });
  });
});

/** As an administrator of the database does: every connection of the server is ended. */
async function killConnections({ databaseUrl }: Place): Promise<void> {
  const connection = await createConnection(databaseUrl!);
  const [rows] = await connection.query(
    'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
  );
  for (const { id } of rows as { id: number }[]) await connection.query(`KILL CONNECTION ${id}`);
  await connection.end();
}
