/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };

/** Somebody to be added to a unit. */
export type AddMemberInput = {
  /** E-mail. A known one gets the membership only. */
  email: string;
  /** Name of a new account; a known one keeps its own. */
  name: string;
  /** Of a new account, at least 8 characters; left out: invited by link. Not with a known e-mail. */
  password?: string | null | undefined;
  /** What the user may do in the unit. */
  role: Role;
  /** Id of the unit. */
  unitId: string;
};

/** An application of a workspace. A known id is the same application, no id a new one. */
export type ApplicationInput = {
  /** Area of the layout. */
  area: string;
  /** Its whole configuration; stays if left out. */
  configuration?: unknown;
  /** The application; none for a new one. */
  id?: string | null | undefined;
  /** Its plugin; never changes. */
  pluginId: string;
  /** Place in the area; the last if left out. */
  position?: number | null | undefined;
};

/** A safe mode to apply for all users. */
export type ApplySafeModeInput = {
  /** The safe mode. */
  id: string;
  /** Revision that its owner reviewed; STALE_REVISION where it moved since. */
  revision: number;
};

/** Why the revision of a unit moved. */
export type ChangeCause =
  /** The unit was made. */
  | 'CREATED'
  /** Somebody edited it directly. */
  | 'EDIT'
  /** A backup was imported. */
  | 'IMPORT'
  /** A safe mode was applied for all. */
  | 'SAFE_MODE'
  /** An import or an applied safe mode was undone. */
  | 'UNDO';

/** The order of a list. */
export type ConfigKeyOrder = {
  /** Which end comes first. */
  direction?: SortDirection;
  /** What it is ordered by. */
  field: ConfigKeyOrderField;
};

/** What a list of this kind can be ordered by. */
export type ConfigKeyOrderField = 'KEY';

/** A kind of configuration. */
export type ConfigurationType = 'CONFIG_KEY' | 'PLUGIN' | 'PROFILE' | 'WORKSPACE';

/** New settings of an installed plugin; what is left out stays. */
export type ConfigurePluginInput = {
  /** Revision of the unit that the form was loaded at: CONFLICT when a touched field has moved since. */
  basedOnRevision?: number | null | undefined;
  /** Free-form JSON object; values of the manifest's `secretKeys` are encrypted at rest. */
  configuration?: unknown;
  /** Whether its applications run. */
  enabled?: boolean | null | undefined;
  /** The object. */
  id: string;
  /** Required action or portal → `{"bundle": …, "name": …}` of the plugin that serves it. */
  mappings?: unknown;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Permission id → roles that have it. */
  permissions?: unknown;
  /** Unit whose configuration is changed. */
  unitId: string;
};

/** Why a change cannot be applied to the configuration as it is now. */
export type ConflictCode =
  /** What is to be removed is no longer as it was. */
  | 'DELETE_OF_CHANGED'
  /** It needs something whose creation is itself left out. */
  | 'DEPENDENCY_REMOVED'
  /** The live field is neither as it was nor as it is to be. */
  | 'FIELD_CHANGED'
  /** The object would not be valid. */
  | 'INVALID'
  /** What is to be removed is in use, and the uses were not to be dropped. */
  | 'IN_USE'
  /** Another object has the profile name or the bundle, live or in the same safe mode. */
  | 'NAME_TAKEN'
  /** Live objects have begun to use what is to be removed. */
  | 'REFERENCE_GAINED'
  /** It would point at something that does not exist. */
  | 'REFERENCE_MISSING'
  /** What is to be changed or removed is no longer live. */
  | 'TARGET_MISSING'
  /** A backup was imported since. */
  | 'UNIT_REPLACED';

/** A token to make. */
export type CreateApiTokenInput = {
  /** From then on it is refused; left out: never. */
  expiresAt?: string | null | undefined;
  /** What to call it; 1 to 200 characters. */
  name: string;
  /** At most the caller’s own role in the unit. */
  role: Role;
  /** The unit that it is for. */
  unitId: string;
};

/** A profile to create. */
export type CreateProfileInput = {
  /** Name, unique in the unit. */
  name: string;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Roles that may see it; none: admins only. */
  roles: Array<Role>;
  /** Unit whose configuration is changed. */
  unitId: string;
  /** Its workspaces, in order. */
  workspaceIds: Array<string>;
};

/** A workspace to create. The caller becomes its owner. */
export type CreateWorkspaceInput = {
  /** Its applications. */
  applications?: Array<ApplicationInput> | null | undefined;
  /** Initials and colour, or a picture. */
  icon?: unknown;
  /** Layout; `single` if left out. */
  layout?: string | null | undefined;
  /** Name. */
  name: string;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Profiles that show it: a shorthand that adds it to, or removes it from, those profiles. Admins only. */
  profileIds?: Array<string> | null | undefined;
  /** Whether others see it too. */
  shared?: boolean | null | undefined;
  /** Unit whose configuration is changed. */
  unitId: string;
};

/** An object to delete. */
export type DeleteInput = {
  /** Revision of the unit that the form was loaded at: CONFLICT when a touched field has moved since. */
  basedOnRevision?: number | null | undefined;
  /** Drop the references to it instead of refusing. */
  detach?: boolean | null | undefined;
  /** The object. */
  id: string;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Unit whose configuration is changed. */
  unitId: string;
};

/** What becomes of changes that need the one that is taken out. */
export type DependentsMode =
  /** They are taken out too. */
  | 'CASCADE'
  /** They stay, without their reference to it. */
  | 'DETACH'
  /** They are named, and nothing is taken out. */
  | 'REFUSE';

