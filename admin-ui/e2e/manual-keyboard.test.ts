import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { exportTo, numbersOf, openBackup, signIn } from './parts/console';
import { liveProfiles, setConfigKey } from './parts/edits';
import { chooseInUserMenu, enter, tabTo } from './parts/keyboard';
import { addPeople, barOf, bob, createProfile, leaveSafeMode, startSafeMode } from './parts/safe-mode';
import { changeTo, pageButton } from './parts/safe-mode-page';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

/** The manual without a mouse. Its export is in backup-export, the forms of the admin settings with those. */
let server: TestedServer;
let browser: TestedBrowser;
let api: Api;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  api = await signedInApi(server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

afterEach(async () => {
  expect(browser.complaints()).toEqual([]);
  await leaveSafeMode(api);
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
});

test('on return the changes are loaded, the safe mode renamed, a conflict taken out, and the rest thrown away by keyboard alone', async () => {
  const id = await startSafeMode(api, 'Left overnight');
  await createProfile(api, 'Wanted twice', id);
  await createProfile(api, 'Wanted once', id);
  await createProfile(api, 'Wanted twice');
  const page = await browser.open();
  await signIn(page, admin, `/admin/safe-mode/${id}`);
  const dialog = page.getByRole('dialog');
  await enter(page, dialog.getByRole('button', { name: 'Load changes' }));
  await dialog.waitFor({ state: 'detached' });

  await enter(page, pageButton(page, 'Rename'));
  await tabTo(page, dialog.getByLabel('Name'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Next morning');
  await page.keyboard.press('Enter');
  await barOf(page).getByText('Next morning').waitFor();

  await changeTo(page, 'Wanted twice').getByText('In conflict').waitFor();
  await enter(page, changeTo(page, 'Wanted twice').getByRole('button', { name: 'Remove' }));
  await changeTo(page, 'Wanted twice').waitFor({ state: 'detached' });
  await enter(page, pageButton(page, 'Delete'));
  await enter(page, dialog.getByRole('button', { name: 'Delete' }));
  await barOf(page).waitFor({ state: 'detached' });
  expect(Object.keys(await liveProfiles(api))).not.toContain('Wanted once');
});

test('another admin applies the changes locally, discards them, and says Not now on return by keyboard alone', async () => {
  const id = await startSafeMode(api, 'To be looked at');
  await createProfile(api, 'Seen by Bob', id);
  await leaveSafeMode(api);
  const page = await browser.open();
  await signIn(page, bob);
  await chooseInUserMenu(page, 'Safe mode');
  await enter(page, page.getByRole('main').getByRole('link', { name: 'To be looked at', exact: true }));
  await enter(page, pageButton(page, 'Apply changes locally'));
  await enter(page, pageButton(page, 'Discard'));
  await enter(page, pageButton(page, 'Apply changes locally'));
  await pageButton(page, 'Discard').waitFor();
  await page.reload();
  await enter(page, page.getByRole('dialog').getByRole('button', { name: 'Not now' }));
  await pageButton(page, 'Apply changes locally').waitFor();
});
