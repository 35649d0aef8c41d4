import { safeModesAs } from '../access/safe-mode-of-office';
import { contentOf, thePassword } from '../backup/parts/desk';
import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { credentialHeaders } from '../parts/running-server';
import { keysOf, Planning } from './parts/planning';

/** What the header X-Safe-Mode makes of reads and writes. */
let planning: Planning;
beforeAll(async () => void (planning = await Planning.open()));
afterAll(() => planning.close());

const nobodyKnows = '01900000-0000-7000-8000-000000000000';
const otherRoles = ['POWER_USER', 'USER', 'READONLY'] as const;

/** What a backup by this caller holds. */
async function exported(client: ConfigurationClient): Promise<string[]> {
  const input = { password: thePassword };
  const begun = await client.mutate<{ id: string }>('exportBackup', 'ExportBackupInput', input, 'id');
  await planning.office.jobsAtRest();
  const { job } = await client.request<{ job: { downloadUrl: string } }>(
    'query ($id: ID!) { job(id: $id) { downloadUrl } }',
    begun,
  );
  const headers = credentialHeaders(client.as);
  const response = await fetch(`${planning.office.server.url}${job.downloadUrl}`, { headers });
  return contentOf(Buffer.from(await response.arrayBuffer()));
}

describe('an open safe mode', () => {
  test('none, and no header, read what is live; the id what it would make of it', async () => {
    const { owner } = planning;
    const safeMode = await planning.aSafeMode();
    expect(await keysOf(owner.in(safeMode))).toContain(safeMode.key);
    expect(await keysOf(owner.configuration)).not.toContain(safeMode.key);
    expect(await keysOf(owner.configuration.in(undefined))).not.toContain(safeMode.key);
  });

  test('history, jobs and the revision are those of what is live', async () => {
    const { owner } = planning;
    const safeMode = await planning.aSafeMode();
    await owner.configuration.setConfigKey('history', { value: 'live' });
    await owner.in(safeMode).setConfigKey('history', { value: 'recorded' });
    const fields = 'revision name history(first: 5) { nodes { id changes { path from to } } } jobs { id }';
    expect(await owner.in(safeMode).unit(fields)).toEqual(await owner.configuration.unit(fields));
  });

  test('an export is one of what is live', async () => {
    const { owner } = planning;
    const safeMode = await planning.aSafeMode();
    await owner.configuration.setConfigKey('exported', { value: 'what is live' });
    await owner.in(safeMode).setConfigKey('exported', { value: 'what is recorded' });
    const live = await exported(owner.configuration);
    expect(live.join()).toContain('what is live');
    expect(await exported(owner.in(safeMode))).toEqual(live);
  });

  test.each(otherRoles)('is forbidden to a %s who names it', async (role) => {
    const { office } = planning;
    const safeMode = await planning.aSafeMode();
    const user = await safeModesAs(office, await office.member(role));
    const before = await planning.everything(safeMode);
    for (const refused of [
      await refusalOf(user.in(safeMode).unit('profiles { totalCount }')),
      await refusalOf(user.in(safeMode).createWorkspace({ name: 'Mine' })),
    ])
      expect(refused.errors[0]!).toMatchObject({
        message: 'You may not do this.',
        extensions: { code: 'FORBIDDEN' },
      });
    expect(await planning.everything(safeMode)).toEqual(before);
  });

  test('looks like none to the admin of another unit, who learns nothing of it', async () => {
    const { office } = planning;
    const safeMode = await planning.aSafeMode();
    const elsewhere = await office.credentials('member of another unit');
    const unitId = await office.server.firstUnitId(elsewhere);
    const stranger = new ConfigurationClient(office.server, unitId, elsewhere, safeMode.id);
    const read = (client: ConfigurationClient) => refusalOf(client.unit('profiles { totalCount }'));
    expect((await read(stranger)).errors).toEqual((await read(stranger.in(nobodyKnows))).errors);
    for (const refused of [await read(stranger), await refusalOf(stranger.setConfigKey('k', { value: 1 }))])
      expect(refused.errors[0]!.extensions).toEqual({ code: 'SAFE_MODE_CLOSED' });
  });
});