/** A backup to be written. */
export type ExportBackupInput = {
  /** Stands in the header; at most 1,000 characters. */
  note?: string | null | undefined;
  /** Encrypts the file; at least 4 characters. It is kept nowhere. */
  password: string;
  /** Id of the unit. */
  unitId: string;
};

/** A plan to be carried out. */
export type ImportBackupInput = {
  /** The name of the unit, where the plan warns OTHER_UNIT. */
  confirmUnitName?: string | null | undefined;
  /** The client’s own id of this import: sent again, it answers the same job. */
  idempotencyKey?: string | null | undefined;
  /** Id of the plan. */
  planId: string;
};

/** A plugin to install, by its manifest or the address of it. */
export type InstallPluginInput = {
  /** Free-form JSON object; values of the manifest's `secretKeys` are encrypted at rest. */
  configuration?: unknown;
  /** Whether its applications run. */
  enabled?: boolean | null | undefined;
  /** The manifest; or give manifestUrl. */
  manifest?: unknown;
  /** Address that the manifest is fetched from, once. */
  manifestUrl?: string | null | undefined;
  /** Required action or portal → `{"bundle": …, "name": …}` of the plugin that serves it. */
  mappings?: unknown;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Permission id → roles that have it. */
  permissions?: unknown;
  /** Unit whose configuration is changed. */
  unitId: string;
};

/** What a job does. */
export type JobKind =
  /** Writes a backup. */
  | 'EXPORT'
  /** Carries out a plan. */
  | 'IMPORT'
  /** Goes back to what an import replaced. */
  | 'UNDO_IMPORT'
  /** Reads an uploaded backup and plans its import. */
  | 'VALIDATE';

/** How far a job is. */
export type JobState =
  /** Was stopped on request; nothing was changed. */
  | 'CANCELLED'
  /** Has done what it was to do. */
  | 'DONE'
  /** Has ended with an error; nothing was changed. */
  | 'FAILED'
  /** Waits for its turn. */
  | 'QUEUED'
  /** Is being worked on. */
  | 'RUNNING';

/** What an import would do with an object. */
export type PlanChange = 'ADDED' | 'CHANGED' | 'REMOVED';

/** The order of a list. */
export type PluginOrder = {
  /** Which end comes first. */
  direction?: SortDirection;
  /** What it is ordered by. */
  field: PluginOrderField;
};

/** What a list of this kind can be ordered by. */
export type PluginOrderField = 'BUNDLE' | 'NAME';

/** The order of a list. */
export type ProfileOrder = {
  /** Which end comes first. */
  direction?: SortDirection;
  /** What it is ordered by. */
  field: ProfileOrderField;
};

/** What a list of this kind can be ordered by. */
export type ProfileOrderField = 'NAME';

/** A config key to remove. */
export type RemoveConfigKeyInput = {
  /** Revision of the unit that the form was loaded at: CONFLICT when a touched field has moved since. */
  basedOnRevision?: number | null | undefined;
  /** The key. */
  key: string;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Unit whose configuration is changed. */
  unitId: string;
};

/** A change to take out of a safe mode. */
export type RemoveSafeModeTaskInput = {
  /** What becomes of changes that need it. */
  dependents?: DependentsMode | null | undefined;
  /** The safe mode. */
  safeModeId: string;
  /** The change. */
  taskId: string;
};

/** A way out of a conflict, besides removing its task. */
export type Resolution =
  /** Drop the reference that is in the way. */
  | 'DETACH'
  /** Go on with what was recorded. */
  | 'MINE'
  /** Create the object again, with the recorded changes. */
  | 'RECREATE'
  /** Find all targets again in the imported configuration, for the whole safe mode. */
  | 'REMATCH'
  /** Leave the field as it is live. */
  | 'THEIRS'
  /** Enter another value; for NAME_TAKEN another name. */
  | 'VALUE';

/** The answer to one conflict, as its owner saw it. */
export type ResolveSafeModeConflictInput = {
  /** The conflict; STALE_REVISION where it does not stand any more. */
  conflictId: string;
  /** One of its ways out. */
  resolution: Resolution;
  /** The safe mode. */
  safeModeId: string;
  /** The value, or name, of VALUE. */
  value?: unknown;
};

/** What a member may do in a unit. */
export type Role =
  /** Changes everything, sees everything. */
  | 'ADMIN'
  /** Creates and edits shared workspaces and own ones. */
  | 'POWER_USER'
  /** Looks, and changes nothing at all. */
  | 'READONLY'
  /** Uses workspaces. */
  | 'USER';

/** What somebody is to a safe mode. */
export type SafeModeRelation =
  /** They started it, and only they change it. */
  | 'OWNER'
  /** They only look at it. */
  | 'PREVIEW';

/** What has become of a safe mode. */
export type SafeModeStatus =
  /** Its changes were executed for everybody. */
  | 'APPLIED'
  /** It was deleted. */
  | 'DISCARDED'
  /** Its changes wait to be applied or deleted. */
  | 'OPEN';

/** A config key to add or change; what is left out of a change stays. */
export type SetConfigKeyInput = {
  /** Revision of the unit that the form was loaded at: CONFLICT when a touched field has moved since. */
  basedOnRevision?: number | null | undefined;
  /** What it is for; null takes it away. */
  description?: string | null | undefined;
  /** The key. Another spelling is another key. */
  key: string;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Whether the value is a secret. */
  secret?: boolean | null | undefined;
  /** Unit whose configuration is changed. */
  unitId: string;
  /** The value: any JSON but null. */
  value?: unknown;
};

