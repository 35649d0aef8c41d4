import type { Page } from 'playwright-core';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { liveProfiles } from './parts/edits';
import { addPeople, barOf, bob, leaveSafeMode, uma } from './parts/safe-mode';
import { applyForAll, changeTo, pageButton } from './parts/safe-mode-page';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

/** The manual's own stories: two admins and an ordinary user, each in a browser of their own, by the console alone. */
let server: TestedServer;
let browser: TestedBrowser;
let ada: Api;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  ada = await signedInApi(server.url, admin);
});

afterEach(async () => {
  expect(browser.complaints()).toEqual([]);
  await leaveSafeMode(ada);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Two admins on their list of profiles, and a user on the dashboard. */
async function threePeople(): Promise<{ owner: Page; colleague: Page; user: Page }> {
  const [owner, colleague, user] = [await browser.open(), await browser.open(), await browser.open()];
  await signIn(owner, admin, '/admin/safe-mode');
  await signIn(colleague, bob, '/admin/profiles');
  await signIn(user, uma);
  return { owner, colleague, user };
}

async function start(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Start safe mode' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('dialog').getByRole('button', { name: 'Start safe mode' }).click();
  await barOf(page).getByText(name).waitFor();
}

async function openProfiles(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Profiles' }).click();
  await page.getByRole('button', { name: 'New profile' }).waitFor();
}

async function newProfile(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name, exact: true }).waitFor();
}

async function removeProfile(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name }).waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'New profile' }).waitFor();
  await page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
}

/** From anywhere in Admin settings to the page of the safe mode that one is in. */
async function openSafeMode(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: 'Safe mode' }).click();
  await page.getByRole('main').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

test('the same profile name twice: told when applying, nothing is written; with another name it goes to everybody', async () => {
  const { owner, colleague, user } = await threePeople();
  await start(owner, 'Spring');
  await barOf(user).getByText('ada works in safe mode “Spring”').waitFor();
  await openProfiles(owner);
  await newProfile(owner, 'Sales');
  await newProfile(colleague, 'Sales');
  expect(await barOf(colleague).innerText()).toContain('Spring');

  await openSafeMode(owner, 'Spring');
  await changeTo(owner, 'Sales').getByText('In conflict').waitFor();
  expect(await pageButton(owner, 'Apply for all users').isDisabled()).toBe(true);
  await changeTo(owner, 'Sales').getByRole('button', { name: 'Another name' }).click();
  await owner.getByRole('dialog').getByRole('textbox').fill('Sales EMEA');
  await owner.getByRole('dialog').getByRole('button').last().click();
  await changeTo(owner, 'Sales EMEA').waitFor();
  await changeTo(owner, 'Sales EMEA').getByText('In conflict').waitFor({ state: 'detached' });

  await applyForAll(owner);
  await barOf(user).waitFor({ state: 'detached' });
  await colleague.getByRole('link', { name: 'Sales EMEA' }).waitFor();
  expect(Object.keys(await liveProfiles(ada))).toEqual(expect.arrayContaining(['Sales', 'Sales EMEA']));
});

test('the profile removed twice: the change is taken out, and the rest goes to everybody', async () => {
  const { owner, colleague, user } = await threePeople();
  await newProfile(colleague, 'Short-lived');
  await start(owner, 'Autumn');
  await openProfiles(owner);
  await removeProfile(owner, 'Short-lived');
  await newProfile(owner, 'Support');
  await colleague.getByRole('link', { name: 'Short-lived' }).waitFor();
  await removeProfile(colleague, 'Short-lived');

  await openSafeMode(owner, 'Autumn');
  await changeTo(owner, 'Short-lived').getByText('In conflict').waitFor();
  await changeTo(owner, 'Short-lived').getByRole('button', { name: 'Remove' }).click();
  await changeTo(owner, 'Short-lived').waitFor({ state: 'detached' });
  await applyForAll(owner);
  await barOf(user).waitFor({ state: 'detached' });
  await colleague.getByRole('link', { name: 'Support' }).waitFor();
});
