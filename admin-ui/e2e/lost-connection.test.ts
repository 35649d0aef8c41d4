import type { Page } from 'playwright-core';
import { overflowsSideways, violations } from './parts/accessibility';
import { signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { browseFor, exportTo, numbersOf, signIn } from './parts/console';
import { addWorkspace, liveValue } from './parts/edits';
import { picture } from './parts/picture';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

const lost = (page: Page) => page.getByText('The connection to the server is lost');
const back = (page: Page) =>
  page.getByRole('status', { name: 'Results' }).getByText('The connection is back.');

async function onPage(path: string): Promise<Page> {
  const page = await browser.open();
  await signIn(page, undefined, path);
  return page;
}

test('while the server is gone the console says so and keeps forms and dialogs; when it is back everything goes on', async () => {
  const form = await onPage('/admin/config-keys/new');
  const anotherTab = async (path: string): Promise<Page> => {
    const page = await form.context().newPage();
    await page.goto(path);
    return page;
  };
  await form.getByLabel('Key', { exact: true }).fill('typed.before');
  await form.getByLabel('Description').fill('half a sent');

  const dialog = await anotherTab('/admin/api-tokens');
  await dialog.setViewportSize({ width: 360, height: 740 });
  await dialog.getByRole('button', { name: 'New API token' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('Nightly exp');

  const backup = await anotherTab('/backup?tab=export');
  const file = await exportTo(backup, 'harbour lantern 42');
  await browseFor(backup, file.path);
  await backup.getByLabel('Password', { exact: true }).fill('harbour lan');

  await server.kill();
  for (const page of [form, dialog, backup]) await lost(page).waitFor();
  await picture(form, 'connection lost');
  expect(await violations(form)).toEqual([]);
  expect(await overflowsSideways(dialog)).toBe(false);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByRole('alert').getByText('The server does not answer').waitFor();

  await server.startAgain();
  for (const page of [form, dialog, backup]) await lost(page).waitFor({ state: 'detached' });
  await back(form).waitFor();
  await form.getByText('The server does not answer').waitFor({ state: 'detached' });
  const api = await signedInApi(server.url);
  await addWorkspace(api, 'Made meanwhile');
  await form.getByRole('link', { name: 'Made meanwhile' }).waitFor();

  expect(await form.getByLabel('Description').inputValue()).toBe('half a sent');
  await form.getByLabel('Description').fill('a whole sentence');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Config key “typed.before” saved.').waitFor();
  expect(await liveValue(api, 'typed.before')).toBeDefined();

  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Nightly exp');
  expect(await backup.getByLabel('Password', { exact: true }).inputValue()).toBe('harbour lan');
  await backup.getByLabel('Password', { exact: true }).pressSequentially('tern 42');
  await backup.getByRole('button', { name: 'Validate' }).click();
  await numbersOf(backup);
});

test('an export whose server is killed says that it was stopped and what to do, and works when it is begun again', async () => {
  await server.kill();
  // Deriving a key takes seconds, long enough to be killed in the middle.
  await server.startAgain({ SCRYPT_WORK_FACTOR: '18' });
  const page = await onPage('/backup?tab=export');
  await page.getByLabel('Password', { exact: true }).fill('harbour lantern 42');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('progressbar', { name: 'Exporting' }).waitFor();
  await server.restart();
  await page.getByRole('alert').getByText('The server was stopped meanwhile').waitFor({ timeout: 60_000 });
  await exportTo(page, 'harbour lantern 42');
  await page.getByRole('link', { name: 'Download again' }).waitFor();
});

test('when the session has ended meanwhile one signs in again in place, above a dialog too, and nothing typed is lost', async () => {
  const page = await onPage('/admin/api-tokens');
  await page.getByRole('button', { name: 'New API token' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Promotion');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Create token' }).click();

  const again = page.getByRole('dialog', { name: 'Sign in again' });
  await again.waitFor();
  expect(await violations(page)).toEqual([]);
  await picture(page, 'sign in again');
  expect(await again.getByLabel('E-mail').inputValue()).toBe(admin.email);
  await again.getByLabel('Password', { exact: true }).fill(admin.password);
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await again.waitFor({ state: 'detached' });

  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Promotion');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Secret' }).waitFor();
});