/** The first admin and the first unit. */
export type SetUpInput = {
  /** E-mail of the first admin. */
  email: string;
  /** Name of the first admin. */
  name: string;
  /** At least 8 characters. */
  password: string;
  /** Whether the unit is filled with the sample. */
  sampleUnit?: boolean | null | undefined;
  /** The one-time token of the link that the server prints when it starts. */
  token: string;
  /** Name of the first unit. */
  unitName: string;
};

/** Which end of a list comes first. */
export type SortDirection = 'ASCENDING' | 'DESCENDING';

/** A safe mode to start. */
export type StartSafeModeInput = {
  /** Its name, at most 120 characters; left out, it is made of user and time. */
  name?: string | null | undefined;
  /** The client's own id of this operation: a resend starts nothing twice. */
  operationId?: string | null | undefined;
  /** Unit whose changes are to be recorded. */
  unitId: string;
};

/** What happens to an object. */
export type TaskOperation = 'CREATE' | 'DELETE' | 'UPDATE';

/** What to change of a member; what is left out stays. */
export type UpdateMemberInput = {
  /** Whether the account may sign in at all: for organisation admins, or the admin of its only unit. */
  active?: boolean | null | undefined;
  /** What the user may do in the unit. */
  role?: Role | null | undefined;
  /** Id of the unit. */
  unitId: string;
  /** Id of the user. */
  userId: string;
};

/** A new manifest of an installed plugin; the bundle stays. */
export type UpdatePluginInput = {
  /** Revision of the unit that the form was loaded at: CONFLICT when a touched field has moved since. */
  basedOnRevision?: number | null | undefined;
  /** The object. */
  id: string;
  /** The manifest; or give manifestUrl. */
  manifest?: unknown;
  /** Address that the manifest is fetched from, once. */
  manifestUrl?: string | null | undefined;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Unit whose configuration is changed. */
  unitId: string;
};

/** Changes to a profile; what is left out stays. */
export type UpdateProfileInput = {
  /** Revision of the unit that the form was loaded at: CONFLICT when a touched field has moved since. */
  basedOnRevision?: number | null | undefined;
  /** The object. */
  id: string;
  /** New name. */
  name?: string | null | undefined;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** All roles that may see it. */
  roles?: Array<Role> | null | undefined;
  /** Unit whose configuration is changed. */
  unitId: string;
  /** All its workspaces, in order. */
  workspaceIds?: Array<string> | null | undefined;
};

/** Changes to a workspace; what is left out stays. */
export type UpdateWorkspaceInput = {
  /** All its applications; absent ones are removed. */
  applications?: Array<ApplicationInput> | null | undefined;
  /** Revision of the unit that the form was loaded at: CONFLICT when a touched field has moved since. */
  basedOnRevision?: number | null | undefined;
  /** Initials and colour, or a picture. Null takes it away. */
  icon?: unknown;
  /** The object. */
  id: string;
  /** New layout. */
  layout?: string | null | undefined;
  /** New name. */
  name?: string | null | undefined;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null | undefined;
  /** Profiles that show it: a shorthand that adds it to, or removes it from, those profiles. Admins only. */
  profileIds?: Array<string> | null | undefined;
  /** Whether others see it too. */
  shared?: boolean | null | undefined;
  /** Unit whose configuration is changed. */
  unitId: string;
};

/** An uploaded file to be read. */
export type ValidateBackupInput = {
  /** Opens the file. It is kept nowhere. */
  password: string;
  /** Id of the unit. */
  unitId: string;
  /** Id of the upload. */
  uploadId: string;
};

/** The order of a list. */
export type WorkspaceOrder = {
  /** Which end comes first. */
  direction?: SortDirection;
  /** What it is ordered by. */
  field: WorkspaceOrderField;
};

/** What a list of this kind can be ordered by. */
export type WorkspaceOrderField = 'NAME';

export type ChangePasswordMutationVariables = Exact<{
  current: string;
  password: string;
}>;

export type ChangePasswordMutation = { changePassword: boolean };

export type ApiTokensQueryVariables = Exact<{ [key: string]: never }>;

export type ApiTokensQuery = {
  viewer: {
    id: string;
    apiTokens: Array<{
      id: string;
      name: string;
      role: Role;
      createdAt: string;
      expiresAt: string | null;
      lastUsedAt: string | null;
      unit: { id: string; name: string };
    }>;
  } | null;
};

export type CreateApiTokenMutationVariables = Exact<{
  input: CreateApiTokenInput;
}>;

export type CreateApiTokenMutation = {
  createApiToken: { secret: string; token: { id: string; name: string } };
};

export type RevokeApiTokenMutationVariables = Exact<{
  id: string;
}>;

export type RevokeApiTokenMutation = { revokeApiToken: boolean };

export type BackupJobFragment = {
  id: string;
  kind: JobKind;
  state: JobState;
  stage: string | null;
  progress: number;
  rows: number;
  fileName: string | null;
  bytes: number | null;
  downloadUrl: string | null;
  downloadableUntil: string | null;
  undoableUntil: string | null;
  createdAt: string;
  finishedAt: string | null;
  startedBy: { id: string; name: string };
  error: { code: string; message: string } | null;
};

export type BackupRejectionFragment = {
  code: string;
  message: string;
  problemCount: number;
  problems: Array<{
    code: string;
    message: string;
    section: string | null;
    line: number | null;
    name: string | null;
    field: string | null;
  }>;
};

export type BackupCountsOfAllFragment = {
  plugins: number;
  workspaces: number;
  applications: number;
  profiles: number;
  configKeys: number;
};

