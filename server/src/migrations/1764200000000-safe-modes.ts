import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { big, createTable, id, integer, optional, string, type TableDescription, time } from './table';

/** In an order in which every table comes after those it refers to. */
const tables: TableDescription[] = [
  {
    name: 'safe_mode',
    columns: {
      id,
      unit_id: id,
      owner_id: id,
      name: string(200),
      status: string(16),
      revision: integer,
      generation_id: id,
      object_key: string(300),
      sha256: string(64),
      bytes: big,
      task_count: integer,
      created_at: time,
      updated_at: time,
      closed_at: optional(time),
      closed_by: optional(id),
      applied_revision: optional(integer),
      undoes_id: optional(id),
    },
    key: ['id'],
    unique: [['unit_id', 'applied_revision']],
    indexes: [
      ['unit_id', 'status', 'created_at'],
      ['unit_id', 'status', 'closed_at'],
    ],
    references: [{ columns: ['unit_id'], table: 'unit', to: ['id'] }],
  },
  {
    name: 'active_safe_mode',
    columns: { unit_id: id, holder_id: id, user_id: id, safe_mode_id: id, entered_at: time },
    key: ['unit_id', 'holder_id'],
    indexes: [['safe_mode_id', 'user_id']],
    references: [{ columns: ['safe_mode_id'], table: 'safe_mode', to: ['id'] }],
  },
  {
    name: 'safe_mode_presence',
    columns: { safe_mode_id: id, user_id: id, unit_id: id, since: time, seen_at: time },
    key: ['safe_mode_id', 'user_id'],
    indexes: [['unit_id'], ['seen_at']],
    references: [{ columns: ['safe_mode_id'], table: 'safe_mode', to: ['id'] }],
  },
];

export class SafeModes1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of [...tables].reverse()) await runner.dropTable(name);
  }
}
