import { unitTables } from '../../src/backup/unit-tables';
import { openDatabase } from '../../src/storage/open-database';
import { type Database } from '../../src/storage/database';
import { sections } from '../../src/backup/format/rows/section';
import { sectionTables } from '../../src/backup/sections';
import { pageStatements } from '../../src/backup/sections/read';
import { aPlace, type Place } from '../parts/place';

let place: Place;
let database: Database;
beforeAll(async () => {
  place = await aPlace();
  database = await openDatabase(place);
});
afterAll(async () => {
  await database.close();
  await place.remove();
});

test('of every table it is said whether the backup holds it, or why not', async () => {
  const tables = await database.read(({ manager }) =>
    Promise.resolve(manager.dataSource.entityMetadatas.map(({ tableName }) => tableName)),
  );
  expect(Object.keys(unitTables).sort()).toEqual(tables.sort());
});

test('the tables that a backup holds are those that its sections read', () => {
  const included = Object.entries(unitTables).filter(([, reason]) => reason === 'in the backup');
  const read = sections.flatMap((section) => {
    const { table, child } = sectionTables[section];
    return child ? [table, child.table] : [table];
  });
  expect(included.map(([table]) => table).sort()).toEqual(read.sort());
});

test.each(sections)('a page of %s is read along the primary key', async (section) => {
  const { rows, children } = pageStatements(section);
  const plan = (sql: string, parameters: (string | number)[]) =>
    database.read(async (db) => {
      const words = db.dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN FORMAT=JSON';
      return JSON.stringify(await db.rows(`${words} ${sql}`, parameters));
    });
  const isSqlite = database.dialect === 'sqlite';
  const byKey = isSqlite ? /USING INDEX sqlite_autoindex_|USING PRIMARY KEY/ : /\\?"key\\?": \\?"PRIMARY\\?"/;
  const sorted = isSqlite ? /TEMP B-TREE/ : /filesort/;
  const pages = await plan(rows, ['generation', 'after', 500]);
  expect(pages).toMatch(byKey);
  expect(pages).not.toMatch(sorted);
  if (children) expect(await plan(children, ['generation', 'a', 'b'])).toMatch(byKey);
});
