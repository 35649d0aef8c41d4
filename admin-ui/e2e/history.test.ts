import type { Page } from 'playwright-core';
import { overflowsSideways, violations } from './parts/accessibility';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addProfile, deleteProfile, setConfigKey } from './parts/edits';
import { picture } from './parts/picture';
import { addPeople, applySafeMode, bob, createProfile, startSafeMode } from './parts/safe-mode';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let page: Page;
let api: Api;

const rules = (limit: number) => ({
  desks: ['news', 'sport', 'city', 'culture'],
  limits: { stories: limit, pictures: 20, videos: 5 },
  note: 'The night desk decides.',
  until: '23:30',
});

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  api = await signedInApi(server.url);
  const asBob = await signedInApi(server.url, bob);
  await setConfigKey(api, { key: 'rules', value: 'none yet' });
  await setConfigKey(api, { key: 'rules', value: rules(10) });
  await setConfigKey(asBob, { key: 'token', value: 'hush-hush', secret: true });
  await deleteProfile(asBob, await addProfile(asBob, 'Short-lived'));
  const safeMode = await startSafeMode(api, 'Autumn');
  await createProfile(api, 'Of a safe mode', safeMode);
  await applySafeMode(api, safeMode);
  page = await browser.open();
  await signIn(page, admin, '/admin/history');
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
afterEach(() => expect(browser.complaints()).toEqual([]));

const entry = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).first();
const count = (text: string) => page.getByRole('status').getByText(`Entries: ${text}`, { exact: true });

test('the history is narrowed down by kind, what happened, who and from where, and the address keeps it', async () => {
  await count('6').waitFor();
  await page.getByLabel('Kind').selectOption('Profile');
  await count('3').waitFor();
  await page.getByLabel('What happened').selectOption('Deleted');
  await entry('Deleted profile Short-lived').waitFor();
  await count('1').waitFor();
  await page.reload();
  await count('1').waitFor();
  expect(await page.getByLabel('What happened').inputValue()).toBe('DELETE');
  await page.goBack();
  await count('3').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).press('Enter');
  await count('6').waitFor();
  await page.getByLabel('By', { exact: true }).selectOption('Bob');
  await count('3').waitFor();
  await page.getByLabel('From where').selectOption('Safe mode');
  await page.getByText('No entries match the filters.').waitFor();
  await page.getByLabel('By', { exact: true }).selectOption('Anybody');
  await entry('Created profile Of a safe mode').waitFor();
  await page.getByRole('link', { name: 'Autumn' }).waitFor();
  expect(await violations(page)).toEqual([]);
});

test('from and to are days, both as a whole', async () => {
  const today = new Date().toISOString().slice(0, 10);
  await page.goto(`/admin/history?from=${today}&to=${today}`);
  await count('6').waitFor();
  await page.getByLabel('To', { exact: true }).fill('2020-01-01');
  await page.getByLabel('To', { exact: true }).blur();
  await page.getByText('No entries match the filters.').waitFor();
});

test('before and after stand side by side or one below the other, as it is remembered', async () => {
  await page.goto('/admin/history?type=CONFIG_KEY&operation=UPDATE');
  await entry('Changed config key rules').press('Enter');
  const difference = page.getByRole('group', { name: 'Difference in value' });
  await difference.getByText('"stories": 10').waitFor();
  const left = await difference.getByText('none yet').boundingBox();
  const right = await difference.getByText('"stories": 10').boundingBox();
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual((right?.x ?? 0) + 1);
  expect(await violations(page)).toEqual([]);
  await picture(page, 'history-side-by-side-light-1280');

  await page.getByRole('button', { name: 'Side by side' }).press('Enter');
  await page.reload();
  await entry('Changed config key rules').click();
  await page.getByRole('button', { name: 'Side by side', pressed: false }).waitFor();
  const above = await difference.getByText('none yet').boundingBox();
  const below = await difference.getByText('"stories": 10').boundingBox();
  expect(above?.y ?? 0).toBeLessThan(below?.y ?? 0);
  expect(Math.abs((above?.x ?? 0) - (below?.x ?? 0))).toBeLessThan(1);
});

test('secrets are not shown, and an entry has an address of its own', async () => {
  await page.goto('/admin/history');
  await entry('Created config key token').click();
  await page.getByText('a secret, not shown').waitFor();
  expect(await page.content()).not.toContain('hush-hush');
  await page.getByRole('link', { name: 'Link to this entry' }).click();
  const title = page.getByRole('heading', { name: 'Created config key token', exact: true });
  await title.waitFor();
  await page.getByText('a secret, not shown').waitFor();
  await page.reload();
  await title.waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Its history' }).click();
  await page.getByText('Only “token”').waitFor();
  await count('1').waitFor();
  await page.goto('/admin/history/nothing');
  await page.getByText('There is no such entry').waitFor();
});

test('an object leads to its history, and an entry to its object', async () => {
  await page.goto('/admin/config-keys/edit/rules');
  await page.getByRole('link', { name: 'History', exact: true }).click();
  await count('2').waitFor();
  await entry('Created config key rules').press('Enter');
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await page.getByRole('heading', { name: 'rules' }).waitFor();
});

test('the history fits a phone, in the dark too', async () => {
  const phone = await browser.open({ width: 360, height: 740, theme: 'dark' });
  await signIn(phone, admin, '/admin/history');
  await phone.getByRole('button', { name: 'Changed config key rules' }).click();
  await phone.getByRole('group', { name: 'Difference in value' }).waitFor();
  expect(await phone.getByRole('button', { name: 'Side by side' }).count()).toBe(0);
  expect(await overflowsSideways(phone)).toBe(false);
  expect(await violations(phone)).toEqual([]);
  await picture(phone, 'history-dark-360', { whole: true });
});
