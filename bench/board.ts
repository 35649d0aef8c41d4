import 'reflect-metadata';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as appModule from '../server/src/app';
import { type Actor } from '../server/src/access/actor';
import type * as invertModule from '../server/src/change/core/invert';
import { type ConfigurationObject } from '../server/src/change/core/task';
import type * as serverModule from '../server/src/http/server';
import type * as loggerModule from '../server/src/logger';
import type * as settingsModule from '../server/src/settings';
import type * as unitModule from '../server/src/unit/unit.entity';
import type * as userModule from '../server/src/access/user.entity';
import { v7 as uuidv7 } from 'uuid';
import { fill } from './content';

/** What runs is the compiled server, as in production; only the types come from the sources. */
const load = createRequire(__filename);
const compiled = <T>(file: string): T => load(path.join(__dirname, '../server/dist', file)) as T;
const { createApp } = compiled<typeof appModule>('app.js');
const { invert } = compiled<typeof invertModule>('change/core/invert.js');
const { startServer } = compiled<typeof serverModule>('http/server.js');
const { createLogger } = compiled<typeof loggerModule>('logger.js');
const { readSettings } = compiled<typeof settingsModule>('settings.js');
const { UnitEntity } = compiled<typeof unitModule>('unit/unit.entity.js');
const { UserEntity } = compiled<typeof userModule>('access/user.entity.js');

const admin = { email: 'bench@example.org', password: 'a password for benchmarks' };

export type Board = Awaited<ReturnType<typeof openBoard>>;

/** The whole compiled server with one unit of so many config keys, whose safe modes may be large. */
export async function openBoard(place: { dataDir: string; databaseUrl?: string }, count: number) {
  const settings = readSettings({
    PORT: '0',
    DATA_DIR: place.dataDir,
    DATABASE_URL: place.databaseUrl,
    SERVER_KEY: '5afe'.repeat(16),
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    LOG_LEVEL: 'error',
    SAFE_MODE_MAX_TASKS: '20000',
    SAFE_MODE_MAX_BYTES: String(256 * 1024 * 1024),
    SAFE_MODE_MAX_OPEN: '1000',
  });
  const app = await createApp(settings, createLogger(settings.logLevel), () => 'http://localhost');
  await app.setUp.start(settings);
  const server = await startServer(app);
  const unit = await app.database.read(({ manager }) => manager.findOneByOrFail(UnitEntity, {}));
  const user = await app.database.read(({ manager }) => manager.findOneByOrFail(UserEntity, {}));
  await fill(app.database, unit.liveGenerationId, count);
  const actor: Actor = {
    userId: user.id,
    email: user.email,
    name: user.name,
    organisationAdmin: true,
    roles: new Map([[unit.id, 'ADMIN']]),
    via: { kind: 'session', id: 'bench' },
  };
  const url = `http://127.0.0.1:${server.port}/graphql`;
  let cookie = '';

  const board = {
    unitId: unit.id,

    /** The data of a request in a safe mode, or live. */
    async graphql<T>(query: string, variables: object, safeMode = 'none'): Promise<T> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'X-Safe-Mode': safeMode, cookie },
        body: JSON.stringify({ query, variables }),
      });
      cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const { data, errors } = (await response.json()) as { data: T; errors?: object[] };
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },

    /** A safe mode that sets as many config keys, spread over all of them, to a value of their own. */
    async safeModeOf(tasks: number, mark: string): Promise<string> {
      const { liveGenerationId } = await app.database.read(({ manager }) =>
        manager.findOneByOrFail(UnitEntity, { id: unit.id }),
      );
      const changes = [...(await board.values(tasks))].map(([id, live]) => ({
        kind: 'CONFIG_KEY' as const,
        id,
        after: live,
        before: { ...live, value: { mark, id, note: 'x'.repeat(150) } },
      }));
      const at = new Date().toISOString();
      const recorded = invert(changes, { newId: () => uuidv7(), at, by: user.id });
      const begun = await app.safeModes.lifeCycle.begin(actor, {
        unitId: unit.id,
        name: mark,
        tasks: recorded,
        generationId: liveGenerationId,
      });
      return begun!.id;
    },

    /** So many config keys, spread evenly. */
    async values(wanted: number): Promise<Map<string, ConfigurationObject>> {
      const rows = await app.database.read((db) => db.rows('SELECT id FROM config_key ORDER BY id'));
      const step = Math.floor(rows.length / wanted);
      const ids = Array.from({ length: wanted }, (_, index) => rows[index * step]![0] as string);
      const context = { actor, address: '', safeModeHeader: 'none', cookie: undefined, kept: new Map() };
      const reader = await app.configurations.reader(context, unit.id);
      const found = await Promise.all(
        ids.map(async (id) => [id, (await reader.object('CONFIG_KEY', id))!] as const),
      );
      return new Map(found);
    },

    /** Applies for all; answers the time of that alone, ms. */
    async apply(safeModeId: string): Promise<number> {
      const { revision } = await app.safeModes.lifeCycle.find(safeModeId);
      const start = performance.now();
      const outcome = await app.safeModes.applying.applyForAll(actor, safeModeId, revision);
      const time = performance.now() - start;
      if (outcome.kind !== 'applied') throw new Error('Conflicts in a benchmark');
      return time;
    },

    async close(): Promise<void> {
      await server.stop();
      await app.stop();
    },
  };
  await board.graphql(
    'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }',
    admin,
  );
  return board;
}
