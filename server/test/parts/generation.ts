import { v7 as uuid } from 'uuid';
import { objectsIn, type Slice } from '../../src/change/core/slice';
import { type Change } from '../../src/change/core/task';
import { type ContentWriter } from '../../src/configuration/content.writer';
import { type Database } from '../../src/storage/database';
import { GenerationEntity } from '../../src/unit/generation.entity';
import { UnitEntity } from '../../src/unit/unit.entity';

/** The changes that create all of it. */
export const creationOf = (unit: Slice): Change[] =>
  [...objectsIn(unit)].map(({ kind, id, value }) => ({ kind, id, after: value }));

/** The live generation of a new unit, after each of the writes, one after the other; answers its id. */
export async function aGeneration(
  database: Database,
  writer: ContentWriter,
  ...writes: readonly (readonly Change[])[]
): Promise<string> {
  const [unitId, generationId, at] = [uuid(), uuid(), new Date()];
  await database.transaction(async (db) => {
    await db.manager.insert(UnitEntity, {
      id: unitId,
      name: 'Newsroom',
      revision: 1,
      liveGenerationId: generationId,
      createdAt: at,
      lastCause: 'CREATED',
      lastChangedBy: null,
      lastChangedAt: at,
    });
    await db.manager.insert(GenerationEntity, {
      id: generationId,
      unitId,
      origin: 'CREATED',
      state: 'LIVE',
      jobId: null,
      createdAt: at,
      purgeAfter: null,
    });
    for (const changes of writes) await writer.write(db, generationId, changes);
  });
  return generationId;
}
