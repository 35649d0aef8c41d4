import type { Page } from 'playwright-core';
import { overflowsSideways, violations } from './parts/accessibility';
import { signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { picture } from './parts/picture';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let page: Page;

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  page = await browser.open();
  await signIn(page, admin, '/admin/api-tokens');
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
afterEach(() => expect(browser.complaints()).toEqual([]));

async function statusWith(secret: string): Promise<number> {
  const { unitId } = await signedInApi(server.url);
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query: `{ unit(id: "${unitId}") { name } }` }),
  });
  const { errors } = (await response.json()) as { errors?: object[] };
  return errors ? 401 : response.status;
}

const rowOf = (name: string) => page.getByRole('listitem').filter({ hasText: name });

test('a token shows its secret once, with a command to try it, and works until it is revoked', async () => {
  await page.getByText('No API tokens').waitFor();
  await page.getByRole('button', { name: 'New API token' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New API token' });
  await dialog.getByLabel('Name').fill('Nightly backup');
  await dialog.getByText('Everything in this unit').waitFor();
  await dialog.getByLabel('Role').selectOption('Read only');
  await dialog.getByText('change nothing').waitFor();
  await dialog.getByLabel('Expires after').selectOption('30 days');
  await dialog.getByLabel('Name').press('Enter');
  const secret = await dialog.getByLabel('Secret').inputValue();
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByText('Copied.').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  expect(await dialog.getByRole('group', { name: 'Example' }).innerText()).toContain(secret);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Done' }).click();

  await rowOf('Nightly backup').getByText('Newsroom, Read only').waitFor();
  expect(await page.content()).not.toContain(secret);
  expect(await statusWith(secret)).toBe(200);
  await page.reload();
  expect(await rowOf('Nightly backup').innerText()).toMatch(/Last used\s+\d/);
  await picture(page, 'api-tokens-light-1280');

  await page.getByRole('button', { name: 'Revoke Nightly backup' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).press('Enter');
  await page.getByText('No API tokens').waitFor();
  expect(await statusWith(secret)).toBe(401);
});

test('what was typed for a new token is not thrown away unasked', async () => {
  await page.getByRole('button', { name: 'New API token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New API token' });
  await dialog.getByLabel('Name').fill('Half typed');
  await page.keyboard.press('Escape');
  await page
    .getByRole('dialog', { name: 'Close without saving?' })
    .getByRole('button', { name: 'Stay' })
    .click();
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Half typed');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page
    .getByRole('dialog', { name: 'Close without saving?' })
    .getByRole('button', { name: 'Close' })
    .click();
  await dialog.waitFor({ state: 'detached' });
});

test('the tokens fit a phone, in the dark too', async () => {
  const phone = await browser.open({ width: 360, height: 740, theme: 'dark' });
  await signIn(phone, admin, '/admin/api-tokens');
  await phone.getByText('No API tokens').waitFor();
  expect(await overflowsSideways(phone)).toBe(false);
  expect(await violations(phone)).toEqual([]);
  await picture(phone, 'api-tokens-dark-360');
});
