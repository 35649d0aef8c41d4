import { type UserEntity } from '../../src/access/user.entity';
import { Office } from '../access/callers';
import { aSafeModeOf, aTakenName, conflictOf, safeModesAs } from '../access/safe-mode-of-office';
import { refusalOf } from '../parts/configuration';
import { type SafeModeClient } from '../parts/safe-modes';

/** What only the owner may do, who the owner is, and what becomes of it once they are no admin any more. */
let office: Office;
beforeAll(async () => void (office = await Office.open()));
afterAll(() => office.server.stop());

interface Admin {
  user: UserEntity;
  safeModes: SafeModeClient;
}

async function anAdmin(name = 'Olga'): Promise<Admin> {
  const user = await office.insertUser({ [office.unitId]: 'ADMIN' }, { name });
  return { user, safeModes: await safeModesAs(office, user) };
}

const update = ({ user }: Admin, change: object) =>
  office.unit.mutate('updateMember', 'UpdateMemberInput', { userId: user.id, ...change }, 'role');

/** The ways in which somebody stops being an admin of the unit. */
const losses = {
  'was demoted': (admin: Admin) => update(admin, { role: 'POWER_USER' }),
  'was deactivated': (admin: Admin) => update(admin, { active: false }),
  'was removed from the unit': ({ user }: Admin) =>
    office.unit.request('mutation ($unit: ID!, $user: ID!) { removeMember(unitId: $unit, userId: $user) }', {
      unit: office.unitId,
      user: user.id,
    }),
};
const everyLoss = Object.keys(losses) as (keyof typeof losses)[];

const rowOf = (id: string) =>
  office.server.app.database.read((db) =>
    db.rows('SELECT revision, object_key, sha256, updated_at, status FROM safe_mode WHERE id = ?', [id]),
  );

const profileNames = async ({ configuration }: SafeModeClient) => {
  const { profiles } = await configuration.unit<{ profiles: { nodes: { name: string }[] } }>(
    'profiles(first: 200) { nodes { name } }',
  );
  return profiles.nodes.map(({ name }) => name);
};