describe('of one unit', () => {
  test('it overlays only that unit, also in one request with another', async () => {
    const { office, owner } = planning;
    const { there } = await planning.twoUnits();
    const safeMode = await planning.aSafeMode();
    await there.in('none').setConfigKey('live there', { value: 1 });
    const keys = 'configKeys(first: 200) { nodes { key } }';
    const both = await there
      .in(safeMode.id)
      .request<Record<'here' | 'there', { configKeys: { nodes: { key: string }[] } }>>(
        `query ($here: ID!, $there: ID!) { here: unit(id: $here) { ${keys} } there: unit(id: $there) { ${keys} } }`,
        { here: office.unitId, there: there.unitId },
      );
    expect(both.there.configKeys.nodes).toEqual([{ key: 'live there' }]);
    expect(both.here.configKeys.nodes).toContainEqual({ key: safeMode.key });
    expect(await keysOf(owner.configuration)).not.toContain(safeMode.key);
  });

  test('it is no place for edits of another: they are bad input, and nothing is written anywhere', async () => {
    const { here, there } = await planning.twoUnits();
    const own = await there.mutate<{ id: string }>('startSafeMode', 'StartSafeModeInput', {}, 'id');
    const before = await planning.everything(own);
    const refused = await refusalOf(here.in(own.id).setConfigKey('stray', { value: 1 }));
    expect(refused.code).toBe('BAD_USER_INPUT');
    expect(refused.fields).toMatchObject([{ path: 'input.unitId' }]);
    expect(await planning.everything(own)).toEqual(before);
    expect(await keysOf(there.in(own.id))).toEqual([]);
  });

  test('being in it loses no context in another, but for what belongs to no unit', async () => {
    const { here, there } = await planning.twoUnits();
    await there.mutate('startSafeMode', 'StartSafeModeInput', {}, 'id');
    await here.setConfigKey('written without a header', { value: 1 });
    for (const lost of [
      there.setConfigKey('lost', { value: 1 }),
      here.request('mutation { createUnit(name: "Arts") { id } }'),
    ])
      expect((await refusalOf(lost)).code).toBe('SAFE_MODE_CONTEXT_LOST');
    await there.request('mutation ($id: ID!) { leaveSafeMode(unitId: $id) }', { id: there.unitId });
    await there.setConfigKey('not lost any more', { value: 1 });
  });
});

describe('a safe mode that was closed', () => {
  const closeBy = {
    deleted: (id: string) => planning.owner.delete(id),
    'applied for all users': (id: string) => planning.owner.apply(id),
  };

  test.each([
    ['deleted', 'DISCARDED'],
    ['applied for all users', 'APPLIED'],
  ] as const)('because it was %s refuses reads and writes, and says who did what', async (end, status) => {
    const { office, owner, ownerId } = planning;
    const safeMode = await planning.aSafeMode();
    await closeBy[end](safeMode.id);
    const previewer = await safeModesAs(office, await office.member('ADMIN'));
    const before = await planning.everything(safeMode);
    for (const refused of [
      await refusalOf(keysOf(owner.in(safeMode))),
      await refusalOf(owner.in(safeMode).setConfigKey('late', { value: 1 })),
      await refusalOf(keysOf(previewer.in(safeMode))),
      await refusalOf(previewer.in(safeMode).setConfigKey('late', { value: 1 })),
    ]) {
      expect(refused.errors[0]).toMatchObject({
        message: `The safe mode “${safeMode.name}” was ${end} by Olga. Send X-Safe-Mode: none to work on what is live.`,
      });
      expect(refused.errors[0]!.extensions).toEqual({
        code: 'SAFE_MODE_CLOSED',
        closing: {
          status,
          name: safeMode.name,
          by: { id: ownerId, name: 'Olga' },
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
        },
      });
    }
    expect(await planning.everything(safeMode)).toEqual(before);
  });

  test.each(otherRoles)(
    'is forbidden to a %s, who does not learn its name, nor who closed it',
    async (role) => {
      const { office, owner } = planning;
      const safeMode = await planning.aSafeMode();
      await owner.delete(safeMode.id);
      const user = await safeModesAs(office, await office.member(role));
      const refused = await refusalOf(user.in(safeMode).unit('workspaces { totalCount }'));
      expect(refused.errors[0]).toMatchObject({ message: 'You may not do this.' });
      expect(refused.errors[0]!.extensions).toEqual({ code: 'FORBIDDEN' });
    },
  );

  test('refuses what comes after its end in the very request that ends it', async () => {
    const { office, owner } = planning;
    const safeMode = await planning.aSafeMode();
    const refused = await refusalOf(
      owner.in(safeMode).request(
        `mutation ($id: ID!, $input: SetConfigKeyInput!) {
          deleteSafeMode(id: $id) setConfigKey(input: $input) { configKey { key } } }`,
        { id: safeMode.id, input: { unitId: office.unitId, key: 'late', value: 1 } },
      ),
    );
    expect(refused.code).toBe('SAFE_MODE_CLOSED');
    expect(await keysOf(owner.configuration)).not.toContain('late');
  });
});

