import { type Actor } from '../../src/access/actor';
import { type Accounts, openAccounts, refusal } from '../parts/accounts';

let all: Accounts;
let unitId: string;
let admin: Actor;
beforeAll(async () => {
  all = await openAccounts();
  unitId = await all.aUnit();
  admin = await all.signedIn(
    await all.aUser({ name: 'Zoë', email: 'zoe@example.org', roles: { [unitId]: 'ADMIN' } }),
  );
  for (const [name, email] of [
    ['ben', 'ben@example.org'],
    ['Änne', 'anne@example.org'],
    ['Ada', 'ada@sports.example'],
    ['Ben', 'another-ben@example.org'],
  ])
    await all.aUser({ name, email, roles: { [unitId]: 'USER' } });
  await all.aUser({ name: 'Stranger', roles: { [await all.aUnit()]: 'USER' } });
});
afterAll(() => all.close());

const names = async (asked: { first?: number; after?: string; search?: string } = {}) => {
  const page = await all.memberships.ofUnit(admin, unitId, { first: 200, ...asked });
  return page.items.map(({ node }) => node.user.name);
};

test('members come by name, whatever the case, and only those of the unit', async () => {
  expect(await names()).toEqual(['Ada', 'ben', 'Ben', 'Zoë', 'Änne']);
});

test('parts of name or e-mail find members without case, on every database', async () => {
  expect(await names({ search: 'ÄN' })).toEqual(['Änne']);
  expect(await names({ search: 'SPORTS' })).toEqual(['Ada']);
  expect(await names({ search: '100%' })).toEqual([]);
});

test('pages follow one another without gap or repetition, also between equal names', async () => {
  const seen: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await all.memberships.ofUnit(admin, unitId, { first: 2, after });
    expect(await page.total()).toBe(5);
    seen.push(...page.items.map(({ node }) => node.user.email));
    after = page.items.at(-1)?.cursor();
    if (!page.hasNextPage) break;
  }
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});

test('something that is no cursor is refused', async () => {
  expect((await refusal(names({ after: 'nonsense' }))).code).toBe('BAD_USER_INPUT');
});

test('an open invitation shows its link to its admin in a browser session, not through a token, until accepted', async () => {
  const unit = await all.aUnit();
  const ofUnit = await all.signedIn(await all.aUser({ roles: { [unit]: 'ADMIN' } }));
  const invited = { unitId: unit, email: 'invited@example.org', name: 'Invited', role: 'USER' } as const;
  const { inviteUrl, user } = await all.members.addMember(ofUnit, invited);
  const shown = async (actor: Actor) => {
    const { items } = await all.memberships.ofUnit(actor, unit, { first: 10, search: 'invited' });
    return items[0]?.node.inviteUrl;
  };
  expect(await shown(ofUnit)).toBe(inviteUrl);
  expect(await shown({ ...ofUnit, via: { kind: 'token', id: 'token' } })).toBeNull();
  expect((await all.memberships.ofUser(ofUnit, user.id))[0]?.inviteUrl).toBe(inviteUrl);
});

test('one’s own units are listed by name; of others only those whose members one manages', async () => {
  const [sports, arts] = [await all.aUnit('sports'), await all.aUnit('Arts')];
  const user = await all.aUser({ roles: { [sports]: 'USER', [arts]: 'ADMIN' } });
  const units = async (actor: Actor) =>
    (await all.memberships.ofUser(actor, user.id)).map(({ unit, role }) => `${unit.name} ${role}`);

  const self = await all.signedIn(user);
  expect(await units(self)).toEqual(['Arts ADMIN', 'sports USER']);
  const token = {
    ...self,
    roles: new Map([[sports, 'USER' as const]]),
    via: { kind: 'token' as const, id: 't' },
  };
  expect(await units(token)).toEqual(['sports USER']);
  const ofSports = await all.signedIn(await all.aUser({ roles: { [sports]: 'ADMIN', [arts]: 'USER' } }));
  expect(await units(ofSports)).toEqual(['sports USER']);
  expect(await units(admin)).toEqual([]);
  expect(await units(await all.signedIn(await all.aUser({ organisationAdmin: true })))).toHaveLength(2);
});
