import type { Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addProfile, deleteProfile, liveProfiles, setConfigKey } from './parts/edits';
import { addPeople, barOf, bob, createProfile, leaveSafeMode, startSafeMode } from './parts/safe-mode';
import { applyForAll, applyLocally, changeTo, pageButton } from './parts/safe-mode-page';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let ada: Api;
let bobsApi: Api;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  ada = await signedInApi(server.url, admin);
  bobsApi = await signedInApi(server.url, bob);
});

afterEach(async () => {
  expect(browser.complaints()).toEqual([]);
  await Promise.all([leaveSafeMode(ada), leaveSafeMode(bobsApi)]);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

async function start(page: Page, name?: string): Promise<void> {
  await page.getByRole('button', { name: 'Start safe mode' }).click();
  const dialog = page.getByRole('dialog');
  if (name) await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Start safe mode' }).click();
  await page
    .getByRole('heading', { level: 1 })
    .and(page.getByText(name ?? /^ada, /))
    .waitFor();
}

test('started from the tab, a safe mode records what the forms of the console save, and is applied and undone', async () => {
  const page = await browser.open();
  await signIn(page, admin, '/admin/plugins');
  await page.getByRole('tab', { name: 'Safe mode' }).click();
  await page.getByText('Changes made in a safe mode are recorded').waitFor();
  expect(await violations(page)).toEqual([]);
  await start(page, 'Spring cleaning');
  await barOf(page).getByText('Spring cleaning').waitFor();
  expect(await pageButton(page, 'Apply for all users').isDisabled()).toBe(true);
  await page.getByText('There is nothing to apply for all users yet').waitFor();

  await page.getByRole('tab', { name: 'Profiles' }).click();
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Sales');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Sales' }).waitFor();
  await page.getByRole('tab', { name: 'Config keys' }).click();
  await page.getByRole('link', { name: 'house.name' }).click();
  await page.getByLabel('Value', { exact: true }).fill('The Daily Planet');
  await page.getByRole('button', { name: 'Save' }).click();
  await barOf(page).getByText('2 changes').waitFor();

  await page.getByRole('tab', { name: 'Safe mode' }).click();
  const listed = rowOf(page, 'Spring cleaning');
  for (const text of ['ada (you)', 'Applied locally', 'Owner']) await listed.getByText(text).waitFor();
  await listed.getByRole('cell', { name: '2 changes', exact: true }).waitFor();
  await listed.getByRole('link', { name: 'Spring cleaning' }).click();

  const created = changeTo(page, 'Sales');
  for (const text of ['Create', 'Profile', 'name: Sales']) await created.getByText(text).first().waitFor();
  const updated = changeTo(page, 'house.name');
  expect(await updated.innerText()).toContain('"The Harbour Courier" → "The Daily Planet"');
  await created.getByRole('link', { name: 'Sales' }).click();
  await page.getByRole('heading', { name: 'Sales' }).waitFor();
  await page.goBack();
  expect(Object.keys(await liveProfiles(ada))).not.toContain('Sales');

  await pageButton(page, 'Apply for all users').click();
  await page.getByRole('dialog').getByText('2 changes').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Apply for all users' }).click();
  await page.getByText(/^Applied for all users by ada on/).waitFor();
  expect(Object.keys(await liveProfiles(ada))).toContain('Sales');
  expect(await barOf(page).count()).toBe(0);
  await changeTo(page, 'Sales').getByText('Created').waitFor();
  expect(await page.getByRole('button', { name: 'Remove' }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);

  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('link', { name: 'Spring cleaning' }).first().click();
  await page.getByText(/^Applied for all users by ada on/).waitFor();
  await page.getByRole('link', { name: 'Safe mode', exact: true }).click();
  const applied = rowOf(page, 'Spring cleaning');
  await applied.getByRole('cell', { name: 'ada', exact: true }).waitFor();
  await applied.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('heading', { name: 'Undo of Spring cleaning' }).waitFor();
  await changeTo(page, 'Sales').getByText('Delete').waitFor();
  expect(Object.keys(await liveProfiles(ada))).toContain('Sales');
  await pageButton(page, 'Apply changes locally').click();
  await applyForAll(page);
  expect(Object.keys(await liveProfiles(ada))).not.toContain('Sales');
});

test('without a name a safe mode gets the name of its owner and the time; it can be renamed and deleted', async () => {
  const page = await browser.open();
  await signIn(page, admin, '/admin/safe-mode');
  await start(page);
  await pageButton(page, 'Rename').click();
  await page.getByRole('dialog').getByLabel('Name').fill('Summer <i>break</i>');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Summer <i>break</i>' }).waitFor();

  await pageButton(page, 'Delete').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Safe mode', exact: true }).waitFor();
  expect(await rowOf(page, 'Summer').count()).toBe(0);
});

test('another admin previews: Discard is all that they can do, everything else is off and says why', async () => {
  const id = await startSafeMode(ada, 'To be previewed');
  await createProfile(ada, 'Only previewed', id);
  const page = await browser.open();
  await signIn(page, bob, '/admin/safe-mode');
  await rowOf(page, 'To be previewed').getByRole('cell', { name: 'Preview', exact: true }).waitFor();
  await page.getByRole('link', { name: 'To be previewed' }).click();
  await pageButton(page, 'Apply changes locally').waitFor();
  for (const name of ['Rename', 'Delete', 'Apply for all users', 'Remove'])
    expect(await pageButton(page, name).count()).toBe(0);

  await pageButton(page, 'Apply changes locally').click();
  await pageButton(page, 'Discard').waitFor();
  for (const name of ['Rename', 'Delete', 'Apply for all users', 'Remove']) {
    const button = pageButton(page, name);
    expect({ [name]: await button.isDisabled() }).toEqual({ [name]: true });
    const reason = page.locator(`[id="${await button.getAttribute('aria-describedby')}"]`);
    expect(await reason.innerText()).toContain('This is a preview of “To be previewed” by ada');
  }
  expect(await violations(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Profiles' }).click();
  await page.getByRole('heading', { name: 'Profiles' }).waitFor();
  await page.getByRole('link', { name: 'Only previewed' }).waitFor();

  await page.goBack();
  await pageButton(page, 'Discard').click();
  await pageButton(page, 'Apply changes locally').waitFor();
  await barOf(page).getByText('To be previewed').waitFor();
  expect(await pageButton(page, 'Discard').count()).toBe(0);
});

test('the list follows what others start, rename and end, and the page of one that ended says by whom', async () => {
  const page = await browser.open();
  await signIn(page, bob, '/admin/safe-mode');
  const id = await startSafeMode(ada, 'Coming');
  await page.getByRole('link', { name: 'Coming', exact: true }).waitFor();
  await ada.ask('mutation ($id: ID!) { renameSafeMode(id: $id, name: "Going") { id } }', { id });
  await page.getByRole('link', { name: 'Going', exact: true }).click();
  await page.getByRole('heading', { name: 'Going' }).waitFor();
  await ada.ask('mutation ($id: ID!) { deleteSafeMode(id: $id) }', { id });
  await page.getByText(/^Deleted by ada on/).waitFor();
  expect(await page.getByRole('button', { name: 'Apply changes locally' }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.goto('/admin/safe-mode');
  await page.getByRole('heading', { name: 'Safe mode', exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'Going', exact: true }).count()).toBe(0);
});

test('an address where there is none, and one of another unit, say so', async () => {
  const { createUnit } = await ada.ask<{ createUnit: { id: string } }>(
    'mutation { createUnit(name: "Sports") { id } }',
  );
  const elsewhere = await startSafeMode({ ...ada, unitId: createUnit.id }, 'Elsewhere');
  const page = await browser.open();
  await signIn(page, admin, `/admin/safe-mode/${elsewhere}`);
  await page.getByText('belongs to another unit').waitFor();
  await page.goto('/admin/safe-mode/01900000-0000-7000-8000-000000000000');
  await page.getByText('There is no safe mode at this address').waitFor();
  expect(await violations(page)).toEqual([]);
});

test('a change that is gone already is told, and the page shows what is left', async () => {
  const id = await startSafeMode(ada, 'In two windows');
  await setConfigKey(ada, { key: 'twice.a', value: 1 }, id);
  await setConfigKey(ada, { key: 'twice.b', value: 1 }, id);
  const page = await browser.open();
  await signIn(page, admin, '/admin/safe-mode');
  await page.getByRole('dialog').getByRole('button', { name: 'Load changes' }).click();
  await page.getByRole('link', { name: 'In two windows', exact: true }).click();
  await changeTo(page, 'twice.a').waitFor();
  interface Tasks {
    safeMode: { tasks: { id: string; target: { name: string } }[] };
  }
  const { safeMode } = await ada.ask<Tasks>(
    'query ($id: ID!) { safeMode(id: $id) { tasks { id target { name } } } }',
    { id },
  );
  const taskId = safeMode.tasks.find(({ target }) => target.name === 'twice.a')?.id;
  await ada.ask(
    'mutation ($input: RemoveSafeModeTaskInput!) { removeSafeModeTask(input: $input) { __typename } }',
    { input: { safeModeId: id, taskId } },
  );
  await changeTo(page, 'twice.a').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alert').getByText('not in the safe mode any more').waitFor();
  await changeTo(page, 'twice.a').waitFor({ state: 'detached' });
  await changeTo(page, 'twice.b').waitFor();
});

test('many changes are listed page by page, and those in conflict alone', async () => {
  const id = await startSafeMode(ada, 'Many');
  for (let number = 100; number < 160; number++)
    await setConfigKey(ada, { key: `many.${number}`, value: 1 }, id);
  const page = await browser.open();
  await signIn(page, admin, '/admin/safe-mode');
  await page.getByRole('dialog').getByRole('button', { name: 'Load changes' }).click();
  await page.getByRole('link', { name: 'Many', exact: true }).click();
  await page.getByText('1–50 of 60').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await changeTo(page, 'many.159').waitFor();
  expect(await changeTo(page, 'many.100').count()).toBe(0);

  await setConfigKey(bobsApi, { key: 'many.100', value: 2 });
  await page.getByText('1 conflict with what is live now, in 1 of 60 changes').waitFor();
  await page.getByText('51–60 of 60').waitFor();
  await page.getByRole('switch', { name: 'Only those in conflict' }).click();
  await changeTo(page, 'many.100').getByText('Changed live by Bob').waitFor();
  expect(await page.getByRole('table', { name: 'Changes' }).getByRole('row').count()).toBe(2);
  expect(await violations(page)).toEqual([]);
});

test('what is gone already is a conflict at once when it is applied locally; taken out, the rest applies', async () => {
  const twice = await addProfile(ada, 'Removed twice');
  const id = await startSafeMode(ada, 'Removing');
  await deleteProfile(ada, twice, id);
  await createProfile(ada, 'Stays', id);
  await leaveSafeMode(ada);
  await deleteProfile(bobsApi, twice);

  const page = await browser.open();
  await signIn(page);
  await applyLocally(page, 'Removing');
  const gone = changeTo(page, 'Removed twice');
  await gone.getByText('Deleted live by Bob').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Conflicts');
  expect(await pageButton(page, 'Apply for all users').isDisabled()).toBe(true);
  await gone.getByRole('button', { name: 'Remove' }).click();
  await gone.waitFor({ state: 'detached' });
  await page.getByRole('status').getByText('does not bring back').waitFor();
  await applyForAll(page);
  expect(Object.keys(await liveProfiles(ada))).toContain('Stays');
});
