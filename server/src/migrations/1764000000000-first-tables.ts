import { type MigrationInterface, type QueryRunner } from 'typeorm';
import {
  big,
  boolean,
  createTable,
  double,
  id,
  integer,
  optional,
  string,
  type TableDescription,
  text,
  time,
} from './table';

const accounts: TableDescription[] = [
  {
    name: 'user',
    columns: {
      id,
      email: string(254),
      name: string(200),
      password_hash: optional(text),
      organisation_admin: boolean,
      active: boolean,
      created_at: time,
    },
    key: ['id'],
    unique: [['email']],
  },
  {
    name: 'session',
    columns: {
      id,
      token_hash: string(64),
      user_id: id,
      created_at: time,
      last_used_at: time,
      expires_at: time,
    },
    key: ['id'],
    unique: [['token_hash']],
    references: [{ columns: ['user_id'], table: 'user', to: ['id'] }],
  },
  {
    name: 'one_time_link',
    columns: {
      id,
      token_hash: string(64),
      user_id: id,
      purpose: string(16),
      sealed_token: string(500),
      created_at: time,
      expires_at: time,
    },
    key: ['id'],
    unique: [['token_hash']],
    references: [{ columns: ['user_id'], table: 'user', to: ['id'] }],
  },
  {
    name: 'attempt',
    columns: { subject: string(200), count: integer, window_ends_at: time },
    key: ['subject'],
  },
  {
    name: 'audit',
    columns: { id, at: time, event: string(40), user_id: optional(id), unit_id: optional(id), detail: text },
    key: ['id'],
    indexes: [['unit_id', 'at']],
  },
];

const units: TableDescription[] = [
  {
    name: 'unit',
    columns: {
      id,
      name: string(200),
      revision: integer,
      live_generation_id: id,
      created_at: time,
      last_cause: string(16),
      last_changed_by: optional(id),
      last_changed_at: time,
    },
    key: ['id'],
  },
  {
    name: 'membership',
    columns: { unit_id: id, user_id: id, role: string(16), created_at: time },
    key: ['unit_id', 'user_id'],
    indexes: [['user_id']],
    references: [
      { columns: ['unit_id'], table: 'unit', to: ['id'] },
      { columns: ['user_id'], table: 'user', to: ['id'] },
    ],
  },
  {
    name: 'api_token',
    columns: {
      id,
      token_hash: string(64),
      user_id: id,
      unit_id: id,
      name: string(200),
      role: string(16),
      created_at: time,
      expires_at: optional(time),
      last_used_at: optional(time),
    },
    key: ['id'],
    unique: [['token_hash']],
    references: [
      { columns: ['user_id'], table: 'user', to: ['id'] },
      { columns: ['unit_id'], table: 'unit', to: ['id'] },
    ],
  },
  {
    name: 'generation',
    columns: {
      id,
      unit_id: id,
      origin: string(16),
      state: string(16),
      job_id: optional(id),
      created_at: time,
      purge_after: optional(time),
    },
    key: ['id'],
    indexes: [['state']],
    references: [{ columns: ['unit_id'], table: 'unit', to: ['id'] }],
  },
  {
    name: 'generation_lease',
    columns: { generation_id: id, job_id: id },
    key: ['generation_id', 'job_id'],
  },
];

/** Keyed by generation throughout, so that nothing can point across units or generations. */
const content: TableDescription[] = [
  {
    name: 'plugin',
    columns: {
      generation_id: id,
      id,
      bundle: string(200),
      name_key: string(600),
      name: string(200),
      sort_key: string(600),
      manifest: text,
      manifest_url: optional(string(2000)),
      enabled: boolean,
      configuration: text,
      permissions: text,
    },
    key: ['generation_id', 'id'],
    unique: [['generation_id', 'name_key']],
    indexes: [['generation_id', 'sort_key', 'id']],
    references: [{ columns: ['generation_id'], table: 'generation', to: ['id'] }],
  },
  {
    name: 'plugin_mapping',
    columns: {
      generation_id: id,
      plugin_id: id,
      required: string(200),
      target_plugin_id: id,
      name: string(200),
    },
    key: ['generation_id', 'plugin_id', 'required'],
    indexes: [['generation_id', 'target_plugin_id']],
    references: [
      { columns: ['generation_id', 'plugin_id'], table: 'plugin', to: ['generation_id', 'id'] },
      { columns: ['generation_id', 'target_plugin_id'], table: 'plugin', to: ['generation_id', 'id'] },
    ],
  },
  {
    name: 'workspace',
    columns: {
      generation_id: id,
      id,
      name: string(200),
      sort_key: string(600),
      icon: optional(text),
      layout: string(40),
      shared: boolean,
      owner: optional(string(254)),
    },
    key: ['generation_id', 'id'],
    indexes: [['generation_id', 'sort_key', 'id']],
    references: [{ columns: ['generation_id'], table: 'generation', to: ['id'] }],
  },
  {
    name: 'application',
    columns: {
      generation_id: id,
      id,
      workspace_id: id,
      plugin_id: id,
      area: string(40),
      position: integer,
      configuration: text,
    },
    key: ['generation_id', 'id'],
    indexes: [
      ['generation_id', 'workspace_id'],
      ['generation_id', 'plugin_id'],
    ],
    references: [
      { columns: ['generation_id', 'workspace_id'], table: 'workspace', to: ['generation_id', 'id'] },
      { columns: ['generation_id', 'plugin_id'], table: 'plugin', to: ['generation_id', 'id'] },
    ],
  },
  {
    name: 'profile',
    columns: { generation_id: id, id, name: string(200), name_key: string(600), roles: text },
    key: ['generation_id', 'id'],
    unique: [['generation_id', 'name_key']],
    references: [{ columns: ['generation_id'], table: 'generation', to: ['id'] }],
  },
  {
    name: 'profile_workspace',
    columns: { generation_id: id, profile_id: id, workspace_id: id, position: integer },
    key: ['generation_id', 'profile_id', 'workspace_id'],
    indexes: [['generation_id', 'workspace_id']],
    references: [
      { columns: ['generation_id', 'profile_id'], table: 'profile', to: ['generation_id', 'id'] },
      { columns: ['generation_id', 'workspace_id'], table: 'workspace', to: ['generation_id', 'id'] },
    ],
  },
  {
    name: 'config_key',
    columns: {
      generation_id: id,
      id: string(255),
      sort_key: string(765),
      value: text,
      description: optional(text),
      secret: boolean,
    },
    key: ['generation_id', 'id'],
    references: [{ columns: ['generation_id'], table: 'generation', to: ['id'] }],
  },
];

