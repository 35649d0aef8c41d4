import type { Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addPeople, bob, uma } from './parts/safe-mode';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let page: Page;
let api: Api;
/** Makes the names of one try its own. */
let turn = 0;

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  api = await signedInApi(server.url);
});
beforeEach(async () => {
  turn += 1;
  page = await browser.open();
  await signIn(page, admin, '/admin/users');
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
afterEach(() => expect(browser.complaints()).toEqual([]));

const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name });
/** On a phone it stands elsewhere in the row, and there is one for each. */
const stateOf = (name: string, state: string | RegExp) =>
  rowOf(name).getByText(state, { exact: true }).filter({ visible: true });

async function choose(name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

const add = (name: string, role: string, unitId = api.unitId) =>
  api.ask('mutation ($input: AddMemberInput!) { addMember(input: $input) { role } }', {
    input: { unitId, name, role, email: `${name.toLowerCase().replaceAll(' ', '.')}.${turn}@many.example` },
  });

test('somebody new is invited by a link, which is copied, tells until when it works, and lets them in', async () => {
  await page.getByRole('button', { name: 'Add user' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add user' });
  await dialog.getByLabel('E-mail').fill('ines@example.org');
  await dialog.getByLabel('Name').fill('Ines');
  await dialog.getByLabel('Role').selectOption('Power user');
  await dialog.getByRole('button', { name: 'Add', exact: true }).press('Enter');
  const handed = page.getByRole('dialog', { name: 'Invitation for Ines' });
  await handed.getByText(/works once, until \d+ \w+ \d{4}/).waitFor();
  await handed.getByText('Copied.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(await handed.getByLabel('Link').inputValue());
  expect(await violations(page)).toEqual([]);
  await handed.getByRole('button', { name: 'Done' }).click();
  await stateOf('Ines', /^Invited until/).waitFor();

  const guest = await browser.open();
  await guest.goto(link);
  await guest.getByLabel('Name').fill('Ines');
  await guest.getByLabel('Password', { exact: true }).fill('a long new password');
  await guest.getByRole('button', { name: 'Continue' }).click();
  await guest.getByRole('button', { name: 'User menu' }).waitFor();
  await page.reload();
  await stateOf('Ines', 'Active').waitFor();
});

test('a role is changed in the list, with the keyboard', async () => {
  const name = `Rosa ${turn}`;
  await add(name, 'USER');
  await page.reload();
  const role = page.getByLabel(`Role of ${name}`);
  await role.focus();
  await page.keyboard.type('Read');
  await page.getByText(`${name} is now: Read only.`).waitFor();
  expect(await role.inputValue()).toBe('READONLY');
});

test('whoever is given another role while they are here sees at once what they may do now', async () => {
  const theirs = await browser.open();
  await signIn(theirs, bob, '/admin/config-keys');
  await theirs.getByRole('button', { name: 'New config key' }).waitFor();
  const { unit } = await api.ask<{ unit: { members: { nodes: { user: { id: string } }[] } } }>(
    'query ($id: ID!) { unit(id: $id) { members(search: "bob@") { nodes { user { id } } } } }',
    { id: api.unitId },
  );
  const setRole = (role: string) =>
    api.ask('mutation ($input: UpdateMemberInput!) { updateMember(input: $input) { role } }', {
      input: { unitId: api.unitId, userId: unit.members.nodes[0]?.user.id, role },
    });
  await setRole('USER');
  await theirs.getByText('Not for your role').waitFor();
  await setRole('ADMIN');
  await theirs.getByRole('button', { name: 'New config key' }).waitFor();
});

test('deactivated people cannot sign in until they are active again', async () => {
  await choose('Uma', 'Deactivate');
  const dialog = page.getByRole('dialog', { name: 'Deactivate Uma?' });
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await stateOf('Uma', 'Deactivated').waitFor();
  await expect(signedInApi(server.url, uma)).rejects.toThrow();
  await page.getByRole('button', { name: 'Actions for Uma' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Activate', exact: true }).press('Enter');
  await stateOf('Uma', 'Active').waitFor();
  await signedInApi(server.url, uma);
});

test('a new password is chosen by a link that works once', async () => {
  await choose('Uma', 'Reset password');
  const handed = page.getByRole('dialog', { name: 'New password for Uma' });
  await handed.getByText('within three days').waitFor();
  expect(await handed.getByLabel('Link').inputValue()).toContain('/invitation/');
  await page.keyboard.press('Escape');
  await handed.waitFor({ state: 'detached' });
});

test('an admin of one unit is told why the account of an organisation admin is out of reach', async () => {
  const other = await browser.open();
  await signIn(other, bob, '/admin/users');
  await other.getByRole('button', { name: `Actions for ${admin.name}` }).click();
  const reset = other.getByRole('menuitem', { name: 'Reset password' });
  expect(await reset.getAttribute('data-disabled')).not.toBeNull();
  expect(await reset.innerText()).toContain('Only an organisation admin may do this');
  expect(await violations(other)).toEqual([]);
});

test('the last admin cannot be demoted or removed, and the page says why', async () => {
  const sports = `Sports ${turn}`;
  const { createUnit } = await api.ask<{ createUnit: { id: string } }>(
    'mutation ($name: String!) { createUnit(name: $name) { id } }',
    { name: sports },
  );
  await add('Nora', 'ADMIN', createUnit.id);
  await page.reload();
  await page.getByRole('button', { name: 'Switch unit' }).click();
  await page.getByRole('menuitemcheckbox', { name: sports }).click();
  await page.getByText('No workspaces yet').waitFor();
  await page.goto('/admin/users');
  await choose('Nora', 'Remove from this unit');
  const dialog = page.getByRole('dialog', { name: `Remove Nora from ${sports}?` });
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await rowOf('Nora').waitFor({ state: 'detached' });
  await rowOf('(you)').getByText('Last admin').waitFor();
  expect(await page.getByLabel(`Role of ${admin.name}`).isDisabled()).toBe(true);
  await page.getByRole('button', { name: `Actions for ${admin.name}` }).click();
  const removal = page.getByRole('menuitem', { name: 'Remove from this unit' });
  expect(await removal.innerText()).toContain('The last admin of a unit stays one.');
  expect(await violations(page)).toEqual([]);
});

test('many members are searched by name or e-mail, page by page', async () => {
  for (let index = 0; index < 55; index += 1) await add(`Many ${index}`, 'USER');
  await page.reload();
  await page.getByText(/1–50 of \d+/).waitFor();
  await page.getByRole('searchbox', { name: 'Search users' }).fill(`many.5.${turn}@MANY`);
  await page.getByRole('row', { name: /Many 5 / }).waitFor();
  await page.getByText('Users: 1', { exact: true }).waitFor();
});
