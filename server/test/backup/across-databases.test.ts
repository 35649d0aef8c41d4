import { someConfiguration } from './parts/configuration';
import { contentOf, type Desk, openDesk } from './parts/desk';

/** Only the run on MariaDB has both. */
const both = globalThis.testedDatabase === 'mariadb' ? test : test.skip;

both('from SQLite to MariaDB and back the content is the same, byte by byte', async () => {
  const desks: Desk[] = [
    await openDesk({ tested: 'sqlite' }),
    await openDesk(),
    await openDesk({ tested: 'sqlite' }),
  ];
  const [first] = desks;
  const start = await first!.aUnit();
  await first!.edit(start.unitId, someConfiguration());
  let file = await first!.export(start.admin, start.unitId);
  const content = await contentOf(file);
  for (const desk of desks.slice(1)) {
    const { unitId, admin } = await desk.aUnit();
    await desk.import(admin, unitId, file);
    file = await desk.export(admin, unitId);
    expect(await contentOf(file)).toEqual(content);
  }
  for (const desk of desks) await desk.close();
});
