import { Arg, Ctx, FieldResolver, Float, Int, Resolver, Root } from 'type-graphql';
import { type Clock } from '../access/clock';
import { fieldChangeType } from '../change/presentation/field-change.type';
import { type Json } from '../change/core/json';
import { type Kind } from '../change/core/task';
import { ConfigurationType } from '../configuration/configuration-type';
import { type Context } from '../graphql/context';
import { pageRequest } from '../graphql/paging';
import { JobType } from '../job/job.type';
import { BackupPlanType, PlanChangeEnum, PlanEntryType, ValidateBackupResult } from './backup.type';
import { exportPath } from './export/export.http';
import { exportResultOf, isDownloadableBy } from './export/export-result';
import { type MoveResult } from './import/generation-move';
import { mostEntries, type PlanDifference } from './plan/plan-content';
import { type PlanStore } from './plan/plan.store';
import { type BackupRejection } from './rejection';

/** What a job of a backup has come to. */
@Resolver(() => JobType)
export class BackupJobResolver {
  constructor(
    private readonly plans: PlanStore,
    private readonly now: Clock,
  ) {}

  @FieldResolver(() => String, { nullable: true, description: 'Of an export: name to save the file under.' })
  fileName(@Root() { entity }: JobType): string | null {
    return exportResultOf(entity)?.fileName ?? null;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Of an export: bytes of the file.' })
  bytes(@Root() { entity }: JobType): number | null {
    return exportResultOf(entity)?.bytes ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Of an export: where to fetch the file, for who began it, until its time is over.',
  })
  downloadUrl(@Root() { entity }: JobType, @Ctx() { actor }: Context): string | null {
    return isDownloadableBy(actor, entity, this.now()) ? `${exportPath}/${entity.id}` : null;
  }

  @FieldResolver(() => Date, { nullable: true, description: 'Of an export: until when the file is kept.' })
  downloadableUntil(@Root() { entity }: JobType): Date | null {
    const made = exportResultOf(entity);
    return made ? new Date(made.downloadableUntil) : null;
  }

  @FieldResolver(() => Date, { nullable: true, description: 'Of an import: until when it can be undone.' })
  undoableUntil(@Root() { entity }: JobType): Date | null {
    if (entity.kind !== 'IMPORT' || entity.state !== 'DONE') return null;
    return new Date((JSON.parse(entity.result!) as MoveResult).undoableUntil);
  }

  @FieldResolver(() => ValidateBackupResult, {
    nullable: true,
    description:
      'Of a validation: the plan, or why the file is rejected. Of an undo that could not be done at once: the plan of going back. Null also when the plan has expired.',
  })
  async validation(@Root() { entity }: JobType): Promise<typeof ValidateBackupResult | null> {
    if (entity.state !== 'DONE') return null;
    const { planId, rejected } = JSON.parse(entity.result!) as {
      planId?: string;
      rejected?: BackupRejection;
    };
    if (rejected) return rejected;
    const plan = planId === undefined ? undefined : await this.plans.find(planId);
    return plan
      ? { ...plan.content, id: plan.id, unitRevision: plan.unitRevision, header: plan.content.header as Json }
      : null;
  }
}

@Resolver(() => BackupPlanType)
export class BackupPlanResolver {
  constructor(private readonly plans: PlanStore) {}

  @FieldResolver(() => [PlanEntryType], {
    description: `The objects that would be added, removed or changed: at most ${mostEntries} of each kind and change are listed.`,
  })
  async entries(
    @Root() { id }: BackupPlanType,
    @Arg('type', () => ConfigurationType, { nullable: true, description: 'Only objects of this kind.' })
    kind?: Kind | null,
    @Arg('change', () => PlanChangeEnum, { nullable: true, description: 'Only with this change.' })
    difference?: PlanDifference | null,
    @Arg('first', () => Int, { defaultValue: mostEntries, description: `How many, at most ${mostEntries}.` })
    first?: number,
  ): Promise<PlanEntryType[]> {
    const filter = { kind: kind ?? undefined, difference: difference ?? undefined };
    const entries = await this.plans.entries(id, filter, pageRequest({ first }).first);
    return entries.map(({ kind: type, id: objectId, name, difference: change, fields }) => ({
      type,
      id: objectId,
      name,
      change,
      fields: fields.map(fieldChangeType),
    }));
  }
}
