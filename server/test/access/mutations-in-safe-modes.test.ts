import { isDeepStrictEqual } from 'node:util';
import { SafeModeEntity } from '../../src/safe-mode/safe-mode.entity';
import { StoredFiles } from '../safe-mode/parts/stored-files';
import { Office } from './callers';
import { callInScene, expectationsInSafeModes } from './expectations-in-safe-modes';
import { aScene, type Scene, type Situation, situations } from './situations';

let office: Office;
beforeAll(async () => void (office = await Office.open()));
afterAll(() => office.server.stop());

/** What is there for everybody. */
const liveTables =
  /^(unit|generation|plugin|plugin_mapping|workspace|application|profile|profile_workspace|config_key|change_set|change_entry) /;

/** What has become of what is live and of the revision of the file, by what was done. */
const consequences = {
  done: { live: false, file: 0 },
  live: { live: true, file: 0 },
  recorded: { live: false, file: 1 },
} as const;

test('every mutation of the schema has an expectation here, and none is left over', async () => {
  const { data } = await office.server.graphql<{
    __schema: { mutationType: { fields: { name: string }[] } };
  }>('{ __schema { mutationType { fields { name } } } }');
  const names = data.__schema.mutationType.fields.map(({ name }) => name);
  expect(Object.keys(expectationsInSafeModes).sort()).toEqual(names.sort());
});

describe.each(situations)('%s', (situation) => {
  const scenes = new Map<boolean, Scene>();
  const scene = async (organisationAdmin: boolean) => {
    const found = scenes.get(organisationAdmin) ?? (await aScene(office, situation, organisationAdmin));
    scenes.set(organisationAdmin, found);
    return found;
  };

  test.each(namesFor(situation))('%s: %s', async (name, expected) => {
    const { ofOrganisationAdmins = false, mayEndWith = [] } = expectationsInSafeModes[name]!;
    const present = await scene(ofOrganisationAdmins);
    const call = await callInScene(name, present, office);
    const before = await state(present);

    const answer = await office.server.graphql(call.query, call.variables, present.as, present.headers);
    const code = answer.errors?.[0]?.extensions.code;
    await office.jobsAtRest();
    const after = await state(present);

    if (!Object.hasOwn(consequences, expected)) {
      expect(code).toBe(expected);
      expect(after).toEqual(before);
      return;
    }
    scenes.clear();
    // The files of earlier revisions go now, not while the next one is compared.
    await office.server.app.backups.objectSweeper.sweep();
    if (!mayEndWith.includes(code ?? '')) expect(answer.errors).toBeUndefined();
    expect({
      live: !isDeepStrictEqual(after.live, before.live),
      file: after.file.revision - before.file.revision,
    }).toEqual(consequences[expected as keyof typeof consequences]);
    if (expected !== 'recorded') expect(after.file).toEqual(before.file);
  });
});

function namesFor(situation: Situation): [name: string, outcome: string][] {
  return Object.entries(expectationsInSafeModes).map(([name, { outcomes }]) => [name, outcomes[situation]]);
}

/** Everything that must stay as it is: in the database and in the store. */
async function state({ safeMode: { id } }: Scene) {
  const rows = await office.everythingStored();
  const row = await office.server.app.database.read(({ manager }) =>
    manager.findOneByOrFail(SafeModeEntity, { id }),
  );
  return {
    rows,
    live: rows.filter((each) => liveTables.test(each)),
    file: { revision: row.revision, objectKey: row.objectKey, sha256: row.sha256 },
    stored: await new StoredFiles(office.server).written(),
  };
}