export type BackupJobsQueryVariables = Exact<{
  unitId: string;
}>;

export type BackupJobsQuery = {
  unit: {
    id: string;
    revision: number;
    exports: Array<{
      id: string;
      kind: JobKind;
      state: JobState;
      stage: string | null;
      progress: number;
      rows: number;
      fileName: string | null;
      bytes: number | null;
      downloadUrl: string | null;
      downloadableUntil: string | null;
      undoableUntil: string | null;
      createdAt: string;
      finishedAt: string | null;
      startedBy: { id: string; name: string };
      error: { code: string; message: string } | null;
    }>;
    validations: Array<{
      id: string;
      kind: JobKind;
      state: JobState;
      stage: string | null;
      progress: number;
      rows: number;
      fileName: string | null;
      bytes: number | null;
      downloadUrl: string | null;
      downloadableUntil: string | null;
      undoableUntil: string | null;
      createdAt: string;
      finishedAt: string | null;
      validation:
        | { __typename: 'BackupPlan'; id: string; unitRevision: number }
        | { __typename: 'BackupRejected' }
        | null;
      startedBy: { id: string; name: string };
      error: { code: string; message: string } | null;
    }>;
    imports: Array<{
      id: string;
      kind: JobKind;
      state: JobState;
      stage: string | null;
      progress: number;
      rows: number;
      fileName: string | null;
      bytes: number | null;
      downloadUrl: string | null;
      downloadableUntil: string | null;
      undoableUntil: string | null;
      createdAt: string;
      finishedAt: string | null;
      startedBy: { id: string; name: string };
      error: { code: string; message: string } | null;
    }>;
    undos: Array<{
      id: string;
      kind: JobKind;
      state: JobState;
      stage: string | null;
      progress: number;
      rows: number;
      fileName: string | null;
      bytes: number | null;
      downloadUrl: string | null;
      downloadableUntil: string | null;
      undoableUntil: string | null;
      createdAt: string;
      finishedAt: string | null;
      validation: { __typename: 'BackupPlan' } | { __typename: 'BackupRejected' } | null;
      startedBy: { id: string; name: string };
      error: { code: string; message: string } | null;
    }>;
  } | null;
};

export type BackupJobProgressSubscriptionVariables = Exact<{
  id: string;
}>;

export type BackupJobProgressSubscription = {
  job: {
    id: string;
    kind: JobKind;
    state: JobState;
    stage: string | null;
    progress: number;
    rows: number;
    fileName: string | null;
    bytes: number | null;
    downloadUrl: string | null;
    downloadableUntil: string | null;
    undoableUntil: string | null;
    createdAt: string;
    finishedAt: string | null;
    startedBy: { id: string; name: string };
    error: { code: string; message: string } | null;
  };
};

export type CancelBackupJobMutationVariables = Exact<{
  id: string;
}>;

export type CancelBackupJobMutation = { cancelJob: { id: string } };

export type ExportBackupMutationVariables = Exact<{
  input: ExportBackupInput;
}>;

export type ExportBackupMutation = { exportBackup: { id: string } };

export type BackupUploadQueryVariables = Exact<{
  id: string;
}>;

export type BackupUploadQuery = {
  backupUpload: {
    id: string;
    rejected: {
      code: string;
      message: string;
      problemCount: number;
      problems: Array<{
        code: string;
        message: string;
        section: string | null;
        line: number | null;
        name: string | null;
        field: string | null;
      }>;
    } | null;
  } | null;
};

export type ValidateBackupMutationVariables = Exact<{
  input: ValidateBackupInput;
}>;

export type ValidateBackupMutation = { validateBackup: { id: string } };

export type BackupValidationQueryVariables = Exact<{
  jobId: string;
}>;

export type BackupValidationQuery = {
  job: {
    id: string;
    validation:
      | {
          __typename: 'BackupPlan';
          id: string;
          header: unknown;
          unitRevision: number;
          counts: {
            plugins: number;
            workspaces: number;
            applications: number;
            profiles: number;
            configKeys: number;
          };
          added: {
            plugins: number;
            workspaces: number;
            applications: number;
            profiles: number;
            configKeys: number;
          };
          removed: {
            plugins: number;
            workspaces: number;
            applications: number;
            profiles: number;
            configKeys: number;
          };
          changed: {
            plugins: number;
            workspaces: number;
            applications: number;
            profiles: number;
            configKeys: number;
          };
          same: {
            plugins: number;
            workspaces: number;
            applications: number;
            profiles: number;
            configKeys: number;
          };
          warnings: Array<{
            code: string;
            message: string;
            section: string | null;
            line: number | null;
            name: string | null;
            field: string | null;
          }>;
          affectedSafeModes: Array<{
            id: string;
            name: string;
            taskCount: number;
            owner: { id: string; name: string };
          }>;
        }
      | {
          __typename: 'BackupRejected';
          code: string;
          message: string;
          problemCount: number;
          problems: Array<{
            code: string;
            message: string;
            section: string | null;
            line: number | null;
            name: string | null;
            field: string | null;
          }>;
        }
      | null;
  } | null;
};

export type BackupPlanEntriesQueryVariables = Exact<{
  jobId: string;
  type: ConfigurationType;
  change: PlanChange;
}>;

export type BackupPlanEntriesQuery = {
  job: {
    id: string;
    validation:
      | {
          __typename: 'BackupPlan';
          id: string;
          entries: Array<{
            id: string;
            name: string;
            fields: Array<{ path: string; from: unknown; to: unknown; masked: boolean }>;
          }>;
        }
      | Record<PropertyKey, never>
      | null;
  } | null;
};

