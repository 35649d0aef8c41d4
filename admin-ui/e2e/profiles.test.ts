import type { Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { namesOf, signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addProfile, addWorkspace, liveProfiles } from './parts/edits';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let api: Api;
let page: Page;

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  api = await signedInApi(server.url);
  for (const name of ['Alpha', 'Beta', 'Gamma', ...Array.from({ length: 9 }, (_, index) => `Other ${index}`)])
    await addWorkspace(api, name);
  page = await browser.open();
  await signIn(page);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
afterEach(() => expect(browser.complaints()).toEqual([]));

const workspace = (name: string) => page.getByRole('checkbox', { name, exact: true });
const rowOf = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
const save = () => page.getByRole('button', { name: 'Save' }).click();

test('workspaces are checked and dragged into order with the mouse', async () => {
  await page.goto('/admin/profiles');
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Mouse');
  for (const name of ['Alpha', 'Beta', 'Gamma']) await workspace(name).check();
  await rowOf('Gamma').dragTo(rowOf('Alpha'));
  await page.getByText('Gamma is now number 1 of 3.').waitFor();
  await save();
  await page.getByRole('link', { name: 'Mouse' }).waitFor();
  expect((await liveProfiles(api))['Mouse']).toEqual(['Gamma', 'Alpha', 'Beta']);
});

test('workspaces are checked and moved into order with the keyboard, and that is announced', async () => {
  await page.goto('/admin/profiles/new');
  await page.getByLabel('Name', { exact: true }).fill('Keyboard');
  for (const name of ['Alpha', 'Beta']) {
    await workspace(name).focus();
    await page.keyboard.press('Space');
  }
  await page.getByRole('button', { name: 'Move Beta up' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Beta is now number 1 of 2.').waitFor();
  // At the end of the list the other button takes over.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Move Beta down',
  );
  await page.getByLabel('Name', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Keyboard' }).waitFor();
  expect((await liveProfiles(api))['Keyboard']).toEqual(['Beta', 'Alpha']);
});

test('the form tells who can choose the profile, as roles are chosen', async () => {
  await page.goto('/admin/profiles/new');
  await page.getByText('Can be chosen by: Admin and User.').waitFor();
  await page.getByRole('checkbox', { name: 'User', exact: true }).uncheck();
  await page.getByText('Only admins can choose this profile.').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  const leaving = page.getByRole('dialog');
  await leaving.getByRole('button', { name: 'Stay' }).click();
  await leaving.waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/admin/profiles/new');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await leaving.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('heading', { name: 'Profiles' }).waitFor();
});

test('among many workspaces a search finds the next one; what is chosen stays in sight', async () => {
  await page.goto('/admin/profiles/new');
  await workspace('Alpha').check();
  await page.getByLabel('Search workspaces').fill('other 7');
  await workspace('Alpha').waitFor();
  await workspace('Other 7').check();
  expect(await workspace('Beta').count()).toBe(0);
  await page.getByText('2 of 12 chosen').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Search workspaces').fill('nothing like it');
  await page.getByText('No other workspace matches “nothing like it”.').waitFor();
});

test('deleting a profile names it and leaves its workspaces', async () => {
  await addProfile(api, 'Short-lived', [await addWorkspace(api, 'Stays')]);
  await page.goto('/admin/profiles');
  await page.getByRole('link', { name: 'Short-lived' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete profile “Short-lived”?' });
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('link', { name: 'Short-lived' }).waitFor({ state: 'detached' });
  expect(Object.keys(await liveProfiles(api))).not.toContain('Short-lived');
  expect((await namesOf(api))['workspaces']).toContain('Stays');
});
