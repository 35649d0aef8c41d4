/**
 * A server in a process of its own, told what to do by messages of its parent, which kills itself at a marked place:
 * `node -r scripts/from-source.cjs …`.
 */
import 'reflect-metadata';
import { type App, createApp } from '../../../src/app';
import { type CheckpointName } from '../../../src/backup/import/checkpoint';
import { startServer } from '../../../src/http/server';
import { createLogger } from '../../../src/logger';
import { type SafeModeCheckpointName } from '../../../src/safe-mode/checkpoint';
import { type Settings } from '../../../src/settings';
import { testSettings } from '../../parts/running-server';
import { type Place } from '../../parts/place';

/** Where it may be told to die. */
export type MarkedPlace = SafeModeCheckpointName | CheckpointName;

/** What a parent may ask for, one after the other. */
export type Order =
  | { do: 'serve'; place: Omit<Place, 'remove'>; environment: Record<string, string> }
  | { do: 'die at'; place: MarkedPlace }
  | { do: 'tidy up' };

/** What is left of safe modes once everything that is due has been cleared away. */
export interface Remains {
  /** Keys of all stored objects. */
  objects: string[];
  /** Keys of the files of open safe modes. */
  openFiles: string[];
  /** Objects that are still to be removed. */
  removals: number;
  /** Rows of those who are in a safe mode that is closed, or that there is none of. */
  activeInClosed: number;
  presentInClosed: number;
}

let app: App;
let dieAt: MarkedPlace | undefined;

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
      return serve(testSettings(order.place, order.environment));
    case 'die at':
      dieAt = order.place;
      return undefined;
    case 'tidy up':
      return tidyUp();
  }
}

async function serve(settings: Settings): Promise<string> {
  const dieWhereTold = (name: MarkedPlace) => {
    if (name === dieAt) process.kill(process.pid, 'SIGKILL');
  };
  const log = createLogger(settings.logLevel);
  app = await createApp(settings, log, () => 'http://localhost', {
    safeModes: dieWhereTold,
    imports: dieWhereTold,
  });
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
    const open = "SELECT id FROM safe_mode WHERE status = 'OPEN'";
    const count = async (rows: string) => Number((await column(`SELECT COUNT(*) FROM ${rows}`))[0]);
    return {
      objects: objects.sort(),
      openFiles: (await column("SELECT object_key FROM safe_mode WHERE status = 'OPEN'")).sort() as string[],
      removals: await count('object_removal'),
      activeInClosed: await count(`active_safe_mode WHERE safe_mode_id NOT IN (${open})`),
      presentInClosed: await count(`safe_mode_presence WHERE safe_mode_id NOT IN (${open})`),
    };
  });
}
