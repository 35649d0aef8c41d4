import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { startBrowser, type Look, type TestedBrowser } from './parts/browser';
import { openBackup, signIn } from './parts/console';
import { chooseInUserMenu, enter, tabTo } from './parts/keyboard';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;

beforeAll(async () => {
  // As costly as in real use, so that an export takes long enough to be watched.
  server = await startServer({ ...withAdmin(true), SCRYPT_WORK_FACTOR: '18' });
  browser = await startBrowser(server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Somebody with the patience that real key derivation asks for on a busy machine. */
async function patientPage(look?: Look): Promise<Page> {
  const page = await browser.open(look);
  page.setDefaultTimeout(60_000);
  await signIn(page);
  return page;
}

async function onExport(look?: Look): Promise<Page> {
  const page = await patientPage(look);
  await openBackup(page);
  await page.getByLabel('Password', { exact: true }).waitFor();
  return page;
}

const exportButton = (page: Page) => page.getByRole('button', { name: 'Export', exact: true });

test('the whole export works by keyboard alone', async () => {
  const page = await patientPage();
  await chooseInUserMenu(page, 'Backup');
  await enter(page, page.getByRole('button', { name: 'Continue' }));

  await page.getByRole('tab', { name: 'Export' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'tab');
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await page.keyboard.type('typed by hand 7');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Exporting');
  expect((await readFile(await (await download).path(), 'latin1')).startsWith('age-encryption.org')).toBe(
    true,
  );
  expect(browser.complaints()).toEqual([]);
});

test('an export goes on when the page is reloaded, and its download starts by itself', async () => {
  const page = await onExport();
  await page.getByLabel('Password', { exact: true }).fill('seen again later');
  await exportButton(page).click();
  const bar = page.getByRole('progressbar', { name: 'Exporting' });
  await bar.waitFor();
  expect(await violations(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await page.reload();
  await bar.waitFor();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.backup\.age$/);
  await page.getByText('The backup is ready').waitFor();
  expect(browser.complaints()).toEqual([]);
});

test('a running export can be cancelled; nothing is downloaded', async () => {
  const page = await onExport();
  let downloads = 0;
  page.on('download', () => (downloads += 1));
  await page.getByLabel('Password', { exact: true }).fill('not needed after all');
  await exportButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alert').getByText('Cancelled', { exact: true }).waitFor();
  expect(await exportButton(page).isDisabled()).toBe(true);
  expect(downloads).toBe(0);
});

test('a file can be downloaded again for an hour, and holds the same bytes', async () => {
  const page = await onExport();
  await page.clock.install();
  await page.getByLabel('Password', { exact: true }).fill('twice the same');
  const first = page.waitForEvent('download');
  await exportButton(page).click();
  const firstBytes = await readFile(await (await first).path());
  const second = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download again' }).click();
  const secondBytes = await readFile(await (await second).path());
  expect(secondBytes.equals(firstBytes)).toBe(true);
  await page.clock.fastForward('01:00:30');
  await page.getByRole('link', { name: 'Download again' }).waitFor({ state: 'detached' });
});

test('dates and numbers are written in the manner of the browser', async () => {
  const page = await onExport({ locale: 'de-DE' });
  await page.getByLabel('Password', { exact: true }).fill('in another manner');
  await exportButton(page).click();
  const made = page.getByRole('region', { name: 'The backup is ready' });
  await made.waitFor();
  const text = await made.innerText();
  expect(text).toMatch(/\.age, \d+,\d KB, \d+ rows/);
  expect(text).toMatch(/until \d\d\.\d\d\.\d{4}, \d\d:\d\d;/);
});

test('under four characters the button is off and says why; a confirmation counts only when it is filled', async () => {
  const page = await onExport();
  const field = page.getByLabel('Password', { exact: true });
  const confirmation = page.getByLabel('Confirm password');
  expect(await exportButton(page).isDisabled()).toBe(true);
  await field.fill('abc');
  expect(await exportButton(page).isDisabled()).toBe(true);
  await page.getByText('Type a password of at least 4 characters').waitFor();
  await field.fill('abcd');
  expect(await exportButton(page).isEnabled()).toBe(true);
  await page.getByText('This password is weak').waitFor();
  await page.getByText(/Estimated time to guess, with many computers: .+/).waitFor();

  await confirmation.fill('abce');
  await exportButton(page).click();
  await page.getByText('The two passwords differ').waitFor();
  expect(await page.getByRole('progressbar').count()).toBe(0);
  await confirmation.fill('');
  const download = page.waitForEvent('download');
  await exportButton(page).click();
  await download;
});

test('a generated passphrase is filled in, copied, and printed alone on a recovery sheet', async () => {
  const page = await onExport();
  await page.getByRole('button', { name: 'Generate a passphrase' }).click();
  await page.getByText('copied to the clipboard').waitFor();
  const passphrase = await page.getByLabel('Password', { exact: true }).inputValue();
  expect(passphrase).toMatch(/^[a-z]+(-[a-z]+){5}$/);
  expect(await page.getByLabel('Confirm password').inputValue()).toBe(passphrase);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(passphrase);
  await page.getByText('Strong.').waitFor();

  const sheet = page.getByRole('heading', { name: 'Safeboard backup: recovery sheet' });
  expect(await sheet.count()).toBe(0);
  await page.emulateMedia({ media: 'print' });
  await sheet.waitFor();
  await page.getByText(passphrase, { exact: true }).waitFor();
  expect(await page.getByRole('tab', { name: 'Export' }).count()).toBe(0);
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('button', { name: 'Generate a passphrase' }).click();
  await page.waitForFunction(
    (old) => document.querySelector<HTMLInputElement>('input[type=password]')?.value !== old,
    passphrase,
  );
});

test('passwords are gone from the page when it is left, and are in no address and no storage', async () => {
  const page = await onExport();
  const secret = 'leave no trace 99';
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByLabel('Confirm password').fill(secret);
  await page.getByRole('tab', { name: 'Import' }).click();
  await page.getByRole('button', { name: 'Browse' }).waitFor();
  await page.getByRole('tab', { name: 'Export' }).click();
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');

  await page.getByLabel('Password', { exact: true }).fill(secret);
  const download = page.waitForEvent('download');
  await exportButton(page).click();
  await download;
  addresses.push(page.url());
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  const traces = [stored, ...addresses].filter((text) => decodeURIComponent(text).includes('leave no trace'));
  expect(traces).toEqual([]);
});
