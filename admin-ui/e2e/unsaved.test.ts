import type { Page } from 'playwright-core';
import { signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addressesOf } from './parts/pages';
import { startServer, unitName, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let page: Page;
let addresses: Record<string, string[]>;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  const api = await signedInApi(server.url);
  addresses = await addressesOf(api);
  await api.ask('mutation { createUnit(name: "Sports") { id } }');
  browser = await startBrowser(server.url);
  page = await browser.open();
  await signIn(page);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

const leaving = () => page.getByRole('dialog', { name: 'Leave without saving?' });

async function stay(): Promise<void> {
  await leaving().getByRole('button', { name: 'Stay' }).click();
  await leaving().waitFor({ state: 'detached' });
}

const menuItem = async (menu: string, role: 'menuitem' | 'menuitemcheckbox', name: string): Promise<void> => {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole(role, { name }).click();
};

test('what is typed in a form is kept whichever way one leaves, unless one says so', async () => {
  const path = '/admin/profiles/new';
  await page.goto('/admin/profiles');
  await page.getByRole('button', { name: 'New profile' }).click();
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Half a name');

  const ways: Record<string, () => Promise<unknown>> = {
    'a link': () => page.getByRole('link', { name: 'Safeboard, dashboard' }).click(),
    Cancel: () => page.getByRole('button', { name: 'Cancel' }).click(),
    'a tab': () => page.getByRole('tab', { name: 'Users' }).click(),
    'the back button': () => page.evaluate(() => window.history.back()),
    'another unit': () => menuItem('Switch unit', 'menuitemcheckbox', 'Sports'),
    'signing out': () => menuItem('User menu', 'menuitem', 'Sign out'),
  };
  for (const [way, leave] of Object.entries(ways)) {
    await leave();
    await stay();
    expect({ way, path: new URL(page.url()).pathname, typed: await name.inputValue() }).toEqual({
      way,
      path,
      typed: 'Half a name',
    });
  }

  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  expect(await name.inputValue()).toBe('Half a name');

  await page.getByRole('tab', { name: 'Users' }).click();
  await leaving().getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL('**/admin/users');
});

test('what was left behind in a form does not turn up in that of another object', async () => {
  await page.goto(addresses['edit-workspace']?.[0] ?? '');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Left behind');
  await page.getByRole('link', { name: 'New workspace' }).click();
  await leaving().getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('heading', { name: 'New workspace', level: 1 }).waitFor();
  expect(await name.inputValue()).toBe('');
  expect(await page.getByText('Not saved yet').count()).toBe(0);
});

test('every form asks before it is left with something typed', async () => {
  const typeIn = (label: string) => async () => {
    const field = page.getByLabel(label, { exact: true }).first();
    await field.click();
    await page.keyboard.press('End');
    await page.keyboard.type('7');
  };
  const press = (label: RegExp) => () => page.getByLabel(label).first().click();
  const forms: [string | undefined, () => Promise<void>][] = [
    [addresses['new-workspace']?.[0], typeIn('Name')],
    [addresses['edit-workspace']?.[0], typeIn('Name')],
    [addresses['edit-profile']?.[0], typeIn('Name')],
    [addresses['new-config-key']?.[0], typeIn('Key')],
    [addresses['edit-config-key']?.[0], typeIn('Description')],
    [addresses['plugin']?.[2], press(/: User$/)],
    [addresses['account']?.[0], typeIn('New password')],
    [addresses['backup']?.[1], typeIn('Note')],
  ];
  for (const [path, edit] of forms) {
    await page.goto(path ?? '');
    await edit();
    await page.getByRole('link', { name: 'Safeboard, dashboard' }).click();
    await leaving().waitFor();
    await leaving().getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL((url) => url.pathname !== path);
  }
  expect(browser.complaints()).toEqual([]);
});

test('the unit on the screen stays, whichever one the viewer is added to; a new one is left to only when asked', async () => {
  await page.goto('/admin/profiles/new');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Half a name');
  const shown = page.getByText(unitName, { exact: true }).first();
  await shown.waitFor();
  await page.getByRole('button', { name: 'Switch unit' }).click();
  await page.getByRole('menuitem', { name: 'New unit' }).click();
  await page.getByRole('dialog', { name: 'New unit' }).getByLabel('Name').fill('A unit before');
  await page.getByRole('button', { name: 'Create unit' }).click();
  await page.getByRole('button', { name: 'Stay' }).click();
  expect(await name.inputValue()).toBe('Half a name');
  await shown.waitFor();

  const other = await browser.open();
  await signIn(other);
  await other.getByText('A unit before', { exact: true }).first().waitFor();
});
