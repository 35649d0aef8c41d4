import type { Page } from 'playwright-core';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { looksRight } from './parts/looks';
import {
  addPeople,
  barOf,
  bob,
  createProfile,
  leaveSafeMode,
  loadChanges,
  startSafeMode,
  uma,
} from './parts/safe-mode';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let ada: Api;
let bobsApi: Api;
/** Makes the names of one try its own. */
let turn = 0;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  ada = await signedInApi(server.url, admin);
  bobsApi = await signedInApi(server.url, bob);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Looks at one state of a page once its lists are there: while they are read again they are pale. */
async function seen(page: Page, state: string): Promise<void> {
  await page.locator('.opacity-60').waitFor({ state: 'detached' });
  await looksRight(page, browser, `safe mode ${state}`, { whole: false });
}

test('bar, prompt and dialogs are accessible and fit, in light and dark, wide and narrow', async () => {
  for (const api of [ada, bobsApi]) await leaveSafeMode(api);
  const contested = `Contested ${(turn += 1)}`;
  const id = await startSafeMode(ada, 'New profiles for the spring season and everything that comes with it');
  await createProfile(ada, 'Added', id);
  await createProfile(ada, contested, id);

  const user = await browser.open();
  await signIn(user, uma);
  await barOf(user).getByText('ada works in safe mode').waitFor();
  await user.getByRole('article').first().waitFor();
  await seen(user, 'bar of a user');

  const page = await browser.open();
  await signIn(page, admin, '/admin/profiles');
  await page.getByRole('dialog').waitFor();
  await seen(page, 'prompt');
  await loadChanges(page);
  await page.getByRole('link', { name: 'Added' }).waitFor();
  await seen(page, 'own bar');

  await createProfile(ada, contested);
  await barOf(page).getByText('Live changed').waitFor();
  await startSafeMode(bobsApi, 'Autumn');
  await barOf(page).getByText('Bob works in safe mode').waitFor();
  await seen(page, 'own bar with conflicts and somebody else');
  await barOf(user).getByText('2 people work in safe mode').click();
  await seen(user, 'bar of a user with two admins in it');

  for (const [action, words] of [
    ['Rename', 'Everybody in the unit sees the name'],
    ['Delete', 'Its 2 changes will be lost'],
    ['Apply for all users', 'take effect for everybody'],
  ] as const) {
    await barOf(page).getByRole('button', { name: action }).click();
    await page.getByRole('dialog').getByText(words).waitFor();
    await seen(page, `dialog ${action}`);
    if (action === 'Apply for all users') break;
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Apply for all users' }).click();
  await page.getByRole('dialog').getByText('Nothing was applied').waitFor();
  await seen(page, 'conflicts at applying');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();

  await bobsApi.ask('mutation ($id: ID!) { enterSafeMode(id: $id) { id } }', { id });
  const previewer = await browser.open();
  await signIn(previewer, bob, '/admin/profiles/new');
  await loadChanges(previewer);
  await seen(previewer, 'preview');
  await previewer.goto('/admin/users');
  await loadChanges(previewer);
  await previewer.getByText('This cannot be recorded').waitFor();
  await seen(previewer, 'what is not recorded');

  await ada.ask('mutation ($id: ID!) { deleteSafeMode(id: $id) }', { id });
  await previewer.getByText('was deleted by ada').waitFor();
  await seen(previewer, 'ended by somebody else');
});