const changes: TableDescription[] = [
  {
    name: 'change_set',
    columns: {
      id,
      unit_id: id,
      revision: integer,
      cause: string(16),
      by_user_id: optional(id),
      at: time,
      job_id: optional(id),
    },
    key: ['id'],
    unique: [['unit_id', 'revision']],
    references: [{ columns: ['unit_id'], table: 'unit', to: ['id'] }],
  },
  {
    name: 'change_entry',
    columns: {
      unit_id: id,
      revision: integer,
      number: integer,
      kind: string(16),
      object_id: string(255),
      object_name: string(255),
      operation: string(16),
      before: optional(text),
      after: optional(text),
      fields: optional(text),
    },
    key: ['unit_id', 'revision', 'number'],
    indexes: [['unit_id', 'kind', 'object_id', 'revision']],
    references: [{ columns: ['unit_id', 'revision'], table: 'change_set', to: ['unit_id', 'revision'] }],
  },
  {
    name: 'operation',
    columns: { unit_id: id, user_id: id, id: string(100), mutation: string(40), target: text, at: time },
    key: ['unit_id', 'user_id', 'id'],
    indexes: [['at']],
  },
];

const work: TableDescription[] = [
  {
    name: 'job',
    columns: {
      id,
      unit_id: id,
      kind: string(16),
      state: string(16),
      started_by: id,
      stage: optional(string(60)),
      progress: double,
      rows: integer,
      input: text,
      result: optional(text),
      error_code: optional(string(40)),
      error_message: optional(text),
      idempotency_key: optional(string(100)),
      lease_owner: optional(id),
      lease_until: optional(time),
      takeovers: integer,
      cancel_asked: boolean,
      created_at: time,
      finished_at: optional(time),
    },
    key: ['id'],
    unique: [['unit_id', 'idempotency_key']],
    indexes: [['unit_id', 'created_at'], ['state']],
    references: [{ columns: ['unit_id'], table: 'unit', to: ['id'] }],
  },
  {
    name: 'backup_upload',
    columns: {
      id,
      unit_id: id,
      user_id: id,
      size: optional(big),
      received: big,
      complete: boolean,
      sha256: optional(string(64)),
      rejected: optional(text),
      created_at: time,
      expires_at: time,
    },
    key: ['id'],
    indexes: [['expires_at']],
  },
  {
    name: 'backup_upload_part',
    columns: { upload_id: id, byte_offset: big, size: big, object_key: string(300) },
    key: ['upload_id', 'byte_offset'],
    references: [{ columns: ['upload_id'], table: 'backup_upload', to: ['id'] }],
  },
  {
    name: 'backup_register',
    columns: {
      backup_id: id,
      unit_id: id,
      sha256: string(64),
      header_hash: string(64),
      bytes: big,
      created_at: time,
    },
    key: ['backup_id'],
    indexes: [['header_hash']],
  },
  {
    name: 'backup_plan',
    columns: {
      id,
      unit_id: id,
      job_id: id,
      upload_id: optional(id),
      generation_id: optional(id),
      unit_revision: integer,
      content: text,
      sealed_file_key: optional(string(300)),
      created_at: time,
      expires_at: time,
    },
    key: ['id'],
    indexes: [['expires_at'], ['upload_id']],
  },
  {
    name: 'backup_plan_entry',
    columns: {
      plan_id: id,
      number: integer,
      kind: string(16),
      difference: string(16),
      object_id: string(255),
      object_name: string(255),
      fields: text,
    },
    key: ['plan_id', 'number'],
    references: [{ columns: ['plan_id'], table: 'backup_plan', to: ['id'] }],
  },
  {
    name: 'object_removal',
    columns: { object_key: string(300), due_at: time, attempts: integer },
    key: ['object_key'],
    indexes: [['due_at']],
  },
  { name: 'installation', columns: { name: string(60), value: text }, key: ['name'] },
];

/** In an order in which every table comes after those it refers to. */
const tables = [...accounts, ...units, ...content, ...changes, ...work];

export class FirstTables1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.dropTable(table.name);
  }
}