describe('every field of a unit', () => {
  /** Either part of the configuration, or besides it and the same whatever the header says. */
  const fields: Record<string, ['shown' | 'besides', selection: string]> = {
    plugins: ['shown', 'plugins { totalCount }'],
    plugin: ['shown', 'plugin(bundle: "org.example.none") { id }'],
    workspaces: ['shown', 'workspaces { totalCount }'],
    workspace: ['shown', 'workspace(id: "none") { id }'],
    profiles: ['shown', 'profiles { totalCount }'],
    profile: ['shown', 'profile(id: "none") { id }'],
    configKeys: ['shown', 'configKeys { totalCount }'],
    configKey: ['shown', 'configKey(key: "none") { key }'],
    id: ['besides', 'id'],
    name: ['besides', 'name'],
    revision: ['besides', 'revision'],
    members: ['besides', 'members { totalCount }'],
    history: ['besides', 'history { totalCount }'],
    historyEntry: ['besides', 'historyEntry(id: "none") { id }'],
    historyAuthors: ['besides', 'historyAuthors { id }'],
    jobs: ['besides', 'jobs { id }'],
    safeModes: ['besides', 'safeModes { id }'],
    presence: ['besides', 'presence { safeModeId }'],
  };

  /** Tells what stands at an address, and nothing of the unit. */
  const elsewhere = 'manifestAt';

  test('has an expectation here', async () => {
    const { __type } = await planning.owner.configuration.request<{ __type: { fields: { name: string }[] } }>(
      '{ __type(name: "Unit") { fields { name } } }',
    );
    expect([...Object.keys(fields), elsewhere].sort()).toEqual(__type.fields.map(({ name }) => name).sort());
  });

  test.each(Object.entries(fields))(
    '%s: under an unknown safe mode it is refused, or not about the configuration',
    async (_, [kind, selection]) => {
      const { owner } = planning;
      const reading = owner.in({ id: nobodyKnows }).unit(selection);
      if (kind === 'shown') expect((await refusalOf(reading)).code).toBe('SAFE_MODE_CLOSED');
      else expect(await reading).toEqual(await owner.configuration.unit(selection));
    },
  );
});

describe('without the header', () => {
  test('reads show what is live, and nothing can be written by whoever is in a safe mode', async () => {
    const { owner } = planning;
    const safeMode = await planning.aSafeMode();
    const lost = owner.configuration.in(undefined);
    const before = await planning.everything(safeMode);
    expect(await keysOf(lost)).not.toContain(safeMode.key);
    const refused = await refusalOf(lost.setConfigKey('lost', { value: 1 }));
    expect(refused.code).toBe('SAFE_MODE_CONTEXT_LOST');
    expect(refused.message).toContain('Send X-Safe-Mode');
    expect(await planning.everything(safeMode)).toEqual(before);
    await owner.leave();
    await lost.setConfigKey('not lost any more', { value: 1 });
  });

  test('whoever starts a safe mode and edits in one request loses the context between the two', async () => {
    const { office } = planning;
    const admin = await safeModesAs(office, await office.member('ADMIN'));
    const refused = await refusalOf(
      admin.configuration.in(undefined).request(
        `mutation ($start: StartSafeModeInput!, $key: SetConfigKeyInput!) {
          startSafeMode(input: $start) { id } setConfigKey(input: $key) { configKey { key } } }`,
        { start: { unitId: office.unitId }, key: { unitId: office.unitId, key: 'between', value: 1 } },
      ),
    );
    expect(refused.code).toBe('SAFE_MODE_CONTEXT_LOST');
    expect(await keysOf(planning.owner.configuration)).not.toContain('between');
  });
});
