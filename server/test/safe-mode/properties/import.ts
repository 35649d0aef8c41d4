import { v7 as uuid } from 'uuid';
import { moveUnit } from '../../../src/backup/import/generation-move';
import { defaultRetention } from '../../../src/backup/retention';
import { isJsonObject } from '../../../src/change/core/json';
import { byKind, type Slice } from '../../../src/change/core/slice';
import { type ConfigurationObject, type Id, type Kind } from '../../../src/change/core/task';
import { wholeSlice } from '../../../src/change/core/whole-configuration';
import { ContentWriter } from '../../../src/configuration/content.writer';
import { descriptors } from '../../../src/configuration/descriptors';
import { GenerationEntity } from '../../../src/unit/generation.entity';
import { creationOf } from '../../parts/generation';
import { type TestedUnit } from './tested-unit';

/** The configuration with other ids for some of its objects, as it comes from a backup of another unit. */
export function withOtherIds(configuration: Slice, pick: number): Slice {
  const ids = new Map<string, Id>();
  for (const kind of ['PLUGIN', 'WORKSPACE', 'PROFILE'] as const) {
    [...configuration.objects[kind].keys()].sort().forEach((id, index) => {
      if ((index + pick) % 3 === 0) ids.set(`${kind} ${id}`, uuid());
    });
  }
  const found = (kind: Kind, id: Id) => ids.get(`${kind} ${id}`) ?? id;
  return wholeSlice(
    byKind((kind) => {
      const objects = [...configuration.objects[kind]].map(([id, value]): [Id, ConfigurationObject] => {
        const redirected = descriptors[kind].redirect(value, found);
        return [found(kind, id), found(kind, id) === id ? redirected : withOtherApplicationIds(redirected)];
      });
      return new Map(objects);
    }),
  );
}

/** Another workspace has other applications. */
function withOtherApplicationIds(value: ConfigurationObject): ConfigurationObject {
  const { applications } = value;
  if (!isJsonObject(applications)) return value;
  return {
    ...value,
    applications: Object.fromEntries(Object.values(applications).map((application) => [uuid(), application])),
  };
}

/** Puts another configuration in the place of the unit's, as the last step of an import does. */
export async function replace(unit: TestedUnit, configuration: Slice): Promise<void> {
  const { revision } = await unit.row();
  const [toGenerationId, jobId, at] = [uuid(), uuid(), new Date()];
  await unit.app.database.transaction(async (db) => {
    await db.manager.insert(GenerationEntity, {
      id: toGenerationId,
      unitId: unit.id,
      origin: 'IMPORT',
      state: 'LOADING',
      jobId,
      createdAt: at,
      purgeAfter: null,
    });
    await new ContentWriter(unit.sealer).write(db, toGenerationId, creationOf(configuration));
    const { userId: byUserId } = unit.actor('ada');
    const order = { unitId: unit.id, atRevision: revision, toGenerationId, byUserId, jobId };
    const undoableFor = defaultRetention.undo;
    await moveUnit(db, { ...order, fromState: 'LOADING', cause: 'IMPORT', undoableFor }, () => at);
  });
}
