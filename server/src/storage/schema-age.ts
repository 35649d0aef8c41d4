import { type Migration, type QueryRunner } from 'typeorm';
import { oldestCompatible } from '../migrations';
import { UnfitDatabase } from './unfit-database';

/** Where the database says which migration a server must know to run on it. */
const note = 'oldest-compatible-migration';

/**
 * A database may be ahead of this server while others are upgraded, or after going back to this version. Throws
 * `UnfitDatabase` where something that this version uses may be gone.
 */
export async function mustKnowSchema(runner: QueryRunner, executed: readonly Migration[]): Promise<void> {
  const own = runner.dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name);
  const unknown = executed.filter(({ name }) => !own.includes(name));
  if (unknown.length === 0) return;
  const newest = Math.max(...own.map(timestampOf));
  const needed = await noted(runner);
  if (needed !== undefined && needed <= newest) return;
  const names = unknown.map(({ name }) => name).join(', ');
  throw new UnfitDatabase(
    `The database was upgraded by a newer version of Safeboard (${names}), and this version cannot run on it. Start the newer one.`,
  );
}

/** After migrating: says which servers may still run on the database. */
export async function noteSchema(runner: QueryRunner): Promise<void> {
  const present = await noted(runner);
  if (present === undefined) {
    await runner.query('INSERT INTO installation (name, value) VALUES (?, ?)', [
      note,
      String(oldestCompatible),
    ]);
  } else if (present < oldestCompatible) {
    await runner.query('UPDATE installation SET value = ? WHERE name = ?', [String(oldestCompatible), note]);
  }
}

async function noted(runner: QueryRunner): Promise<number | undefined> {
  const [row] = (await runner.query('SELECT value FROM installation WHERE name = ?', [note])) as {
    value: string;
  }[];
  return row && Number(row.value);
}

/** Names of migrations end with their time. */
const timestampOf = (name: string) => Number(/\d+$/.exec(name)?.[0]);
