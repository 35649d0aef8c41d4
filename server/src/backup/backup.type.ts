import { createUnionType, Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { ObjectType } from '../graphql/object-type';
import { ConfigurationType } from '../configuration/configuration-type';
import { FieldChangeType } from '../change/presentation/field-change.type';
import { type Json } from '../change/core/json';
import { type Kind } from '../change/core/task';
import { JsonScalar } from '../graphql/scalars';
import { type PlanDifference } from './plan/plan-content';

export const PlanChangeEnum: { readonly [D in PlanDifference]: D } = {
  ADDED: 'ADDED',
  REMOVED: 'REMOVED',
  CHANGED: 'CHANGED',
};
registerEnumType(PlanChangeEnum, {
  name: 'PlanChange',
  description: 'What an import would do with an object.',
});

@ObjectType('BackupCounts', { description: 'How many there are of each kind.' })
export class BackupCountsType {
  @Field(() => Int, { description: 'Plugins.' }) plugins!: number;
  @Field(() => Int, { description: 'Workspaces.' }) workspaces!: number;
  @Field(() => Int, { description: 'Applications in workspaces.' }) applications!: number;
  @Field(() => Int, { description: 'Profiles.' }) profiles!: number;
  @Field(() => Int, { description: 'Config keys.' }) configKeys!: number;
}

@ObjectType('BackupNotice', { description: 'One thing to know about a backup, and where it stands.' })
export class BackupNoticeType {
  @Field({ description: 'What sort of thing, for programs.' }) code!: string;
  @Field({ description: 'What it is, in words.' }) message!: string;
  @Field(() => String, { nullable: true, description: 'Section of the file.' }) section?: string | null;
  @Field(() => Int, { nullable: true, description: 'Line of the unpacked text, from 1.' }) line?:
    number | null;
  @Field(() => String, { nullable: true, description: 'What people call the object.' }) name?: string | null;
  @Field(() => String, { nullable: true, description: 'Field of the object.' }) field?: string | null;
}

@ObjectType('BackupRejected', { description: 'The file cannot be imported. Nothing was changed.' })
export class BackupRejectedType {
  @Field({ description: 'The one cause, for programs.' }) code!: string;
  @Field({ description: 'What happened and what to do next.' }) message!: string;
  @Field(() => [BackupNoticeType], { description: 'Of INVALID_CONTENT: the first hundred problems.' })
  problems!: BackupNoticeType[];
  @Field(() => Int, { description: 'How many problems there are.' }) problemCount!: number;
}

@ObjectType('PlanEntry', { description: 'An object that an import would add, remove or change.' })
export class PlanEntryType {
  @Field(() => ConfigurationType, { description: 'Its kind.' }) type!: Kind;
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'What people call it.' }) name!: string;
  @Field(() => PlanChangeEnum, { description: 'What would become of it.' }) change!: PlanDifference;
  @Field(() => [FieldChangeType], {
    description:
      'Of a changed object: what differs, the first 50. Secrets masked; values longer than 2,000 characters are cut, as text that ends in an ellipsis.',
  })
  fields!: FieldChangeType[];
}

@ObjectType('BackupPlan', {
  description: 'What an import would do. Nothing has been changed yet; importBackup carries it out.',
})
export class BackupPlanType {
  @Field(() => ID, { description: 'Id of the plan.' }) id!: string;
  @Field(() => JsonScalar, { description: 'The header of the file: by whom, when, where it was made.' })
  header!: Json;
  @Field(() => BackupCountsType, { description: 'What the file holds.' }) counts!: BackupCountsType;
  @Field(() => [BackupNoticeType], { description: 'What to know before importing.' })
  warnings!: BackupNoticeType[];
  @Field(() => BackupCountsType, { description: 'What would come.' }) added!: BackupCountsType;
  @Field(() => BackupCountsType, { description: 'What would go.' }) removed!: BackupCountsType;
  @Field(() => BackupCountsType, { description: 'What would change.' }) changed!: BackupCountsType;
  @Field(() => BackupCountsType, { description: 'What would stay the same.' }) same!: BackupCountsType;
  @Field(() => Int, {
    description: 'The revision of the unit that the plan was made for; at any other it is stale.',
  })
  unitRevision!: number;
}

export const ValidateBackupResult = createUnionType({
  name: 'ValidateBackupResult',
  description: 'What came of looking at a file.',
  types: () => [BackupPlanType, BackupRejectedType] as const,
  resolveType: (value) => ('code' in value ? BackupRejectedType : BackupPlanType),
});

@ObjectType('BackupUpload', { description: 'A backup file on its way in, or arrived.' })
export class BackupUploadType {
  @Field(() => ID, { description: 'Id of the upload.' }) id!: string;
  @Field(() => Float, { description: 'Bytes that have arrived.' }) receivedBytes!: number;
  @Field(() => Float, { nullable: true, description: 'Bytes of the whole file, where known.' })
  size!: number | null;
  @Field({ description: 'Whether all of it has arrived.' }) complete!: boolean;
  @Field({ description: 'When it is removed.' }) expiresAt!: Date;
  @Field(() => BackupRejectedType, {
    nullable: true,
    description: 'What can be seen to be wrong with it before any password.',
  })
  rejected!: BackupRejectedType | null;
}

@InputType('ExportBackupInput', { description: 'A backup to be written.' })
export class ExportBackupInput {
  @Field(() => ID, { description: 'Id of the unit.' }) unitId!: string;
  @Field({ description: 'Encrypts the file; at least 4 characters. It is kept nowhere.' }) password!: string;
  @Field(() => String, { nullable: true, description: 'Stands in the header; at most 1,000 characters.' })
  note?: string | null;
}

@InputType('ValidateBackupInput', { description: 'An uploaded file to be read.' })
export class ValidateBackupInput {
  @Field(() => ID, { description: 'Id of the unit.' }) unitId!: string;
  @Field(() => ID, { description: 'Id of the upload.' }) uploadId!: string;
  @Field({ description: 'Opens the file. It is kept nowhere.' }) password!: string;
}

@InputType('ImportBackupInput', { description: 'A plan to be carried out.' })
export class ImportBackupInput {
  @Field(() => ID, { description: 'Id of the plan.' }) planId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The name of the unit, where the plan warns OTHER_UNIT.',
  })
  confirmUnitName?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The client’s own id of this import: sent again, it answers the same job.',
  })
  idempotencyKey?: string | null;
}
