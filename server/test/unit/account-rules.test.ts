import { type Role } from '../../src/access/role';
import { type Accounts, openAccounts, refusal, thePassword, tokenOf } from '../parts/accounts';

let all: Accounts;
let unitId: string;
beforeAll(async () => void (all = await openAccounts()));
afterAll(() => all.close());
beforeEach(async () => void (unitId = await all.aUnit()));

const member = async (role: Role, more: Parameters<Accounts['aUser']>[0] = {}) =>
  all.signedIn(await all.aUser({ ...more, roles: { [unitId]: role, ...more.roles } }));

const anOrganisationAdmin = async () => all.signedIn(await all.aUser({ organisationAdmin: true }));

const add = (
  actor: Awaited<ReturnType<typeof member>>,
  email: string,
  given: { password?: string; role?: Role } = {},
) => all.members.addMember(actor, { unitId, email, name: 'Somebody', role: 'USER', ...given });

const rolesIn = async (unit: string) =>
  (await all.column('SELECT role FROM membership WHERE unit_id = ? ORDER BY role', [unit])) as Role[];

const isSignedIn = async ({ cookie }: { cookie: string }) =>
  (await all.authenticator.actorOf({ cookie })) !== undefined;

describe('the last active admin of a unit', () => {
  test('cannot be removed, demoted or deactivated', async () => {
    const admin = await member('ADMIN');
    await member('POWER_USER');
    const target = { unitId, userId: admin.userId };
    expect(await refusal(all.members.removeMember(admin, unitId, admin.userId))).toEqual({
      code: 'CONFLICT',
      message: 'This is the last active admin of the unit. Make somebody else an admin first.',
    });
    expect((await refusal(all.members.updateMember(admin, { ...target, role: 'POWER_USER' }))).code).toBe(
      'CONFLICT',
    );
    expect((await refusal(all.members.updateMember(admin, { ...target, active: false }))).code).toBe(
      'CONFLICT',
    );
    expect(await rolesIn(unitId)).toEqual(['ADMIN', 'POWER_USER']);
    expect(await isSignedIn(admin)).toBe(true);
  });

  test('can go once there is another', async () => {
    const admin = await member('ADMIN');
    const heir = await member('USER');
    await all.members.updateMember(admin, { unitId, userId: heir.userId, role: 'ADMIN' });
    await all.members.updateMember(admin, { unitId, userId: admin.userId, role: 'READONLY' });
    expect(await rolesIn(unitId)).toEqual(['ADMIN', 'READONLY']);
  });

  test('is not saved by an admin who is deactivated or has not accepted an invitation', async () => {
    const admin = await member('ADMIN');
    await all.aUser({ active: false, roles: { [unitId]: 'ADMIN' } });
    await all.aUser({ invited: true, roles: { [unitId]: 'ADMIN' } });
    expect((await refusal(all.members.removeMember(admin, unitId, admin.userId))).code).toBe('CONFLICT');
  });

  test('stays when two demote each other at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      unitId = await all.aUnit();
      const [one, two] = [await member('ADMIN'), await member('ADMIN')];
      const outcomes = await Promise.allSettled([
        all.members.updateMember(one, { unitId, userId: two.userId, role: 'USER' }),
        all.members.removeMember(two, unitId, one.userId),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await rolesIn(unitId)).filter((role) => role === 'ADMIN')).toHaveLength(1);
    }
  });

  test('stays in another unit when an organisation admin deactivates the account from this one', async () => {
    const elsewhere = await all.aUnit('Sports');
    const admin = await member('USER', { roles: { [elsewhere]: 'ADMIN' } });
    const organisation = await anOrganisationAdmin();
    const deactivate = () =>
      all.members.updateMember(organisation, { unitId, userId: admin.userId, active: false });
    expect((await refusal(deactivate())).code).toBe('CONFLICT');
    await all.aUser({ roles: { [elsewhere]: 'ADMIN' } });
    await deactivate();
    expect(await isSignedIn(admin)).toBe(false);
  });

  test('stays when one is deactivated and the other demoted at the same time, through different units', async () => {
    for (let round = 0; round < 5; round++) {
      const elsewhere = await all.aUnit('Sports');
      const one = await member('USER', { roles: { [elsewhere]: 'ADMIN' } });
      const two = await all.signedIn(await all.aUser({ roles: { [elsewhere]: 'ADMIN' } }));
      const organisation = await anOrganisationAdmin();
      const outcomes = await Promise.allSettled([
        all.members.updateMember(organisation, { unitId, userId: one.userId, active: false }),
        all.members.updateMember(two, { unitId: elsewhere, userId: two.userId, role: 'USER' }),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });
});

describe('adding somebody with a known e-mail', () => {
  test('adds the membership and touches nothing else of the account', async () => {
    const known = await all.aUser({ name: 'Known', roles: { [await all.aUnit()]: 'ADMIN' } });
    const admin = await member('ADMIN');
    const added = await add(admin, known.email.toUpperCase(), { role: 'POWER_USER' });
    expect(added).toMatchObject({ role: 'POWER_USER', active: true, inviteUrl: null });
    expect(added.user).toEqual(known);
    await all.accounts.signIn(known.email, thePassword, 'a');
  });

  test('with a password is refused, and the password stays', async () => {
    const known = await all.aUser();
    const admin = await member('ADMIN');
    const adding = add(admin, known.email, { password: 'taken over!' });
    expect((await refusal(adding)).code).toBe('BAD_USER_INPUT');
    expect(await rolesIn(unitId)).toEqual(['ADMIN']);
    await all.accounts.signIn(known.email, thePassword, 'a');
  });

  test('does not hand the open invitation of another unit over', async () => {
    const elsewhere = await all.aUnit();
    const first = await all.signedIn(await all.aUser({ roles: { [elsewhere]: 'ADMIN' } }));
    const invited = await all.members.addMember(first, {
      unitId: elsewhere,
      email: 'invited@example.org',
      name: 'Invited',
      role: 'USER',
    });
    expect(invited.inviteUrl).not.toBeNull();
    const admin = await member('ADMIN');
    expect((await add(admin, 'invited@example.org')).inviteUrl).toBeNull();
    const [seen] = await all.memberships.ofUser(admin, invited.user.id);
    expect(seen?.inviteUrl).toBeNull();
  });

  test('who is a member already is told', async () => {
    const admin = await member('ADMIN');
    expect(await refusal(add(admin, admin.email))).toEqual({
      code: 'BAD_USER_INPUT',
      message: 'input.email: belongs to a member already',
    });
  });

  test('the same new e-mail added by two units at once is one account', async () => {
    const units = [unitId, await all.aUnit(), await all.aUnit()];
    const organisation = await anOrganisationAdmin();
    const added = await Promise.all(
      units.map((unit) =>
        all.members.addMember(organisation, {
          unitId: unit,
          email: `both-${unitId}@example.org`,
          name: 'B',
          role: 'USER',
        }),
      ),
    );
    expect(new Set(added.map(({ user }) => user.id)).size).toBe(1);
  });
});

describe('adding somebody with a new e-mail', () => {
  test('with a password makes an account that can sign in', async () => {
    const { inviteUrl, user } = await add(await member('ADMIN'), 'new-1@example.org', {
      password: thePassword,
    });
    expect(inviteUrl).toBeNull();
    expect(user).toMatchObject({ name: 'Somebody', organisationAdmin: false, active: true });
    await all.accounts.signIn('new-1@example.org', thePassword, 'a');
  });

  test('every fault is told', async () => {
    const admin = await member('ADMIN');
    const bad = { unitId, email: 'a b@c', name: '', role: 'USER', password: 'short' } as const;
    expect((await refusal(all.members.addMember(admin, bad))).message.split('; ')).toEqual([
      'input.email: must be an e-mail address',
      'input.name: must not be empty',
      'input.password: must have at least 8 characters',
    ]);
  });
});

describe('resetting a password or deactivating', () => {
  const act = {
    'resetting a password': (actor: Awaited<ReturnType<typeof member>>, userId: string) =>
      all.members.resetPassword(actor, unitId, userId),
    deactivating: (actor: Awaited<ReturnType<typeof member>>, userId: string) =>
      all.members.updateMember(actor, { unitId, userId, active: false }),
  };

  describe.each(Object.entries(act))('%s', (_, perform) => {
    test('is for the admin of the only unit of the account', async () => {
      const [admin, target] = [await member('ADMIN'), await member('USER')];
      await perform(admin, target.userId);
    });

    test('is not for an admin of one of several units', async () => {
      const admin = await member('ADMIN');
      const target = await member('USER', { roles: { [await all.aUnit()]: 'USER' } });
      expect((await refusal(perform(admin, target.userId))).code).toBe('FORBIDDEN');
      expect(await isSignedIn(target)).toBe(true);
    });

    test('is not for an admin of the only unit on an organisation admin', async () => {
      const admin = await member('ADMIN');
      const target = await member('USER', { organisationAdmin: true });
      expect((await refusal(perform(admin, target.userId))).code).toBe('FORBIDDEN');
    });

    test('is for organisation admins everywhere', async () => {
      await member('ADMIN');
      const target = await member('USER', { roles: { [await all.aUnit()]: 'USER' } });
      const organisationMember = await member('READONLY', { organisationAdmin: true });
      const actor = await anOrganisationAdmin();
      await perform(actor, target.userId);
      await perform(actor, organisationMember.userId);
    });

    test('is not for other roles, nor on people of other units', async () => {
      const admin = await member('ADMIN');
      const stranger = await all.aUser({ roles: { [await all.aUnit()]: 'USER' } });
      expect((await refusal(perform(admin, stranger.id))).code).toBe('NOT_FOUND');
      expect((await refusal(perform(await member('POWER_USER'), admin.userId))).code).toBe('FORBIDDEN');
      expect((await refusal(perform(await all.signedIn(stranger), admin.userId))).code).toBe('FORBIDDEN');
    });
  });

  test('a link that was handed out ends when the account is added to another unit, even at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const [admin, target] = [await member('ADMIN'), await member('USER')];
      const elsewhere = await all.aUnit();
      const other = await all.signedIn(await all.aUser({ roles: { [elsewhere]: 'ADMIN' } }));
      await Promise.allSettled([
        all.members.addMember(other, { unitId: elsewhere, email: target.email, name: 'T', role: 'USER' }),
        all.members.resetPassword(admin, unitId, target.userId),
      ]);
      expect(await all.column('SELECT id FROM one_time_link WHERE user_id = ?', [target.userId])).toEqual([]);
    }
  });

  test('a link that was handed out ends when the member leaves the unit', async () => {
    const [admin, target] = [await member('ADMIN'), await member('USER')];
    const link = await all.members.resetPassword(admin, unitId, target.userId);
    await all.members.removeMember(admin, unitId, target.userId);
    const taking = all.accounts.acceptInvitation(tokenOf(link), 'Taken', 'taken over!');
    expect((await refusal(taking)).code).toBe('NOT_FOUND');
  });
});

