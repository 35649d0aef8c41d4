import { type Actor } from '../../src/access/actor';
import { type UnitChange } from '../../src/messages/topics';
import { peopleLoader } from '../../src/unit/people';
import { type Accounts, openAccounts, refusal } from '../parts/accounts';

let all: Accounts;
beforeAll(async () => void (all = await openAccounts()));
afterAll(() => all.close());

const anOrganisationAdmin = async () => all.signedIn(await all.aUser({ organisationAdmin: true }));

test('a new unit is empty, at revision 1, with a live generation, its first change and its first admin', async () => {
  const actor = await anOrganisationAdmin();
  const unit = await all.units.createUnit(actor, ' Newsroom ');
  expect(unit).toMatchObject({
    name: 'Newsroom',
    revision: 1,
    lastCause: 'CREATED',
    lastChangedBy: actor.userId,
  });
  expect(await all.units.find(unit.id)).toEqual(unit);
  expect(await all.column('SELECT id, unit_id, state FROM generation WHERE unit_id = ?', [unit.id])).toEqual([
    unit.liveGenerationId,
    unit.id,
    'LIVE',
  ]);
  expect(await all.column('SELECT revision, cause FROM change_set WHERE unit_id = ?', [unit.id])).toEqual([
    1,
    'CREATED',
  ]);
  expect(await all.column('SELECT user_id, role FROM membership WHERE unit_id = ?', [unit.id])).toEqual([
    actor.userId,
    'ADMIN',
  ]);
});

test('a new unit is told', async () => {
  const told: UnitChange[] = [];
  const publish = jest.spyOn(all.topics, 'publish').mockImplementation((...args: unknown[]) => {
    if (args[0] === 'unitChanged') told.push(args.at(-1) as UnitChange);
  });
  const actor = await anOrganisationAdmin();
  const { id } = await all.units.createUnit(actor, 'Sports');
  publish.mockRestore();
  expect(told).toEqual([await all.units.latestChange(id)]);
  expect(told[0]).toMatchObject({ unitId: id, revision: 1, cause: 'CREATED', byUserId: actor.userId });
});

test('only organisation admins make units, with a fit name', async () => {
  const admin = await all.signedIn(await all.aUser({ roles: { [await all.aUnit()]: 'ADMIN' } }));
  expect((await refusal(all.units.createUnit(admin, 'Mine'))).code).toBe('FORBIDDEN');
  const organisation = await anOrganisationAdmin();
  expect((await refusal(all.units.createUnit(organisation, '  '))).message).toBe('name: must not be empty');
  expect((await refusal(all.units.createUnit(organisation, 'x'.repeat(201)))).code).toBe('BAD_USER_INPUT');
});

const unitAs = (actor: Actor | undefined, unitId: string) =>
  all.units.unitOfMember({ actor, kept: new Map() }, unitId);

test('a unit is seen by its members only, by an organisation admin only as a member', async () => {
  const unitId = await all.aUnit();
  const member = await all.signedIn(await all.aUser({ roles: { [unitId]: 'READONLY' } }));
  expect((await unitAs(member, unitId))?.id).toBe(unitId);
  expect(await unitAs(await anOrganisationAdmin(), unitId)).toBeUndefined();
  expect(await unitAs(undefined, unitId)).toBeUndefined();
  expect(await unitAs(member, 'unknown')).toBeUndefined();
});

test('people are id and name, in one query, also when deactivated', async () => {
  const one = await all.aUser({ name: 'One' });
  const two = await all.aUser({ name: 'Two', active: false });
  const read = jest.spyOn(all.database, 'read');
  const people = peopleLoader(all.database);
  expect(await Promise.all([two.id, 'unknown', one.id, two.id].map((id) => people.load(id)))).toEqual([
    { id: two.id, name: 'Two' },
    null,
    { id: one.id, name: 'One' },
    { id: two.id, name: 'Two' },
  ]);
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRestore();
});
