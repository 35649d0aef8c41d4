import { type EntityManager } from 'typeorm';
import { type FieldChange } from '../../change/presentation/field-change';
import { type Kind } from '../../change/core/task';
import { chunks, type Database } from '../../storage/database';
import { BackupPlanEntity, BackupPlanEntryEntity } from '../backup.entity';
import { type PlanContent, type PlanDifference, type PlanEntry } from './plan-content';

/** Entries in one statement: their field changes may be long. */
const atOnce = 50;

/** A plan as it is stored, its content parsed. */
export interface StoredPlan extends Omit<BackupPlanEntity, 'content'> {
  content: PlanContent;
}

/** Plans and their entries. */
export class PlanStore {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<StoredPlan | undefined> {
    const plan = await this.database.read(({ manager }) => manager.findOneBy(BackupPlanEntity, { id }));
    return plan ? { ...plan, content: JSON.parse(plan.content) as PlanContent } : undefined;
  }

  /** Writes a plan within the caller's transaction. */
  async insert(manager: EntityManager, plan: StoredPlan, entries: readonly PlanEntry[]): Promise<void> {
    await manager.insert(BackupPlanEntity, { ...plan, content: JSON.stringify(plan.content) });
    const rows = entries.map(({ kind, id, name, difference, fields }, number) => ({
      planId: plan.id,
      number,
      kind,
      difference,
      objectId: id,
      objectName: name,
      fields: JSON.stringify(fields),
    }));
    for (const some of chunks(rows, atOnce)) await manager.insert(BackupPlanEntryEntity, some);
  }

  /** The listed objects in the order of the plan. */
  async entries(
    planId: string,
    filter: { kind?: Kind; difference?: PlanDifference },
    first: number,
  ): Promise<PlanEntry[]> {
    const { kind, difference } = filter;
    const rows = await this.database.read(({ manager }) =>
      manager.find(BackupPlanEntryEntity, {
        where: { planId, ...(kind && { kind }), ...(difference && { difference }) },
        order: { number: 'ASC' },
        take: first,
      }),
    );
    return rows.map((row) => ({
      kind: row.kind,
      id: row.objectId,
      name: row.objectName,
      difference: row.difference,
      fields: JSON.parse(row.fields) as FieldChange[],
    }));
  }
}
