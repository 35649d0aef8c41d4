import type { Page } from 'playwright-core';
import { overflowsSideways } from './parts/accessibility';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addProfile, addWorkspace } from './parts/edits';
import { addPeople, uma } from './parts/safe-mode';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let api: Api;
/** Ids of the workspaces by name. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  api = await signedInApi(server.url);
  await addPeople(server.url);
  for (const name of ['Culture', 'Planning', 'Sports']) ids[name] = await addWorkspace(api, name);
  await addProfile(api, 'Evening', [ids['Sports'] ?? '', ids['Culture'] ?? '']);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

afterEach(() => expect(browser.complaints()).toEqual([]));

const bar = (page: Page) => page.getByRole('navigation', { name: 'Workspaces' });
const inBar = (page: Page) =>
  bar(page)
    .locator('a[href^="/workspaces/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')));

test('a profile filters the left bar in its own order, is remembered, and Show all ends that', async () => {
  const page = await browser.open();
  await signIn(page);
  await bar(page).getByRole('link', { name: 'Planning' }).waitFor();
  expect(await inBar(page)).toEqual(['Culture', 'Planning', 'Sports']);

  await page.getByRole('button', { name: 'Profile' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Evening' }).click();
  await bar(page).getByRole('link', { name: 'Planning' }).waitFor({ state: 'detached' });
  expect(await inBar(page)).toEqual(['Sports', 'Culture']);
  await page.reload();
  await bar(page).getByRole('link', { name: 'Sports' }).waitFor();
  expect(await inBar(page)).toEqual(['Sports', 'Culture']);

  await page.getByRole('button', { name: 'Profile' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemcheckbox', { name: 'Show all' }).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await bar(page).getByRole('link', { name: 'Planning' }).waitFor();
});

test('the workspace on the screen is marked in the left bar, on its page and in its settings', async () => {
  const page = await browser.open();
  await signIn(page, undefined, `/workspaces/${ids['Planning']}`);
  const marked = bar(page).locator('[aria-current=page]');
  await page.getByRole('heading', { name: 'Planning', level: 1 }).waitFor();
  expect(await marked.getAttribute('aria-label')).toBe('Planning');
  for (const item of ['Application settings', 'Workspace settings']) {
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor();
    expect(await marked.getAttribute('aria-label')).toBe('Planning');
  }
  await page.getByRole('link', { name: 'Show workspace' }).click();
  await page.waitForURL(`**/workspaces/${ids['Planning']}`);
});

test('the user menu is reached and walked through by keyboard, in the order of the manual', async () => {
  const page = await browser.open();
  await signIn(page);
  await page.getByRole('button', { name: 'User menu' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Backup' }).waitFor();
  const items = await page
    .getByRole('menu')
    .locator('[role=menuitem], [role=menuitemcheckbox]')
    .evaluateAll((all) => all.map((item) => (item.textContent ?? '').trim().replace(/\s+/g, ' ')));
  expect(items).toEqual([
    expect.stringMatching(/^ada ?Admin$/),
    'Edit profiles',
    'Workspace settings',
    'Application settings',
    'Plugins',
    'Safe mode',
    'Admin settings',
    'Light',
    'Dark',
    'System',
    'Sign out',
    'Backup',
  ]);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Continue' }).waitFor();
});

test('the theme is chosen in the user menu and remembered; System follows the browser', async () => {
  const page = await browser.open();
  await signIn(page);
  const choose = async (theme: string) => {
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitemcheckbox', { name: theme }).click();
  };
  const shownAs = (theme: string) => page.locator(`html.${theme}`).waitFor();
  await shownAs('light');
  await choose('Dark');
  await shownAs('dark');
  await page.reload();
  await shownAs('dark');
  await choose('Light');
  await shownAs('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await choose('System');
  await shownAs('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await shownAs('light');
});

test('a user is offered no settings, no new workspace, and is refused by their pages', async () => {
  const page = await browser.open();
  await signIn(page, uma);
  await bar(page).getByRole('link', { name: 'Planning' }).waitFor();
  expect(await page.getByRole('link', { name: 'New workspace' }).count()).toBe(0);
  await page.getByRole('button', { name: 'User menu' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  expect(await page.getByRole('menuitem', { name: /settings|Plugins|profiles/ }).count()).toBe(0);
  for (const address of [
    '/admin/plugins',
    '/admin/workspaces/new',
    `/workspaces/${ids['Planning']}/applications`,
  ]) {
    await page.goto(address);
    await page.getByText('Not for your role').waitFor();
  }
});

test('a wrong password is said and keeps the e-mail; a link that is no longer good is said too', async () => {
  const page = await browser.open();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(uma.email);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('E-mail').inputValue()).toBe(uma.email);

  await page.goto('/invitation/made-up');
  await page.getByLabel('Name').fill('Uma');
  await page.getByLabel('Password', { exact: true }).fill('another long password');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').waitFor();
});

test('long names fit into menus, dialogs and a form on a phone', async () => {
  const long = 'n'.repeat(200);
  const { createUnit } = await api.ask<{ createUnit: { id: string } }>(
    'mutation ($name: String!) { createUnit(name: $name) { id } }',
    { name: long },
  );
  const unit = { ...api, unitId: createUnit.id };
  await addWorkspace(unit, long);
  await addProfile(unit, long);
  const page = await browser.open({ width: 360, height: 740 });
  await signIn(page);
  const opened = page.getByRole('menu').or(page.getByRole('dialog'));
  const fits = async () => {
    await opened.getByText(long).first().waitFor();
    return opened.evaluate((box) => {
      const ends = [box, ...box.querySelectorAll('*')].map((part) => part.getBoundingClientRect());
      return ends.every(({ left, right }) => left >= 0 && right <= window.innerWidth);
    });
  };
  await page.getByRole('button', { name: 'Switch unit' }).click();
  expect(await fits()).toBe(true);
  await page.getByRole('menuitemcheckbox', { name: long }).first().click();
  await page.getByRole('heading', { name: long, level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Profile' }).click();
  expect(await fits()).toBe(true);
  await page.keyboard.press('Escape');

  await page.goto('/admin/profiles');
  await page.getByRole('table').getByRole('link', { name: long }).click();
  await page.getByRole('checkbox', { name: long }).waitFor();
  expect(await overflowsSideways(page)).toBe(false);
  await page.getByRole('button', { name: 'Delete' }).click();
  expect(await fits()).toBe(true);
  await page.keyboard.press('Escape');
  await page.goto('/admin/api-tokens');
  await page.getByRole('button', { name: 'New API token' }).click();
  expect(await fits()).toBe(true);
});

test('among many workspaces one is found by typing, and many profiles are filtered', async () => {
  const names = Array.from({ length: 20 }, (_each, index) => `Desk ${index + 1}`);
  const { createUnit } = await api.ask<{ createUnit: { id: string } }>(
    'mutation { createUnit(name: "Large") { id } }',
  );
  const large = { ...api, unitId: createUnit.id };
  for (const name of names) await addWorkspace(large, name);
  for (const name of names) await addProfile(large, `Profile of ${name}`);
  const page = await browser.open({ width: 360, height: 740 });
  await signIn(page);
  await page.getByRole('button', { name: 'Switch unit' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Large' }).click();

  await page.getByRole('button', { name: 'Find a workspace' }).focus();
  await page.keyboard.press('Enter');
  const search = page.getByRole('combobox', { name: 'Search workspaces' });
  await search.waitFor();
  await page.keyboard.type('desk 1');
  await page.getByRole('option', { name: 'Desk 9', exact: true }).waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Desk 10', level: 1 }).waitFor();
  // Even behind as many icons it is in sight, and so is the button after them.
  const inSight = await bar(page)
    .getByRole('link', { name: 'Desk 10' })
    .evaluate((link) => link.getBoundingClientRect().right <= window.innerWidth);
  expect(inSight).toBe(true);
  expect((await page.getByRole('link', { name: 'New workspace' }).boundingBox())?.x).toBeLessThan(360);

  await page.getByRole('button', { name: 'Profile' }).click();
  await page.getByRole('menu').getByPlaceholder('Search').fill('desk 17');
  await page.getByRole('menuitemcheckbox', { name: 'Profile of Desk 3' }).waitFor({ state: 'detached' });
  await page.getByRole('menuitemcheckbox', { name: 'Profile of Desk 17' }).click();
  await page
    .getByText('No workspaces in this profile')
    .or(page.getByRole('heading', { name: 'Desk 10' }))
    .first()
    .waitFor();
});

test('after an upgrade, pages that are not loaded yet come from the newer console, and other parts ask to reload', async () => {
  const page = await browser.open();
  await signIn(page, undefined, '/account');
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  await page.route('**/assets/ProfilesPage-*.js', (route) => route.fulfill({ status: 404 }), { times: 1 });
  await page.getByRole('button', { name: 'User menu' }).click();
  await page.getByRole('menuitem', { name: 'Edit profiles' }).click();
  await page.getByRole('heading', { name: 'Profiles', level: 1 }).waitFor();

  await page.route('**/assets/JsonCodeMirror-*.js', (route) => route.fulfill({ status: 404 }), { times: 1 });
  await page.goto('/admin/config-keys/new');
  await page
    .getByRole('status', { name: 'Upgrade' })
    .getByText(/newer version/)
    .waitFor();
  await page.getByRole('button', { name: 'Reload' }).click();
  await page
    .getByRole('status', { name: 'Upgrade' })
    .getByText(/newer version/)
    .waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Value' }).waitFor();
  expect(browser.complaints().join()).toMatch(/dynamically imported module/);
});
