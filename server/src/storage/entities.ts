import { ApiTokenEntity } from '../access/api-token.entity';
import { AttemptEntity } from '../access/attempt.entity';
import { AuditEntity } from '../access/audit.entity';
import { OneTimeLinkEntity } from '../access/one-time-link.entity';
import { SessionEntity } from '../access/session.entity';
import { UserEntity } from '../access/user.entity';
import {
  BackupPlanEntity,
  BackupPlanEntryEntity,
  BackupRegisterEntity,
  BackupUploadEntity,
  BackupUploadPartEntity,
  GenerationLeaseEntity,
} from '../backup/backup.entity';
import { ChangeEntryEntity, ChangeSetEntity } from '../change/log/change-log.entity';
import { OperationEntity } from '../change/operation.entity';
import { ConfigKeyEntity } from '../configuration/config-key/config-key.entity';
import { PluginEntity, PluginMappingEntity } from '../configuration/plugin/plugin.entity';
import { ProfileEntity, ProfileWorkspaceEntity } from '../configuration/profile/profile.entity';
import { ApplicationEntity, WorkspaceEntity } from '../configuration/workspace/workspace.entity';
import { JobEntity } from '../job/job.entity';
import { ActiveSafeModeEntity, SafeModeEntity, SafeModePresenceEntity } from '../safe-mode/safe-mode.entity';
import { ServerProcessEntity } from '../servers/server-process.entity';
import { GenerationEntity } from '../unit/generation.entity';
import { MembershipEntity } from '../unit/membership.entity';
import { UnitEntity } from '../unit/unit.entity';
import { InstallationEntity, ObjectRemovalEntity } from './storage.entity';

/** Every table. */
export const entities = [
  ActiveSafeModeEntity,
  ApiTokenEntity,
  ApplicationEntity,
  AttemptEntity,
  AuditEntity,
  BackupPlanEntity,
  BackupPlanEntryEntity,
  BackupRegisterEntity,
  BackupUploadEntity,
  BackupUploadPartEntity,
  ChangeEntryEntity,
  ChangeSetEntity,
  ConfigKeyEntity,
  GenerationEntity,
  GenerationLeaseEntity,
  InstallationEntity,
  JobEntity,
  MembershipEntity,
  ObjectRemovalEntity,
  OneTimeLinkEntity,
  OperationEntity,
  PluginEntity,
  PluginMappingEntity,
  ProfileEntity,
  ProfileWorkspaceEntity,
  SafeModeEntity,
  SafeModePresenceEntity,
  ServerProcessEntity,
  SessionEntity,
  UnitEntity,
  UserEntity,
  WorkspaceEntity,
];
