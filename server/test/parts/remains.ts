import { type App } from '../../src/app';

/** What is left once everything that is due sooner or later has been cleared away. */
export interface Remains {
  /** Keys of all stored objects. */
  objects: string[];
  /** Keys of the files of open safe modes. */
  openFiles: string[];
  /** How many rows only unfinished or ended work has, by what they are; those of which there are none are left out. */
  rows: Record<string, number>;
}

const longAgo = new Date('2026-01-01T00:00:00.000Z');
const open = "SELECT id FROM safe_mode WHERE status = 'OPEN'";
const unfinished = "SELECT id FROM job WHERE state IN ('QUEUED', 'RUNNING')";

/** Rows that nobody needs once work has ended and time has passed. */
const passing: Record<string, string> = {
  'active in a closed safe mode': `active_safe_mode WHERE safe_mode_id NOT IN (${open})`,
  'present in a closed safe mode': `safe_mode_presence WHERE safe_mode_id NOT IN (${open})`,
  'unfinished jobs': `job WHERE id IN (${unfinished})`,
  generations: "generation WHERE state <> 'LIVE'",
  'leases of generations': 'generation_lease',
  uploads: 'backup_upload',
  'parts of uploads': 'backup_upload_part',
  plans: 'backup_plan',
  'entries of plans': 'backup_plan_entry',
  removals: 'object_removal',
};

/** Ends, as any server does after a while, the jobs that no server is at any more. */
export async function endOrphanedJobs({ database, backups }: App): Promise<void> {
  const ids = (await database.read((db) => db.rows(unfinished))).flat() as string[];
  if (ids.length === 0) return;
  await database.transaction((db) =>
    db.run("UPDATE job SET lease_until = ? WHERE state IN ('QUEUED', 'RUNNING')", [longAgo]),
  );
  await backups.jobSweeper.sweep();
  for (const id of ids) await backups.jobs.ended(id);
}

/** Days later: does what every server does from time to time. */
export async function tidyUp(app: App): Promise<void> {
  await endOrphanedJobs(app);
  await makeDue(app);
  const { purge, expiredRows, objectSweeper } = app.backups;
  await expiredRows.purge();
  await purge.purge();
  while ((await objectSweeper.sweep()) > 0);
}

async function makeDue({ database }: App): Promise<void> {
  await database.transaction(async (db) => {
    for (const [table, column] of [
      ['object_removal', 'due_at'],
      ['backup_upload', 'expires_at'],
      ['backup_plan', 'expires_at'],
    ] as const)
      await db.run(`UPDATE ${table} SET ${column} = ?`, [longAgo]);
    await db.run("UPDATE generation SET purge_after = ? WHERE state = 'RETIRED'", [longAgo]);
  });
}

export async function remainsOf({ database, objects }: App): Promise<Remains> {
  const keys: string[] = [];
  for await (const { key } of objects.list('')) keys.push(key);
  return database.read(async (db) => {
    const column = async (sql: string) => (await db.rows(sql)).flat();
    const rows: Record<string, number> = {};
    for (const [what, where] of Object.entries(passing)) {
      const count = Number((await column(`SELECT COUNT(*) FROM ${where}`))[0]);
      if (count > 0) rows[what] = count;
    }
    const openFiles = await column("SELECT object_key FROM safe_mode WHERE status = 'OPEN'");
    return { objects: keys.sort(), openFiles: (openFiles as string[]).sort(), rows };
  });
}

/** Nothing is stored that nobody points to, and nothing is left that had to go. */
export function expectNothingLeft({ objects, openFiles, rows }: Remains): void {
  expect(rows).toEqual({});
  expect(objects).toEqual(openFiles);
}