export type ImportBackupMutationVariables = Exact<{
  input: ImportBackupInput;
}>;

export type ImportBackupMutation = { importBackup: { id: string } };

export type UndoImportMutationVariables = Exact<{
  jobId: string;
}>;

export type UndoImportMutation = { undoImport: { id: string } };

export type ConfigKeysQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
  orderBy?: ConfigKeyOrder | null | undefined;
}>;

export type ConfigKeysQuery = {
  unit: {
    id: string;
    revision: number;
    configKeys: {
      totalCount: number;
      nodes: Array<{
        id: string;
        key: string;
        description: string | null;
        secret: boolean;
        preview: string | null;
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type ConfigKeyQueryVariables = Exact<{
  unitId: string;
  key: string;
}>;

export type ConfigKeyQuery = {
  unit: {
    id: string;
    revision: number;
    configKey: { id: string; key: string; description: string | null; secret: boolean } | null;
  } | null;
};

export type ConfigKeyValueQueryVariables = Exact<{
  unitId: string;
  key: string;
}>;

export type ConfigKeyValueQuery = {
  unit: { id: string; revision: number; configKey: { id: string; value: unknown } | null } | null;
};

export type SetConfigKeyMutationVariables = Exact<{
  input: SetConfigKeyInput;
}>;

export type SetConfigKeyMutation = {
  setConfigKey: {
    configKey: { id: string };
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type RemoveConfigKeyMutationVariables = Exact<{
  input: RemoveConfigKeyInput;
}>;

export type RemoveConfigKeyMutation = {
  removeConfigKey: {
    id: string;
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type HistoryLineFragment = {
  id: string;
  revision: number;
  cause: ChangeCause;
  at: string;
  operation: TaskOperation;
  safeMode: { id: string; name: string } | null;
  by: { id: string; name: string } | null;
  target: { type: ConfigurationType; id: string; name: string };
};

export type HistoryQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  type?: ConfigurationType | null | undefined;
  objectId?: string | null | undefined;
  operation?: TaskOperation | null | undefined;
  by?: string | null | undefined;
  cause?: ChangeCause | null | undefined;
  since?: string | null | undefined;
  until?: string | null | undefined;
}>;

export type HistoryQuery = {
  unit: {
    id: string;
    revision: number;
    history: {
      totalCount: number;
      nodes: Array<{
        id: string;
        revision: number;
        cause: ChangeCause;
        at: string;
        operation: TaskOperation;
        safeMode: { id: string; name: string } | null;
        by: { id: string; name: string } | null;
        target: { type: ConfigurationType; id: string; name: string };
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type HistoryAuthorsQueryVariables = Exact<{
  unitId: string;
}>;

export type HistoryAuthorsQuery = {
  unit: { id: string; historyAuthors: Array<{ id: string; name: string }> } | null;
};

export type HistoryEntryQueryVariables = Exact<{
  unitId: string;
  id: string;
}>;

export type HistoryEntryQuery = {
  unit: {
    id: string;
    historyEntry: {
      id: string;
      revision: number;
      cause: ChangeCause;
      at: string;
      operation: TaskOperation;
      changes: Array<{ path: string; from: unknown; to: unknown; masked: boolean }>;
      safeMode: { id: string; name: string } | null;
      by: { id: string; name: string } | null;
      target: { type: ConfigurationType; id: string; name: string };
    } | null;
  } | null;
};

export type PluginsQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
  orderBy?: PluginOrder | null | undefined;
}>;

export type PluginsQuery = {
  unit: {
    id: string;
    revision: number;
    plugins: {
      totalCount: number;
      nodes: Array<{
        id: string;
        bundle: string;
        name: string;
        version: string;
        enabled: boolean;
        manifest: unknown;
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type PluginRowFragment = {
  id: string;
  bundle: string;
  name: string;
  version: string;
  enabled: boolean;
  manifest: unknown;
};

export type PluginQueryVariables = Exact<{
  unitId: string;
  id: string;
}>;

export type PluginQuery = {
  unit: {
    id: string;
    revision: number;
    plugin: {
      manifestUrl: string | null;
      permissions: unknown;
      mappings: unknown;
      id: string;
      bundle: string;
      name: string;
      version: string;
      enabled: boolean;
      manifest: unknown;
    } | null;
  } | null;
};

export type ManifestAtQueryVariables = Exact<{
  unitId: string;
  url: string;
}>;

export type ManifestAtQuery = { unit: { id: string; manifestAt: unknown } | null };

export type PluginConfigurationQueryVariables = Exact<{
  unitId: string;
  id: string;
}>;

export type PluginConfigurationQuery = {
  unit: { id: string; revision: number; plugin: { id: string; configuration: unknown } | null } | null;
};

export type InstallPluginMutationVariables = Exact<{
  input: InstallPluginInput;
}>;

export type InstallPluginMutation = {
  installPlugin: {
    plugin: { id: string; name: string; version: string };
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type UpdatePluginMutationVariables = Exact<{
  input: UpdatePluginInput;
}>;

export type UpdatePluginMutation = {
  updatePlugin: {
    plugin: { id: string; name: string; version: string };
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type ConfigurePluginMutationVariables = Exact<{
  input: ConfigurePluginInput;
}>;

export type ConfigurePluginMutation = {
  configurePlugin: {
    plugin: { id: string };
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type RemovePluginMutationVariables = Exact<{
  input: DeleteInput;
}>;

export type RemovePluginMutation = {
  removePlugin: {
    id: string;
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type ProfilesQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
  orderBy?: ProfileOrder | null | undefined;
}>;

export type ProfilesQuery = {
  unit: {
    id: string;
    revision: number;
    profiles: {
      totalCount: number;
      nodes: Array<{
        id: string;
        name: string;
        roles: Array<Role>;
        workspaces: Array<{ id: string; name: string }>;
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type ProfileQueryVariables = Exact<{
  unitId: string;
  id: string;
}>;

export type ProfileQuery = {
  unit: {
    id: string;
    revision: number;
    profile: {
      id: string;
      name: string;
      roles: Array<Role>;
      workspaces: Array<{ id: string; name: string }>;
    } | null;
  } | null;
};

export type WorkspaceChoicesQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;

export type WorkspaceChoicesQuery = {
  unit: {
    id: string;
    workspaces: {
      nodes: Array<{ id: string; name: string; icon: unknown; shared: boolean }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type CreateProfileMutationVariables = Exact<{
  input: CreateProfileInput;
}>;

export type CreateProfileMutation = {
  createProfile: {
    profile: { id: string };
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;

export type UpdateProfileMutation = {
  updateProfile: {
    profile: { id: string };
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type DeleteProfileMutationVariables = Exact<{
  input: DeleteInput;
}>;

export type DeleteProfileMutation = {
  deleteProfile: {
    id: string;
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type SafeModeRowFragment = {
  id: string;
  unitId: string;
  name: string;
  status: SafeModeStatus;
  revision: number;
  unreadable: boolean;
  deletable: boolean;
  relation: SafeModeRelation;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  taskCount: number;
  conflictCount: number;
  owner: { id: string; name: string };
  closedBy: { id: string; name: string } | null;
};

export type ConflictFactsFragment = {
  id: string;
  taskId: string | null;
  code: ConflictCode;
  message: string;
  path: string | null;
  base: unknown;
  mine: unknown;
  live: unknown;
  masked: boolean;
  liveChangedAt: string | null;
  resolutions: Array<Resolution>;
  derived: boolean;
  because: Array<string>;
  liveChangedBy: { id: string; name: string } | null;
  referrers: Array<{ type: ConfigurationType; id: string; name: string }>;
};

export type SafeModeTaskRowFragment = {
  id: string;
  operation: TaskOperation;
  summary: string;
  recordedAt: string;
  target: { type: ConfigurationType; id: string; name: string };
  changes: Array<{ path: string; from: unknown; to: unknown; masked: boolean }>;
  conflicts: Array<{
    id: string;
    taskId: string | null;
    code: ConflictCode;
    message: string;
    path: string | null;
    base: unknown;
    mine: unknown;
    live: unknown;
    masked: boolean;
    liveChangedAt: string | null;
    resolutions: Array<Resolution>;
    derived: boolean;
    because: Array<string>;
    liveChangedBy: { id: string; name: string } | null;
    referrers: Array<{ type: ConfigurationType; id: string; name: string }>;
  }>;
};

export type OpenSafeModesQueryVariables = Exact<{
  unitId: string;
}>;

export type OpenSafeModesQuery = {
  unit: {
    id: string;
    safeModes: Array<{
      id: string;
      unitId: string;
      name: string;
      status: SafeModeStatus;
      revision: number;
      unreadable: boolean;
      deletable: boolean;
      relation: SafeModeRelation;
      createdAt: string;
      updatedAt: string;
      closedAt: string | null;
      taskCount: number;
      conflictCount: number;
      owner: { id: string; name: string };
      closedBy: { id: string; name: string } | null;
    }>;
  } | null;
};

export type AppliedSafeModesQueryVariables = Exact<{
  unitId: string;
  first: number;
  after?: string | null | undefined;
}>;

export type AppliedSafeModesQuery = {
  unit: {
    id: string;
    safeModes: Array<{
      id: string;
      name: string;
      createdAt: string;
      closedAt: string | null;
      taskCount: number;
      closedBy: { id: string; name: string } | null;
    }>;
  } | null;
};

export type SafeModeChangesQueryVariables = Exact<{
  id: string;
}>;

export type SafeModeChangesQuery = {
  safeMode: {
    id: string;
    unitId: string;
    name: string;
    status: SafeModeStatus;
    revision: number;
    unreadable: boolean;
    deletable: boolean;
    relation: SafeModeRelation;
    createdAt: string;
    updatedAt: string;
    closedAt: string | null;
    taskCount: number;
    conflictCount: number;
    tasks: Array<{
      id: string;
      operation: TaskOperation;
      summary: string;
      recordedAt: string;
      target: { type: ConfigurationType; id: string; name: string };
      changes: Array<{ path: string; from: unknown; to: unknown; masked: boolean }>;
      conflicts: Array<{
        id: string;
        taskId: string | null;
        code: ConflictCode;
        message: string;
        path: string | null;
        base: unknown;
        mine: unknown;
        live: unknown;
        masked: boolean;
        liveChangedAt: string | null;
        resolutions: Array<Resolution>;
        derived: boolean;
        because: Array<string>;
        liveChangedBy: { id: string; name: string } | null;
        referrers: Array<{ type: ConfigurationType; id: string; name: string }>;
      }>;
    }>;
    owner: { id: string; name: string };
    closedBy: { id: string; name: string } | null;
  } | null;
};

export type SafeModeWithoutChangesQueryVariables = Exact<{
  id: string;
}>;

export type SafeModeWithoutChangesQuery = {
  safeMode: {
    id: string;
    unitId: string;
    name: string;
    status: SafeModeStatus;
    revision: number;
    unreadable: boolean;
    deletable: boolean;
    relation: SafeModeRelation;
    createdAt: string;
    updatedAt: string;
    closedAt: string | null;
    taskCount: number;
    conflictCount: number;
    owner: { id: string; name: string };
    closedBy: { id: string; name: string } | null;
  } | null;
};

export type NamedWorkspacesQueryVariables = Exact<{
  unitId: string;
  after?: string | null | undefined;
}>;

export type NamedWorkspacesQuery = {
  unit: {
    id: string;
    workspaces: {
      nodes: Array<{
        id: string;
        name: string;
        applications: Array<{ id: string; plugin: { id: string; name: string } }>;
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type NamedPluginsQueryVariables = Exact<{
  unitId: string;
  after?: string | null | undefined;
}>;

export type NamedPluginsQuery = {
  unit: {
    id: string;
    plugins: {
      nodes: Array<{ id: string; name: string }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type StartSafeModeMutationVariables = Exact<{
  input: StartSafeModeInput;
}>;

export type StartSafeModeMutation = {
  startSafeMode: {
    id: string;
    unitId: string;
    name: string;
    revision: number;
    taskCount: number;
    conflictCount: number;
    relation: SafeModeRelation;
    owner: { id: string; name: string };
  };
};

export type UndoSafeModeMutationVariables = Exact<{
  id: string;
}>;

export type UndoSafeModeMutation = { undoSafeMode: { id: string; name: string } };

export type RemoveSafeModeTaskMutationVariables = Exact<{
  input: RemoveSafeModeTaskInput;
}>;

export type RemoveSafeModeTaskMutation = {
  removeSafeModeTask:
    | { __typename: 'SafeModeTaskHasDependents'; dependents: Array<{ id: string; summary: string }> }
    | { __typename: 'SafeModeTaskRemoved'; removedTaskIds: Array<string> };
};

export type ResolveSafeModeConflictMutationVariables = Exact<{
  input: ResolveSafeModeConflictInput;
}>;

export type ResolveSafeModeConflictMutation = { resolveSafeModeConflict: { id: string; revision: number } };

export type RenameSafeModeMutationVariables = Exact<{
  id: string;
  name: string;
}>;

export type RenameSafeModeMutation = { renameSafeMode: { id: string; name: string } };

export type DeleteSafeModeMutationVariables = Exact<{
  id: string;
}>;

export type DeleteSafeModeMutation = { deleteSafeMode: boolean };

export type ApplySafeModeMutationVariables = Exact<{
  input: ApplySafeModeInput;
}>;

export type ApplySafeModeMutation = {
  applySafeMode:
    | { taskCount: number; alreadyApplied: boolean }
    | { safeMode: { id: string }; conflicts: Array<{ id: string; message: string }> };
};

export type SafeModeBannerSubscriptionVariables = Exact<{
  unitId: string;
}>;

export type SafeModeBannerSubscription = {
  safeModeBanner: Array<{
    safeModeId: string;
    safeModeName: string;
    relation: SafeModeRelation;
    since: string;
    user: { id: string; name: string };
  }>;
};

export type SafeModeMarksQueryVariables = Exact<{
  id: string;
}>;

export type SafeModeMarksQuery = {
  safeMode: {
    id: string;
    revision: number;
    tasks: Array<{
      id: string;
      operation: TaskOperation;
      target: { type: ConfigurationType; id: string; name: string };
      conflicts: Array<{ id: string }>;
    }>;
  } | null;
};

export type ShellWorkspacesQueryVariables = Exact<{
  unitId: string;
  after?: string | null | undefined;
}>;

export type ShellWorkspacesQuery = {
  unit: {
    id: string;
    name: string;
    revision: number;
    workspaces: {
      nodes: Array<{ id: string; name: string; icon: unknown; shared: boolean }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type ShellProfilesQueryVariables = Exact<{
  unitId: string;
  after?: string | null | undefined;
}>;

export type ShellProfilesQuery = {
  unit: {
    id: string;
    profiles: {
      nodes: Array<{ id: string; name: string; workspaces: Array<{ id: string }> }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type MembersQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;

export type MembersQuery = {
  unit: {
    id: string;
    members: {
      totalCount: number;
      nodes: Array<{
        role: Role;
        active: boolean;
        invited: boolean;
        inviteUrl: string | null;
        inviteExpiresAt: string | null;
        manageable: boolean;
        lastAdmin: boolean;
        user: { id: string; name: string; email: string; organisationAdmin: boolean };
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type AddMemberMutationVariables = Exact<{
  input: AddMemberInput;
}>;

export type AddMemberMutation = {
  addMember: { inviteUrl: string | null; inviteExpiresAt: string | null; user: { id: string; name: string } };
};

export type UpdateMemberMutationVariables = Exact<{
  input: UpdateMemberInput;
}>;

export type UpdateMemberMutation = { updateMember: { role: Role; active: boolean } };

export type RemoveMemberMutationVariables = Exact<{
  unitId: string;
  userId: string;
}>;

export type RemoveMemberMutation = { removeMember: boolean };

export type ResetPasswordMutationVariables = Exact<{
  unitId: string;
  userId: string;
}>;

export type ResetPasswordMutation = { resetPassword: string };

export type WorkspacesQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
  orderBy?: WorkspaceOrder | null | undefined;
}>;

export type WorkspacesQuery = {
  unit: {
    id: string;
    revision: number;
    workspaces: {
      totalCount: number;
      nodes: Array<{
        id: string;
        name: string;
        icon: unknown;
        layout: string;
        shared: boolean;
        owner: { id: string; name: string } | null;
        profiles: Array<{ id: string; name: string }>;
        applications: Array<{ id: string }>;
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type WorkspaceQueryVariables = Exact<{
  unitId: string;
  id: string;
}>;

export type WorkspaceQuery = {
  unit: {
    id: string;
    revision: number;
    workspace: {
      id: string;
      name: string;
      icon: unknown;
      layout: string;
      shared: boolean;
      owner: { id: string; name: string } | null;
      profiles: Array<{ id: string; name: string }>;
      applications: Array<{
        id: string;
        area: string;
        position: number;
        configuration: unknown;
        plugin: {
          id: string;
          bundle: string;
          name: string;
          version: string;
          enabled: boolean;
          manifest: unknown;
        };
      }>;
    } | null;
  } | null;
};

export type PlacedApplicationFragment = {
  id: string;
  area: string;
  position: number;
  configuration: unknown;
  plugin: { id: string; bundle: string; name: string; version: string; enabled: boolean; manifest: unknown };
};

export type PlaceablePluginsQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;

export type PlaceablePluginsQuery = {
  unit: {
    id: string;
    plugins: {
      nodes: Array<{
        id: string;
        bundle: string;
        name: string;
        version: string;
        enabled: boolean;
        manifest: unknown;
      }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type CreateWorkspaceMutationVariables = Exact<{
  input: CreateWorkspaceInput;
}>;

export type CreateWorkspaceMutation = {
  createWorkspace: {
    workspace: { id: string };
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type UpdateWorkspaceMutationVariables = Exact<{
  input: UpdateWorkspaceInput;
}>;

export type UpdateWorkspaceMutation = {
  updateWorkspace: {
    workspace: { id: string };
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type DeleteWorkspaceMutationVariables = Exact<{
  input: DeleteInput;
}>;

export type DeleteWorkspaceMutation = {
  deleteWorkspace: {
    id: string;
    safeMode: { id: string; revision: number; taskCount: number; conflictCount: number } | null;
  };
};

export type ProfileChoicesQueryVariables = Exact<{
  unitId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;

export type ProfileChoicesQuery = {
  unit: {
    id: string;
    profiles: {
      nodes: Array<{ id: string; name: string }>;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  } | null;
};

export type ActiveSafeModeFragment = {
  id: string;
  unitId: string;
  name: string;
  revision: number;
  taskCount: number;
  conflictCount: number;
  relation: SafeModeRelation;
  owner: { id: string; name: string };
};

export type RecordedInFragment = { id: string; revision: number; taskCount: number; conflictCount: number };

export type ViewerSafeModeQueryVariables = Exact<{
  unitId: string;
}>;

export type ViewerSafeModeQuery = {
  viewer: {
    id: string;
    activeSafeMode: {
      id: string;
      unitId: string;
      name: string;
      revision: number;
      taskCount: number;
      conflictCount: number;
      relation: SafeModeRelation;
      owner: { id: string; name: string };
    } | null;
  } | null;
};

export type CheckSafeModeQueryVariables = Exact<{
  unitId: string;
  id: string;
}>;

export type CheckSafeModeQuery = {
  viewer: { id: string; activeSafeMode: { id: string } | null } | null;
  safeMode: {
    id: string;
    unitId: string;
    name: string;
    revision: number;
    taskCount: number;
    conflictCount: number;
    relation: SafeModeRelation;
    owner: { id: string; name: string };
  } | null;
  unit: { id: string; profiles: { totalCount: number } } | null;
};

export type EnterSafeModeMutationVariables = Exact<{
  id: string;
}>;

export type EnterSafeModeMutation = {
  enterSafeMode: {
    id: string;
    unitId: string;
    name: string;
    revision: number;
    taskCount: number;
    conflictCount: number;
    relation: SafeModeRelation;
    owner: { id: string; name: string };
  };
};

export type LeaveSafeModeMutationVariables = Exact<{
  unitId: string;
}>;

export type LeaveSafeModeMutation = { leaveSafeMode: boolean };

export type SessionQueryVariables = Exact<{ [key: string]: never }>;

export type SessionQuery = {
  viewer: {
    id: string;
    email: string;
    name: string;
    organisationAdmin: boolean;
    units: Array<{ role: Role; unit: { id: string; name: string; revision: number } }>;
  } | null;
  system: { version: string; environment: string; backupEnabled: boolean; needsSetUp: boolean };
};

export type SignInMutationVariables = Exact<{
  email: string;
  password: string;
}>;

export type SignInMutation = { signIn: { id: string } };

export type SignOutMutationVariables = Exact<{ [key: string]: never }>;

export type SignOutMutation = { signOut: boolean };

export type UnitChangedSubscriptionVariables = Exact<{
  unitId: string;
}>;

export type UnitChangedSubscription = {
  unitChanged: {
    unitId: string;
    revision: number;
    cause: ChangeCause;
    at: string;
    by: { id: string; name: string } | null;
  };
};

export type SetUpMutationVariables = Exact<{
  input: SetUpInput;
}>;

export type SetUpMutation = { setUp: { id: string } };

export type AcceptInvitationMutationVariables = Exact<{
  token: string;
  name: string;
  password: string;
}>;

export type AcceptInvitationMutation = { acceptInvitation: { id: string } };

export type CreateUnitMutationVariables = Exact<{
  name: string;
}>;

export type CreateUnitMutation = { createUnit: { id: string } };
