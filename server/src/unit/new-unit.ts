import { v7 as uuidv7 } from 'uuid';
import { normalName } from '../access/account-input';
import { ChangeSetEntity } from '../change/log/change-log.entity';
import { type UnitChange } from '../messages/topics';
import { type Db } from '../storage/database';
import { GenerationEntity } from './generation.entity';
import { MembershipEntity } from './membership.entity';
import { UnitEntity } from './unit.entity';

/**
 * Writes an empty unit at revision 1, with its first change and its first admin. The name is checked by the caller.
 * @param userId who makes it and becomes its admin
 */
export async function insertUnit(db: Db, name: string, userId: string, at: Date): Promise<UnitEntity> {
  const unit: UnitEntity = {
    id: uuidv7(),
    name: normalName(name),
    revision: 1,
    liveGenerationId: uuidv7(),
    createdAt: at,
    lastCause: 'CREATED',
    lastChangedBy: userId,
    lastChangedAt: at,
  };
  await db.manager.insert(UnitEntity, unit);
  await db.manager.insert(GenerationEntity, {
    id: unit.liveGenerationId,
    unitId: unit.id,
    origin: 'CREATED',
    state: 'LIVE',
    jobId: null,
    createdAt: at,
    purgeAfter: null,
  });
  await db.manager.insert(ChangeSetEntity, {
    id: uuidv7(),
    unitId: unit.id,
    revision: unit.revision,
    cause: 'CREATED',
    byUserId: userId,
    at,
    jobId: null,
  });
  await db.manager.insert(MembershipEntity, { unitId: unit.id, userId, role: 'ADMIN', createdAt: at });
  return unit;
}

/** The change that a unit's row tells of. */
export const latestChange = (unit: UnitEntity): UnitChange => ({
  unitId: unit.id,
  revision: unit.revision,
  cause: unit.lastCause,
  byUserId: unit.lastChangedBy,
  at: unit.lastChangedAt,
});
