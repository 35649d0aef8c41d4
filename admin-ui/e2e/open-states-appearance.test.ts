import type { Page, Route } from 'playwright-core';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { looksRight } from './parts/looks';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let page: Page;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  page = await browser.open();
  await signIn(page);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

const seen = (state: string) => looksRight(page, browser, `open, ${state}`);
const dialog = () => page.getByRole('dialog');
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const pressInDialog = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
const refused = () => page.getByRole('alert').first().waitFor();

/** Answers these operations as the server does when something breaks in it. */
const breakingDown =
  (...operations: string[]) =>
  (route: Route) => {
    const { operationName } = route.request().postDataJSON() as { operationName: string };
    const error = { message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR', id: '42' } };
    return operations.includes(operationName)
      ? route.fulfill({ status: 200, json: { data: null, errors: [error] } })
      : route.fallback();
  };

async function choose(menu: string, item: string): Promise<void> {
  await press(menu);
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function closeMenu(): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

/** Closes a dialog; where something was typed into it, by its question. */
async function closeDialog({ unsaved = false } = {}): Promise<void> {
  await page.keyboard.press('Escape');
  if (unsaved) {
    const question = page.getByRole('dialog', { name: 'Close without saving?' });
    await question.getByRole('button', { name: 'Close' }).click();
  }
  await dialog().waitFor({ state: 'detached' });
}

/** Opens a page, and leaves the one before without its question. */
async function goTo(path: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(path);
}

test('the menus of the bars', async () => {
  await page.getByRole('link', { name: 'News desk' }).first().click();
  await page.getByRole('heading', { name: 'News desk', level: 1 }).waitFor();
  for (const menu of ['User menu', 'Switch unit', 'Profile']) {
    await press(menu);
    await page.getByRole('menu').waitFor();
    await seen(menu);
    await closeMenu();
  }
  await choose('Switch unit', 'New unit');
  await dialog().getByLabel('Name').fill(' ');
  await pressInDialog('Create unit');
  await refused();
  await seen('new unit, refused');
  await closeDialog({ unsaved: true });
});

test('the settings of a workspace and of its applications', async () => {
  await choose('User menu', 'Application settings');
  await page
    .getByRole('button', { name: /^Add an application to / })
    .first()
    .click();
  await dialog().getByRole('combobox').waitFor();
  await seen('choice of a plugin');
  await closeDialog();
  await page
    .getByRole('button', { name: /^Actions for / })
    .first()
    .click();
  await page.getByRole('menu').waitFor();
  await seen('menu of an application');
  await closeMenu();
  await page
    .getByRole('button', { name: /^Settings of / })
    .first()
    .click();
  await dialog().getByRole('textbox').first().waitFor();
  await seen('settings of an application');
  await closeDialog();

  await choose('User menu', 'Workspace settings');
  await page.getByLabel('Name', { exact: true }).fill(' ');
  await press('Save');
  await refused();
  await seen('settings of a workspace, refused');
  await press('Delete');
  await dialog().waitFor();
  await seen('deletion of a workspace');
  await closeDialog();
});

test('the dialogs and refused forms of the admin settings', async () => {
  await goTo('/admin/plugins');
  await press('Install plugin');
  await page.getByRole('radio', { name: 'JSON' }).click();
  await page.getByRole('textbox', { name: 'Manifest as JSON' }).fill('{ "bundle": "a", "name": 3 }');
  await pressInDialog('Install');
  await refused();
  await seen('manifest with faults');

  await goTo('/admin/profiles/new');
  await page.getByLabel('Name', { exact: true }).fill(' ');
  await press('Save');
  await refused();
  await seen('new profile, refused');

  await goTo('/admin/config-keys/new');
  await page.getByLabel('Key', { exact: true }).fill(' ');
  await page.getByRole('textbox', { name: 'Value' }).fill('{ "half": ');
  await press('Save');
  await refused();
  await seen('new config key, refused');

  await goTo('/admin/users');
  await press('Actions for ada');
  await page.getByRole('menu').waitFor();
  await seen('menu of a user');
  await closeMenu();
  await press('Add user');
  await dialog().getByLabel('E-mail').fill('ada@example.org');
  await dialog().getByLabel('Name').fill(' ');
  await pressInDialog('Add');
  await refused();
  await seen('new user, refused');

  await goTo('/admin/api-tokens');
  await press('New API token');
  await dialog().getByLabel('Name').fill(' ');
  await pressInDialog('Create token');
  await refused();
  await seen('new API token, refused');

  await goTo('/account');
  await page.getByLabel('Present password').fill('not this one');
  await page.getByLabel('New password').fill('short');
  await press('Change password');
  await refused();
  await seen('new password, refused');
});

test('lists that cannot be loaded say so, and can be tried again', async () => {
  for (const [tab, path, operations] of [
    ['Safe mode', '/admin/safe-mode', ['OpenSafeModes', 'AppliedSafeModes']],
    ['API tokens', '/admin/api-tokens', ['ApiTokens']],
    ['History', '/admin/history', ['History']],
  ] as const) {
    await page.route('**/graphql', breakingDown(...operations));
    await goTo(path);
    await page
      .getByText('Tell an administrator of the server this id: 42')
      .nth(operations.length - 1)
      .waitFor();
    await seen(`${tab}, not loaded`);
    await page.unroute('**/graphql');
    const again = page.getByRole('button', { name: 'Try again' });
    for (let left = operations.length; left > 0; left -= 1) {
      await again.first().click();
      await again.nth(left - 1).waitFor({ state: 'detached' });
    }
  }
});
