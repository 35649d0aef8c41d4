import { type Actor } from '../../../src/access/actor';
import { type App } from '../../../src/app';
import { type ConflictView } from '../../../src/change/presentation/conflict.presenter';
import { type Editor } from '../../../src/change/editor';
import { byKind, type Slice } from '../../../src/change/core/slice';
import { type ConfigurationObject, type Id, type Kind, kinds } from '../../../src/change/core/task';
import { wholeSlice } from '../../../src/change/core/whole-configuration';
import { ContentStore } from '../../../src/configuration/content.store';
import { type Context } from '../../../src/graphql/context';
import { SafeModeFileStore } from '../../../src/safe-mode/file/safe-mode-file.store';
import { type SafeModeFile } from '../../../src/safe-mode/file/safe-mode-file';
import { type SafeMode } from '../../../src/safe-mode/safe-mode.store';
import { type Sealer } from '../../../src/storage/sealer';
import { UnitEntity } from '../../../src/unit/unit.entity';

/** Ada edits what is live; Bob and Cleo record in a safe mode each. */
export const admins = ['ada', 'bob', 'cleo'] as const;
export type Admin = (typeof admins)[number];

/** More than any unit of these tests holds. */
const everything = 5_000;

export interface Traces {
  rows: unknown[];
  files: string[];
}

/** One unit behind the services, and what stands of it in tables and files. */
export class TestedUnit {
  private readonly content: ContentStore;
  private readonly files: SafeModeFileStore;

  constructor(
    readonly app: App,
    readonly sealer: Sealer,
    readonly id: Id,
    private readonly actors: Record<Admin, Actor>,
  ) {
    this.content = new ContentStore(sealer);
    this.files = new SafeModeFileStore(app.objects, sealer);
  }

  /** The same unit by way of another server. */
  through(app: App): TestedUnit {
    return new TestedUnit(app, this.sealer, this.id, this.actors);
  }

  actor(admin: Admin): Actor {
    return { ...this.actors[admin], roles: new Map([[this.id, 'ADMIN']]) };
  }

  /** A new one for each mutation; without a safe mode its edits go live. */
  editor(admin: Admin, safeModeId: Id = 'none'): Editor {
    return { ...this.actor(admin), safeModeHeader: safeModeId };
  }

  async start(admin: Admin): Promise<Id> {
    return (await this.app.safeModes.lifeCycle.start(this.actor(admin), { unitId: this.id })).id;
  }

  safeMode(id: Id): Promise<SafeMode> {
    return this.app.safeModes.lifeCycle.find(id);
  }

  row(): Promise<UnitEntity> {
    return this.app.database.read(({ manager }) => manager.findOneByOrFail(UnitEntity, { id: this.id }));
  }

  /** Everything that stands in the tables of the live generation. */
  async live(): Promise<Slice> {
    const { liveGenerationId } = await this.row();
    return this.app.database.read((db) =>
      wholeOf((kind) => this.content.list(db, liveGenerationId, kind, {}, everything)),
    );
  }

  /** Everything that a reader sees in the safe mode: lists, and every object of them by its id. */
  async shown(admin: Admin, safeModeId: Id): Promise<Slice> {
    const reader = await this.app.configurations.reader(this.context(admin, safeModeId), this.id);
    const listed = await wholeOf((kind) => reader.list(kind, {}, everything));
    for (const kind of kinds) {
      const objects = listed.objects[kind];
      expect(await reader.count(kind, {})).toBe(objects.size);
      const byId = await Promise.all([...objects.keys()].map((id) => reader.object(kind, id)));
      expect(byId).toEqual([...objects.values()]);
    }
    return listed;
  }

  /** The file of an open safe mode, as it is in the store now. */
  async file(safeModeId: Id): Promise<SafeModeFile> {
    const safeMode = await this.safeMode(safeModeId);
    return this.files.read(safeMode, { safeModeId, revision: safeMode.revision });
  }

  /** Everything that stands against an open safe mode, as its owner is told. */
  async conflicts(admin: Admin, safeModeId: Id): Promise<ConflictView[]> {
    const safeMode = await this.safeMode(safeModeId);
    return this.app.safeModes.views.conflictsOf(this.context(admin, safeModeId), safeMode);
  }

  /** The rows of the unit, its safe modes and its history, and the keys of its files: to see that nothing changed. */
  async traces(): Promise<Traces> {
    const rows = await this.app.database.read(async (db) => [
      await db.rows('SELECT * FROM unit WHERE id = ?', [this.id]),
      await db.rows('SELECT * FROM safe_mode WHERE unit_id = ? ORDER BY id', [this.id]),
      await db.rows('SELECT COUNT(*) FROM change_set WHERE unit_id = ?', [this.id]),
      await db.rows('SELECT COUNT(*) FROM change_entry WHERE unit_id = ?', [this.id]),
    ]);
    const files: string[] = [];
    for await (const { key } of this.app.objects.list(`safe-modes/${this.id}/`)) files.push(key);
    return { rows, files };
  }

  private context(admin: Admin, safeModeId: Id): Context {
    return {
      actor: this.actor(admin),
      address: '127.0.0.1',
      safeModeHeader: safeModeId,
      cookie: undefined,
      kept: new Map(),
    };
  }
}

type Listed = { id: Id; value: ConfigurationObject }[];

async function wholeOf(list: (kind: Kind) => Promise<Listed>): Promise<Slice> {
  const objects = byKind(() => new Map<Id, ConfigurationObject>());
  for (const kind of kinds) for (const { id, value } of await list(kind)) objects[kind].set(id, value);
  return wholeSlice(objects);
}
