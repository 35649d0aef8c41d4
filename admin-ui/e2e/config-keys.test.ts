import type { Page } from 'playwright-core';
import { overflowsSideways, violations } from './parts/accessibility';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { liveValue, setConfigKey } from './parts/edits';
import { picture } from './parts/picture';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let api: Api;
let page: Page;

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  api = await signedInApi(server.url);
  for (let index = 0; index < 120; index += 1)
    await setConfigKey(api, { key: `key.${String(index).padStart(3, '0')}`, value: { index } });
  await setConfigKey(api, { key: 'a.secret', value: 'hush', secret: true });
  await setConfigKey(api, { key: 'b.large', value: 'x'.repeat(5_000) });
  page = await browser.open();
  await signIn(page);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
afterEach(() => expect(browser.complaints()).toEqual([]));

const rows = () => page.getByRole('table', { name: 'Config keys' }).getByRole('row');
const firstKey = () => rows().nth(1).getByRole('link').innerText();
const heading = (name: string) => page.getByRole('heading', { name, exact: true });

test('page, search and order are in the address: going back, reloading and a link show the same', async () => {
  await page.goto('/admin/config-keys');
  await page.getByText('1–50 of 122').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('51–100 of 122').waitFor();
  const second = await firstKey();
  await page.reload();
  await page.getByText('51–100 of 122').waitFor();
  expect(await firstKey()).toBe(second);

  // An edit comes back to the same page of the list, and so does the browser's own button.
  await rows().nth(1).getByRole('link').click();
  await heading(second).waitFor();
  await page.goBack();
  await page.getByText('51–100 of 122').waitFor();
  await page.getByRole('link', { name: second }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('51–100 of 122').waitFor();

  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('101–122 of 122').waitFor();
  await page.getByRole('button', { name: 'Previous' }).click();
  await page.getByText('51–100 of 122').waitFor();
  expect(await firstKey()).toBe(second);

  await page.getByRole('searchbox', { name: 'Search config keys' }).fill('KEY.11');
  await page.getByText('Config keys: 10', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Key', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('columnheader', { name: 'Key' }).and(page.locator('[aria-sort=descending]')).waitFor();
  await page.waitForFunction(() => document.querySelector('tbody a')?.textContent?.trim() === 'key.119');

  const other = await browser.open();
  await signIn(other, admin, page.url().slice(server.url.length));
  await other.getByText('Config keys: 10', { exact: true }).waitFor();
  expect(await other.locator('tbody a').first().innerText()).toBe('key.119');
  expect(await other.getByRole('searchbox', { name: 'Search config keys' }).inputValue()).toBe('KEY.11');
});

test('nothing found says so, and a page that is no more offers the first one', async () => {
  await page.goto('/admin/config-keys?search=nowhere');
  await page.getByText('No config keys match “nowhere”.').waitFor();
  await page.goto('/admin/config-keys?after=nonsense&page=9');
  await page.getByRole('button', { name: 'First page' }).click();
  await page.getByText('1–50 of 122').waitFor();
});

test('a search that is refused says why, and does not show what was found before as its result', async () => {
  await page.goto('/admin/config-keys');
  await page.getByText('1–50 of 122').waitFor();
  await page.getByRole('searchbox', { name: 'Search config keys' }).fill('x'.repeat(1_001));
  await page.getByRole('alert').waitFor();
  expect(await rows().count()).toBe(0);
  await page.getByRole('searchbox', { name: 'Search config keys' }).fill('key.11');
  await page.getByRole('link', { name: 'key.119' }).waitFor();
});

test('secret values are masked, revealed and copied one by one; large ones are shortened', async () => {
  await page.goto('/admin/config-keys');
  const secret = rows().filter({ hasText: 'a.secret' });
  await secret.getByRole('button', { name: 'Reveal the value of a.secret' }).click();
  await secret.getByText('hush').waitFor();
  await secret.getByRole('button', { name: 'Hide the value of a.secret' }).click();
  await secret.getByText('hush').waitFor({ state: 'detached' });
  await secret.getByRole('button', { name: 'Copy the value of a.secret' }).press('Enter');
  await page.getByText('The value of a.secret is copied.').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('hush');
  expect(await secret.getByText('hush').count()).toBe(0);
  const shown = await rows().filter({ hasText: 'b.large' }).locator('code').innerText();
  expect(shown).toMatch(/^x{200}…$/);
});

test('a secret value that is edited is read once, and again where a save is refused, so that one can overwrite', async () => {
  let readings = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('query ConfigKeyValue')) readings += 1;
  });
  const answered = (query: string) =>
    page.waitForResponse((response) => response.request().postData()?.includes(query) ?? false);
  await page.goto('/admin/config-keys/edit/a.secret');
  await page.getByRole('button', { name: 'Reveal and edit' }).click();
  await page.getByLabel('Value', { exact: true }).fill('mine');
  const told = answered('query ConfigKey(');
  await setConfigKey(api, { key: 'a.secret', value: 'theirs', secret: true });
  await told;
  expect(readings).toBe(1);
  const readAgain = answered('query ConfigKeyValue');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').first().waitFor();
  await readAgain;
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await heading('Config keys').waitFor();
  expect(await liveValue(api, 'a.secret')).toBe('mine');
  expect(readings).toBe(2);
});

test('a text and JSON are written in the editor, with its errors told', async () => {
  await page.goto('/admin/config-keys');
  await page.getByRole('button', { name: 'New config key' }).click();
  await page.getByLabel('Key', { exact: true }).fill('made.here');
  await page.getByLabel('Value', { exact: true }).fill('plain words');
  await page.getByLabel('Description').fill('For the test');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'made.here' }).or(page.getByText('1–50 of 123')).first().waitFor();
  expect(await liveValue(api, 'made.here')).toBe('plain words');

  await page.goto('/admin/config-keys/edit/made.here');
  await page.getByRole('radio', { name: 'JSON' }).click();
  const editor = page.getByLabel('Value', { exact: true });
  await editor.fill('{"a": ');
  await page.locator('.cm-lint-marker-error').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').filter({ hasText: 'This is not JSON' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await editor.fill('{"a": [1, 2]}');
  await page.getByRole('button', { name: 'Save' }).click();
  await heading('Config keys').waitFor();
  expect(await liveValue(api, 'made.here')).toEqual({ a: [1, 2] });
});

test('deleting a key names it and what goes with it', async () => {
  await page.goto('/admin/config-keys/edit/made.here');
  await page.getByRole('button', { name: 'Delete' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete config key “made.here”?' });
  await dialog.getByText('Its value is gone').waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).press('Enter');
  await heading('Config keys').waitFor();
  expect(await liveValue(api, 'made.here')).toBeUndefined();
});

test('list and form fit a phone, in the dark too', async () => {
  const phone = await browser.open({ width: 360, height: 740, theme: 'dark' });
  await signIn(phone, admin, '/admin/config-keys');
  await phone.getByText('1–50 of 122').waitFor();
  expect(await overflowsSideways(phone)).toBe(false);
  expect(await violations(phone)).toEqual([]);
  await picture(phone, 'config-keys-dark-360');
  await phone.getByRole('link', { name: 'key.000' }).click();
  await phone.getByLabel('Value', { exact: true }).waitFor();
  expect(await overflowsSideways(phone)).toBe(false);
  expect(await violations(phone)).toEqual([]);
  await picture(phone, 'config-key-dark-360', { whole: true });
});
