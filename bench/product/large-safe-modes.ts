import 'reflect-metadata';
import type * as appModule from '../../server/src/app';
import { type Actor } from '../../server/src/access/actor';
import type * as userModule from '../../server/src/access/user.entity';
import type * as invertModule from '../../server/src/change/core/invert';
import { type ConfigurationObject } from '../../server/src/change/core/task';
import type * as loggerModule from '../../server/src/logger';
import type * as settingsModule from '../../server/src/settings';
import type * as unitModule from '../../server/src/unit/unit.entity';
import { v7 as uuidv7 } from 'uuid';
import { compiled } from './compiled';
import { type ProductPlace, settingsOf } from './served-product';

const { createApp } = compiled<typeof appModule>('app.js');
const { invert } = compiled<typeof invertModule>('change/core/invert.js');
const { createLogger } = compiled<typeof loggerModule>('logger.js');
const { readSettings } = compiled<typeof settingsModule>('settings.js');
const { UnitEntity } = compiled<typeof unitModule>('unit/unit.entity.js');
const { UserEntity } = compiled<typeof userModule>('access/user.entity.js');

/** Limits that let safe modes be as large as the marks ask for. */
export const largeLimits = {
  SAFE_MODE_MAX_TASKS: '20000',
  SAFE_MODE_MAX_BYTES: String(256 * 1024 * 1024),
  SAFE_MODE_MAX_OPEN: '1000',
};

/**
 * Makes safe modes in a place while no server runs there: recording thousands of changes one by one would take longer
 * than everything that is measured. Each sets so many config keys, spread over all of them, to a value of its own.
 * Answers their ids.
 */
export async function makeSafeModes(place: ProductPlace, taskCounts: readonly number[]): Promise<string[]> {
  const settings = readSettings({ ...settingsOf(place), ...largeLimits });
  const app = await createApp(settings, createLogger(settings.logLevel), () => 'http://localhost');
  try {
    const unit = await app.database.read(({ manager }) => manager.findOneByOrFail(UnitEntity, {}));
    const user = await app.database.read(({ manager }) => manager.findOneByOrFail(UserEntity, {}));
    const actor: Actor = {
      userId: user.id,
      email: user.email,
      name: user.name,
      organisationAdmin: true,
      roles: new Map([[unit.id, 'ADMIN']]),
      via: { kind: 'session', id: 'bench' },
    };
    const ids: string[] = [];
    for (const [index, count] of taskCounts.entries()) {
      const tasks = invert(changesOf(await spreadValues(app, actor, unit.id, count), `plan ${index}`), {
        newId: () => uuidv7(),
        at: new Date().toISOString(),
        by: user.id,
      });
      const begun = await app.safeModes.lifeCycle.begin(actor, {
        unitId: unit.id,
        name: `Plan ${index}`,
        tasks,
        generationId: unit.liveGenerationId,
      });
      ids.push(begun!.id);
    }
    return ids;
  } finally {
    await app.stop();
  }
}

/** Changes whose opposite is what is wanted, as an undo has them. */
const changesOf = (values: Map<string, ConfigurationObject>, mark: string) =>
  [...values].map(([id, live]) => ({
    kind: 'CONFIG_KEY' as const,
    id,
    after: live,
    before: { ...live, value: { mark, id, note: 'x'.repeat(150) } },
  }));

/** So many config keys, spread evenly, one in ten of them large as in the whole unit. */
async function spreadValues(
  app: appModule.App,
  actor: Actor,
  unitId: string,
  wanted: number,
): Promise<Map<string, ConfigurationObject>> {
  const rows = await app.database.read((db) => db.rows('SELECT id FROM config_key ORDER BY id'));
  const step = Math.floor(rows.length / wanted);
  const ids = Array.from({ length: wanted }, (_, index) => rows[index * step + (index % step)]![0] as string);
  const context = { actor, address: '', safeModeHeader: 'none', cookie: undefined, kept: new Map() };
  const reader = await app.configurations.reader(context, unitId);
  // Asked for together, as the reader reads in batches.
  const found = ids.map(async (id) => [id, (await reader.object('CONFIG_KEY', id))!] as const);
  return new Map(await Promise.all(found));
}
