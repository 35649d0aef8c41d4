import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { addColumn, integer } from './table';

const tables = ['unit', 'user', 'safe_mode'];

/** What `holdRows` counts up. */
export class Holds1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await addColumn(runner, table, 'holds', { ...integer, default: 0 });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.dropColumn(table, 'holds');
  }
}
