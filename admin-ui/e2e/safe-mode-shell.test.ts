import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import {
  addPeople,
  applySafeMode,
  barOf,
  bob,
  createProfile,
  leaveSafeMode,
  loadChanges,
  safeModesNamedBy,
  startSafeMode,
  uma,
} from './parts/safe-mode';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let ada: Api;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  ada = await signedInApi(server.url, admin);
});

afterEach(async () => {
  expect(browser.complaints()).toEqual([]);
  await leaveSafeMode(ada);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test('an ordinary user sees who works in safe mode come and go, and nothing of what is in it', async () => {
  const page = await browser.open();
  await signIn(page, uma);
  expect(await barOf(page).count()).toBe(0);

  const spring = await startSafeMode(ada, 'Spring <b>cleaning</b>');
  await barOf(page).getByText('ada works in safe mode “Spring <b>cleaning</b>”').waitFor();
  await createProfile(ada, 'Hidden profile', spring);
  const bobsApi = await signedInApi(server.url, bob);
  await startSafeMode(bobsApi, 'Autumn');
  await barOf(page).getByText('2 people work in safe mode: ada, Bob').click();
  await barOf(page).getByText('Bob works in safe mode “Autumn”').waitFor();
  expect(await barOf(page).getByRole('button').count()).toBe(0);
  expect(await page.getByText('Hidden profile').count()).toBe(0);

  await leaveSafeMode(bobsApi);
  await barOf(page).getByText('ada works in safe mode').waitFor();
  await leaveSafeMode(ada);
  await barOf(page).waitFor({ state: 'detached' });
});

test('on return the prompt asks; until it is answered requests mean what is live, after Load changes the safe mode', async () => {
  const id = await startSafeMode(ada, 'Return');
  await createProfile(ada, 'Only in the safe mode', id);
  const page = await browser.open();
  const named = safeModesNamedBy(page);
  await signIn(page, admin, '/admin/profiles');

  const prompt = page.getByRole('dialog');
  await prompt.getByText('You have an active safe mode: Return, 1 change. Load the changes?').waitFor();
  await page.getByRole('link', { name: 'Reporters', includeHidden: true }).waitFor();
  expect(await page.getByText('Only in the safe mode').count()).toBe(0);
  expect(new Set(named.map(({ safeMode }) => safeMode))).toEqual(new Set(['none']));
  // It is a question: neither Escape nor a click beside it answers.
  await page.keyboard.press('Escape');
  await prompt.waitFor();

  named.length = 0;
  await prompt.getByRole('button', { name: 'Load changes' }).click();
  await page.getByRole('link', { name: 'Only in the safe mode' }).waitFor();
  await barOf(page).getByText('1 change').waitFor();
  const after = named.filter(({ operation }) => operation !== 'EnterSafeMode');
  expect(new Set(after.map(({ safeMode }) => safeMode))).toEqual(new Set([id]));

  await page.reload();
  await prompt.getByRole('button', { name: 'Load changes' }).waitFor();
});

test('Not now leaves the safe mode: it asks no more, the file stays, and requests mean what is live', async () => {
  const id = await startSafeMode(ada, 'Not now');
  const page = await browser.open();
  const named = safeModesNamedBy(page);
  await signIn(page, admin, '/admin/profiles');
  await page.getByRole('dialog').getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await barOf(page).waitFor({ state: 'detached' });

  await page.reload();
  await page.getByRole('link', { name: 'Reporters' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(new Set(named.map(({ safeMode }) => safeMode))).toEqual(new Set(['none']));
  const { safeMode } = await ada.ask<{ safeMode: { status: string } }>(
    'query ($id: ID!) { safeMode(id: $id) { status } }',
    { id },
  );
  expect(safeMode.status).toBe('OPEN');
});

test('what is edited in a safe mode is recorded, counted in the bar, and gone from the screen after Leave', async () => {
  await startSafeMode(ada, 'Edits');
  const page = await browser.open();
  await signIn(page, admin, '/admin/profiles/new');
  await loadChanges(page);
  await page.getByLabel('Name', { exact: true }).fill('Recorded');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Recorded' }).waitFor();
  await barOf(page).getByText('1 change').waitFor();

  await barOf(page).getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('link', { name: 'Recorded' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Reporters' }).waitFor();
  await barOf(page).waitFor({ state: 'detached' });
});

test('a safe mode that is applied elsewhere ends here: live, said by whom, and what was typed is kept', async () => {
  const id = await startSafeMode(ada, 'Elsewhere');
  await createProfile(ada, 'Applied elsewhere', id);
  const page = await browser.open();
  await signIn(page, admin, '/admin/profiles/new');
  await loadChanges(page);
  await page.getByLabel('Name', { exact: true }).fill('Still typing');

  expect(await applySafeMode(ada, id)).toBe(true);
  await page.getByText('“Elsewhere” was applied for all users by you, in another window.').waitFor();
  await barOf(page).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Still typing');
  const named = safeModesNamedBy(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Still typing' }).waitFor();
  await page.getByRole('link', { name: 'Applied elsewhere' }).waitFor();
  expect(new Set(named.map(({ safeMode }) => safeMode))).toEqual(new Set(['none']));
});
