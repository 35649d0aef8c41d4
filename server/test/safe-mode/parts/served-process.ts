import 'reflect-metadata';
import { type App, createApp } from '../../../src/app';
import { startServer } from '../../../src/http/server';
import { createLogger } from '../../../src/logger';
import { type SafeModeCheckpointName } from '../../../src/safe-mode/checkpoint';
import { testSettings } from '../../parts/running-server';
import { type Place } from '../../parts/place';

/** What a parent may ask for, one after the other. */
export type Order =
  | { do: 'serve'; place: Omit<Place, 'remove'> }
  | { do: 'die at'; place: SafeModeCheckpointName }
  | { do: 'tidy up' };

/** What is left of safe modes once everything that is due has been cleared away. */
export interface Remains {
  /** Keys of all stored objects. */
  objects: string[];
  /** Keys of the files of open safe modes. */
  openFiles: string[];
  removals: number;
  active: number;
  presence: number;
}

let app: App;
let dieAt: SafeModeCheckpointName | undefined;

process.on('disconnect', () => process.exit(1));
process.on('message', (order: Order) => {
  carryOut(order).then(
    (answer) => process.send!({ answer }),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
process.send!({ answer: 'ready' });

async function carryOut(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'serve':
      return serve(order.place);
    case 'die at':
      dieAt = order.place;
      return undefined;
    case 'tidy up':
      return tidyUp();
  }
}

async function serve(place: Omit<Place, 'remove'>): Promise<string> {
  const settings = testSettings(place);
  app = await createApp(
    settings,
    createLogger(settings.logLevel),
    () => 'http://localhost',
    (name) => {
      if (name === dieAt) process.kill(process.pid, 'SIGKILL');
    },
  );
  await app.setUp.start(settings);
  const { port } = await startServer(app);
  return `http://127.0.0.1:${port}`;
}

async function tidyUp(): Promise<Remains> {
  await app.database.transaction((db) =>
    db.run('UPDATE object_removal SET due_at = ?', [new Date('2026-01-01T00:00:00.000Z')]),
  );
  while ((await app.backups.objectSweeper.sweep()) > 0);
  const objects: string[] = [];
  for await (const { key } of app.objects.list('')) objects.push(key);
  return app.database.read(async (db) => {
    const column = async (sql: string) => (await db.rows(sql)).flat();
    const count = async (table: string) => Number((await column(`SELECT COUNT(*) FROM ${table}`))[0]);
    return {
      objects: objects.sort(),
      openFiles: (await column("SELECT object_key FROM safe_mode WHERE status = 'OPEN'")).sort() as string[],
      removals: await count('object_removal'),
      active: await count('active_safe_mode'),
      presence: await count('safe_mode_presence'),
    };
  });
}