test('the last active organisation admin cannot be deactivated', async () => {
  const fresh = await openAccounts();
  try {
    const unit = await fresh.aUnit();
    await fresh.aUser({ roles: { [unit]: 'ADMIN' } });
    const last = await fresh.signedIn(
      await fresh.aUser({ organisationAdmin: true, roles: { [unit]: 'USER' } }),
    );
    const leave = () =>
      fresh.members.updateMember(last, { unitId: unit, userId: last.userId, active: false });
    expect((await refusal(leave())).message).toContain('last active admin of the organisation');
    await fresh.aUser({ organisationAdmin: true });
    await leave();
  } finally {
    await fresh.close();
  }
});

describe('what was taken away ends at once', () => {
  test('deactivating ends sessions, tokens and open sockets; activating lets the tokens work again', async () => {
    const [admin, target] = [await member('ADMIN'), await member('USER')];
    const { secret, token } = await all.tokens.create(target, { unitId, name: 'Script', role: 'USER' });
    const useToken = () => all.authenticator.actorOf({ authorization: `Bearer ${secret}` });

    await all.members.updateMember(admin, { unitId, userId: target.userId, active: false });
    expect(await isSignedIn(target)).toBe(false);
    expect((await refusal(useToken())).code).toBe('UNAUTHENTICATED');
    expect(all.revoked).toEqual(expect.arrayContaining([target.via.id, token.id]));

    await all.members.updateMember(admin, { unitId, userId: target.userId, active: true });
    expect(await isSignedIn(target)).toBe(false);
    expect((await useToken())?.userId).toBe(target.userId);
  });

  test('removing from a unit ends the tokens of that unit and closes sockets; session and other units stay', async () => {
    const elsewhere = await all.aUnit();
    const [admin, target] = [await member('ADMIN'), await member('USER', { roles: { [elsewhere]: 'USER' } })];
    const here = await all.tokens.create(target, { unitId, name: 'Here', role: 'USER' });
    const there = await all.tokens.create(target, { unitId: elsewhere, name: 'There', role: 'USER' });

    await all.members.removeMember(admin, unitId, target.userId);
    const actor = await all.authenticator.actorOf({ cookie: target.cookie });
    expect(actor?.roles).toEqual(new Map([[elsewhere, 'USER']]));
    expect(all.revoked).toEqual(expect.arrayContaining([target.via.id, here.token.id]));
    expect(all.revoked).not.toContain(there.token.id);

    await add(admin, target.email);
    const again = all.authenticator.actorOf({ authorization: `Bearer ${here.secret}` });
    expect((await refusal(again)).code).toBe('UNAUTHENTICATED');
  });

  test('another role closes the sockets that were opened with the old one', async () => {
    const [admin, target] = [await member('ADMIN'), await member('POWER_USER')];
    await all.members.updateMember(admin, { unitId, userId: target.userId, role: 'POWER_USER' });
    expect(all.revoked).not.toContain(target.via.id);
    await all.members.updateMember(admin, { unitId, userId: target.userId, role: 'USER' });
    expect(all.revoked).toContain(target.via.id);
    expect(await isSignedIn(target)).toBe(true);
  });
});

test('member changes do not move the revision of the unit, and are audited', async () => {
  const admin = await member('ADMIN');
  const { user } = await add(admin, `audited-${unitId}@example.org`);
  await all.members.updateMember(admin, { unitId, userId: user.id, role: 'READONLY' });
  await all.members.removeMember(admin, unitId, user.id);
  expect(await all.column('SELECT revision FROM unit WHERE id = ?', [unitId])).toEqual([1]);
  expect(await all.column('SELECT event FROM audit WHERE unit_id = ? ORDER BY id', [unitId])).toEqual([
    'MEMBER_ADDED',
    'MEMBER_CHANGED',
    'MEMBER_REMOVED',
  ]);
});