describe('once the owner', () => {
  test.each(everyLoss)('%s, any admin may delete it, and do nothing else to it', async (loss) => {
    const owner = await anAdmin();
    const other = await anAdmin('Theo');
    const { id, revision, tasks } = await aSafeModeOf(office, owner.user, [await aTakenName(office)]);
    expect((await refusalOf(other.safeModes.delete(id))).code).toBe('NOT_OWNER');
    await losses[loss](owner);
    const before = await rowOf(id);
    for (const work of [
      other.safeModes.rename(id, 'Mine now'),
      other.safeModes.apply(id, revision),
      other.safeModes.removeTask(id, tasks[0]!.id),
      other.safeModes.resolve(id, (await conflictOf(office, id))!, 'VALUE', 'Another name'),
      other.safeModes.in({ id }).createProfile({ name: 'Smuggled' }),
    ])
      expect((await refusalOf(work)).code).toMatch(/^(NOT_OWNER|SAFE_MODE_READ_ONLY)$/);
    expect(await rowOf(id)).toEqual(before);
    expect(await other.safeModes.delete(id)).toBe(true);
    expect((await other.safeModes.find(id)).status).toBe('DISCARDED');
  });

  test.each(everyLoss)(
    '%s, what they began is not applied, not even by a request that was let in before',
    async (loss) => {
      const owner = await anAdmin();
      const name = office.unique();
      const { id, revision } = await aSafeModeOf(office, owner.user, [name]);
      const before = await rowOf(id);
      const { applying } = office.server.app.safeModes;
      await losses[loss](owner);
      await expect(applying.applyForAll(office.actor(owner.user), id, revision)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      expect(await rowOf(id)).toEqual(before);
      expect(await profileNames((await anAdmin()).safeModes)).not.toContain(name);
    },
  );

  test('was demoted and is an admin again, they go on where they were', async () => {
    const owner = await anAdmin();
    const { id } = await owner.safeModes.start();
    await owner.safeModes.in({ id }).createProfile({ name: office.unique() });
    await update(owner, { role: 'READONLY' });
    expect((await refusalOf(owner.safeModes.find(id))).code).toBe('FORBIDDEN');
    await update(owner, { role: 'ADMIN' });
    expect(await owner.safeModes.active()).toMatchObject({ id });
    expect(await owner.safeModes.apply(id)).toMatchObject({ __typename: 'SafeModeApplied', taskCount: 1 });
  });
});

describe('a name', () => {
  const longest = 120;
  test.each([
    ['loses the space around it', '  Spring clean\t', 'Spring clean'],
    [
      'keeps markup as text',
      '<img src=x onerror=alert(1)> & "more"',
      '<img src=x onerror=alert(1)> & "more"',
    ],
    ['has letters and accents put together', 'Cafe\u0301', 'Caf\u00e9'],
    ['may have 120 characters', 'x'.repeat(longest), 'x'.repeat(longest)],
    ['may have 120 characters of four bytes', '\u{1f600}'.repeat(longest), '\u{1f600}'.repeat(longest)],
    ['may have 120 characters and space around', ` ${'x'.repeat(longest)} `, 'x'.repeat(longest)],
    ['may be in any writing, from right to left too', 'תוכנית ⁧1⁩ 計画', 'תוכנית ⁧1⁩ 計画'],
    ['may have lines and signs that control', 'a\nb\u0007c\u202e', 'a\nb\u0007c\u202e'],
  ])('%s', async (_, asked, stored) => {
    const { safeModes } = await anAdmin();
    const started = await safeModes.start({ name: asked });
    expect(started.name).toBe(stored);
    await safeModes.rename(started.id, 'Meanwhile');
    expect((await safeModes.rename(started.id, asked)).name).toBe(stored);
    expect((await safeModes.list()).find(({ id }) => id === started.id)?.name).toBe(stored);
    await safeModes.delete(started.id);
  });

  test.each([
    ['nothing', ''],
    ['only space', ' \t\u00a0 '],
    ['121 characters', 'x'.repeat(longest + 1)],
    ['121 characters of four bytes', '\u{1f600}'.repeat(longest + 1)],
    ['U+0000', 'a\u0000b'],
    ['half a character', 'a\ud800b'],
  ])('of %s is refused, and the old one stays', async (_, asked) => {
    const { safeModes } = await anAdmin();
    const { id } = await safeModes.start({ name: 'Spring clean' });
    const refused = await refusalOf(safeModes.rename(id, asked));
    expect(refused.code).toBe('BAD_USER_INPUT');
    expect(refused.fields).toMatchObject([{ path: 'name' }]);
    expect((await safeModes.find(id)).name).toBe('Spring clean');
    await safeModes.delete(id);
  });

  test('that is refused starts no safe mode', async () => {
    const { safeModes } = await anAdmin();
    for (const name of ['x'.repeat(longest + 1), 'a\u0000b']) {
      const refused = await refusalOf(safeModes.start({ name }));
      expect(refused.fields).toMatchObject([{ path: 'input.name' }]);
    }
    expect((await safeModes.list()).filter(({ relation }) => relation === 'OWNER')).toEqual([]);
    expect(await safeModes.active()).toBeNull();
  });

  test.each([[undefined], [null], [''], [' \n ']])(
    'that is left out (%j) is made of who and when',
    async (name) => {
      const { safeModes } = await anAdmin('Olga');
      const started = await safeModes.start({ name });
      expect(started.name).toMatch(/^Olga, \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    },
  );

  test('that is made of a very long one is cut', async () => {
    const { safeModes } = await anAdmin('\u{1f600}'.repeat(150));
    const { name } = await safeModes.start();
    expect([...name]).toHaveLength(longest);
    expect(name).toMatch(/…$/);
  });

  test('need not be unique, and a new one moves neither revision nor file', async () => {
    const { safeModes } = await anAdmin();
    const first = await safeModes.start({ name: 'Same' });
    const second = await safeModes.start({ name: 'Another' });
    await safeModes.in(second).createProfile({ name: office.unique() });
    const before = await rowOf(second.id);
    await safeModes.rename(second.id, 'Same');
    expect(await rowOf(second.id)).toEqual(before);
    const names = (await safeModes.list()).filter(({ name }) => name === 'Same').map(({ id }) => id);
    expect(names).toEqual([second.id, first.id]);
    expect(await safeModes.apply(second.id, 2)).toMatchObject({ __typename: 'SafeModeApplied' });
  });
});

describe('somebody else', () => {
  test('sees that they only preview it, and whose it is', async () => {
    const owner = await anAdmin('Olga');
    const other = await anAdmin('Theo');
    const { id } = await owner.safeModes.start();
    expect((await owner.safeModes.find(id)).relation).toBe('OWNER');
    expect((await other.safeModes.enter(id)).relation).toBe('PREVIEW');
  });

  test('who undoes an applied one owns what undoes it, and is not in it', async () => {
    const owner = await anAdmin('Olga');
    const other = await anAdmin('Theo');
    const safeMode = await owner.safeModes.start({ name: 'Spring clean' });
    const name = office.unique();
    await owner.safeModes.in(safeMode).createProfile({ name });
    await owner.safeModes.apply(safeMode.id);

    const undo = await other.safeModes.undo(safeMode.id);
    expect(undo).toMatchObject({ name: 'Undo of Spring clean', relation: 'OWNER', taskCount: 1 });
    expect(await other.safeModes.active()).toBeNull();
    expect((await refusalOf(owner.safeModes.apply(undo.id))).code).toBe('NOT_OWNER');
    expect((await refusalOf(owner.safeModes.delete(undo.id))).code).toBe('NOT_OWNER');
    expect(await other.safeModes.apply(undo.id)).toMatchObject({ __typename: 'SafeModeApplied' });
    expect(await profileNames(other.safeModes)).not.toContain(name);
  });
});

describe('its end', () => {
  test('deleting twice is as deleting once; what was applied is not deleted any more', async () => {
    const { safeModes } = await anAdmin();
    const deleted = await safeModes.start();
    expect(await safeModes.delete(deleted.id)).toBe(true);
    expect(await safeModes.delete(deleted.id)).toBe(true);
    const applied = await safeModes.start();
    await safeModes.in(applied).createProfile({ name: office.unique() });
    await safeModes.apply(applied.id);
    expect((await refusalOf(safeModes.delete(applied.id))).code).toBe('SAFE_MODE_CLOSED');
    expect((await safeModes.find(applied.id)).status).toBe('APPLIED');
  });

  test('of applying and deleting at once exactly one happens', async () => {
    const { safeModes } = await anAdmin();
    for (let attempt = 0; attempt < 10; attempt++) {
      const name = office.unique();
      const { id } = await safeModes.start();
      await safeModes.in({ id }).createProfile({ name });
      const [apply, remove] = await Promise.allSettled([safeModes.apply(id, 2), safeModes.delete(id)]);
      const { status } = await safeModes.find(id);
      expect({ apply: apply.status, remove: remove.status }).toEqual(
        status === 'APPLIED'
          ? { apply: 'fulfilled', remove: 'rejected' }
          : { apply: 'rejected', remove: 'fulfilled' },
      );
      expect((await profileNames(safeModes)).includes(name)).toBe(status === 'APPLIED');
      const lost = apply.status === 'rejected' ? apply : (remove as PromiseRejectedResult);
      expect(lost.reason).toMatchObject({ code: 'SAFE_MODE_CLOSED' });
    }
  });
});
