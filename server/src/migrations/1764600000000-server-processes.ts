import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { createTable, id, integer, string, time } from './table';

export class ServerProcesses1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'server_process',
      columns: {
        id,
        host: string(255),
        machine: string(64),
        pid: integer,
        version: string(40),
        messages: string(16),
        started_at: time,
        lease_until: time,
      },
      key: ['id'],
      indexes: [['lease_until']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('server_process');
  }
}
