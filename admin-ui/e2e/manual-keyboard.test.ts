import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { exportTo, numbersOf, openBackup, signIn } from './parts/console';
import { liveProfiles, setConfigKey } from './parts/edits';
import { chooseInUserMenu, enter, tabTo } from './parts/keyboard';
import { barOf } from './parts/safe-mode';
import { changeTo, pageButton } from './parts/safe-mode-page';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

/** The two stories of the manual without a mouse. That of the export is in backup-export. */
let server: TestedServer;
let browser: TestedBrowser;
let api: Api;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  api = await signedInApi(server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test('a backup is imported by keyboard alone', async () => {
  const page = await browser.open();
  await signIn(page);
  await openBackup(page);
  const file = await exportTo(page, 'harbour lantern 42');
  await page.getByRole('link', { name: 'Download again' }).waitFor();
  await setConfigKey(api, { key: 'only.later', value: 1 });
  await page.goto('/');

  await chooseInUserMenu(page, 'Backup');
  await enter(page, page.getByRole('button', { name: 'Continue' }));
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'tab');
  await page.keyboard.press('ArrowRight');
  const choosing = page.waitForEvent('filechooser');
  await enter(page, page.getByRole('button', { name: 'Browse' }));
  await (await choosing).setFiles(file.path);

  // The field has the focus as soon as the file is there.
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'password');
  await page.keyboard.type('harbour lantern 42');
  await page.keyboard.press('Enter');
  expect(await numbersOf(page)).toContain('Plugins 13');
  await enter(page, page.getByRole('button', { name: 'Removed 1 config key' }));
  await page.getByText('only.later', { exact: true }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Import', exact: true }));
  const reloaded = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await reloaded;
  await page.getByRole('button', { name: 'Undo import' }).waitFor();
  await page.context().close();
});

test('a safe mode is started, filled, looked through and applied for all by keyboard alone', async () => {
  const page = await browser.open();
  await signIn(page, admin);
  await chooseInUserMenu(page, 'Safe mode');
  await enter(page, page.getByRole('button', { name: 'Start safe mode' }));
  await tabTo(page, page.getByRole('dialog').getByLabel('Name'));
  await page.keyboard.type('Without a mouse');
  await page.keyboard.press('Enter');
  await barOf(page).getByText('Without a mouse').waitFor();

  await chooseInUserMenu(page, 'Edit profiles');
  await enter(page, page.getByRole('button', { name: 'New profile' }));
  await tabTo(page, page.getByLabel('Name', { exact: true }));
  await page.keyboard.type('Sales');
  await page.keyboard.press('Enter');
  await barOf(page).getByText('1 change').waitFor();
  expect(Object.keys(await liveProfiles(api))).not.toContain('Sales');

  await chooseInUserMenu(page, 'Safe mode');
  await enter(page, page.getByRole('main').getByRole('link', { name: 'Without a mouse', exact: true }));
  await changeTo(page, 'Sales').getByText('Create').first().waitFor();
  await enter(page, pageButton(page, 'Apply for all users'));
  await enter(page, page.getByRole('dialog').getByRole('button', { name: 'Apply for all users' }));
  await page.getByText(/^Applied for all users by ada/).waitFor();
  expect(Object.keys(await liveProfiles(api))).toContain('Sales');
  expect(browser.complaints()).toEqual([]);
});
