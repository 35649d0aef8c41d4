import type { Page } from 'playwright-core';
import { overflowsSideways, violations } from './parts/accessibility';
import { signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { picture } from './parts/picture';
import { startSafeMode } from './parts/safe-mode';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

const results = (page: Page) => page.getByRole('status', { name: 'Results' });
/** Longer than any toast stays. */
const aWhile = 30_000;

async function saveKey(page: Page, key: string): Promise<void> {
  await page.goto('/admin/config-keys/new');
  await page.getByLabel('Key', { exact: true }).fill(key);
  await page.getByRole('button', { name: 'Save' }).click();
}

test('a result is said without taking the focus, stays while somebody points at it, and then goes', async () => {
  const page = await browser.open();
  await signIn(page);
  await page.clock.install();
  await saveKey(page, 'first.key');
  const toast = results(page).getByText('Config key “first.key” saved.');
  await toast.waitFor();
  expect(await results(page).evaluate((list) => list.contains(document.activeElement))).toBe(false);
  expect(await violations(page)).toEqual([]);
  await picture(page, 'toast-light');

  await toast.hover();
  await page.clock.fastForward(aWhile);
  expect(await toast.isVisible()).toBe(true);
  await page.mouse.move(0, 0);
  await page.clock.fastForward(aWhile);
  await toast.waitFor({ state: 'detached' });
  expect(browser.complaints()).toEqual([]);
});

test('in a safe mode it says that the edit was recorded; it is dismissed by keyboard, which then goes on in the page', async () => {
  const api = await signedInApi(server.url);
  const page = await browser.open({ width: 360, height: 740, theme: 'dark' });
  await startSafeMode(api, 'Evening');
  await signIn(page);
  await page.getByRole('button', { name: 'Load changes' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.clock.install();
  await page.getByRole('button', { name: 'User menu' }).click();
  await page.getByRole('menuitem', { name: 'Edit profiles' }).click();
  await page.getByRole('button', { name: 'New profile' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Late shift');
  await page.getByRole('button', { name: 'Save' }).click();
  await results(page).getByText('Profile “Late shift” saved in the safe mode “Evening”.').waitFor();
  // The form is gone with its button; the keyboard does not begin at the top again.
  await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
  expect(await violations(page)).toEqual([]);
  expect(await overflowsSideways(page)).toBe(false);
  await picture(page, 'toast-dark-small');

  await results(page).getByRole('button', { name: 'Dismiss' }).focus();
  await page.clock.fastForward(aWhile);
  await page.keyboard.press('Enter');
  await results(page).getByText('Late shift').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
});
