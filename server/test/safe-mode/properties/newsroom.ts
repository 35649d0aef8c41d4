import 'reflect-metadata';
import { v7 as uuid } from 'uuid';
import { type Actor } from '../../../src/access/actor';
import { UserEntity } from '../../../src/access/user.entity';
import { type App, createApp } from '../../../src/app';
import { type Slice } from '../../../src/change/core/slice';
import { beginning } from '../../../src/change/core/testing/run';
import { ContentWriter } from '../../../src/configuration/content.writer';
import { createLogger } from '../../../src/logger';
import { readSettings } from '../../../src/settings';
import { Sealer } from '../../../src/storage/sealer';
import { MembershipEntity } from '../../../src/unit/membership.entity';
import { insertUnit } from '../../../src/unit/new-unit';
import { creationOf } from '../../parts/generation';
import { aPlace, type Place, sideBySide } from '../../parts/place';
import { noteOperations } from './asked-operations';
import { type Admin, admins, TestedUnit } from './tested-unit';

const serverKey = '5afe'.repeat(16);

/** All services of one or several servers on a database of their own, without HTTP, and the admins of its units. */
export class Newsroom {
  private constructor(
    readonly servers: readonly App[],
    private readonly place: Place,
    private readonly actors: Record<Admin, Actor>,
  ) {}

  static async open(servers = 1): Promise<Newsroom> {
    noteOperations();
    const place = await aPlace();
    const settings = readSettings({
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.databaseUrl,
      SERVER_KEY: serverKey,
      LOG_LEVEL: 'error',
      ...(servers > 1 && sideBySide()),
    });
    const log = createLogger(settings.logLevel);
    const apps: App[] = [];
    while (apps.length < servers) apps.push(await createApp(settings, log, () => 'http://localhost'));
    const actors = {} as Record<Admin, Actor>;
    for (const name of admins) actors[name] = await anActor(apps[0]!, name);
    return new Newsroom(apps, place, actors);
  }

  /** A new unit with all admins in it, which holds a configuration at its first revision. */
  async unit(configuration: Slice = beginning): Promise<TestedUnit> {
    const { actors } = this;
    const app = this.servers[0]!;
    const sealer = new Sealer(serverKey);
    const unitId = await app.database.transaction(async (db) => {
      const { id, liveGenerationId } = await insertUnit(db, 'Newsroom', actors.ada.userId, new Date());
      for (const { userId } of [actors.bob, actors.cleo])
        await db.manager.insert(MembershipEntity, {
          unitId: id,
          userId,
          role: 'ADMIN',
          createdAt: new Date(),
        });
      await new ContentWriter(sealer).write(db, liveGenerationId, creationOf(configuration));
      return id;
    });
    return new TestedUnit(app, sealer, unitId, actors);
  }

  async close(): Promise<void> {
    for (const app of this.servers) await app.stop();
    await this.place.remove();
  }
}

async function anActor({ database }: App, name: Admin): Promise<Actor> {
  const user = {
    id: uuid(),
    email: `${name}@example.org`,
    name,
    passwordHash: null,
    organisationAdmin: false,
    active: true,
    createdAt: new Date(),
  };
  await database.transaction(({ manager }) => manager.insert(UserEntity, user));
  const { id: userId, email } = user;
  return {
    userId,
    email,
    name,
    organisationAdmin: false,
    roles: new Map(),
    via: { kind: 'session', id: uuid() },
  };
}
