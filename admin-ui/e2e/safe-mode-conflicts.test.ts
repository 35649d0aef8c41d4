import type { Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { browseFor, exportTo, numbersOf, openBackup, signIn, validateWith } from './parts/console';
import {
  addProfile,
  addWorkspace,
  deleteProfile,
  deleteWorkspace,
  liveProfiles,
  liveValue,
  setConfigKey,
  updateProfile,
} from './parts/edits';
import { addPeople, barOf, bob, leaveSafeMode, startSafeMode } from './parts/safe-mode';
import {
  applyForAll,
  applyLocally,
  changeTo,
  focusedText,
  pageButton,
  settled,
} from './parts/safe-mode-page';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

/** What stands against changes, and every way out of it that the page offers. */
let server: TestedServer;
let browser: TestedBrowser;
let ada: Api;
let bobsApi: Api;
let page: Page;

beforeEach(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  ada = await signedInApi(server.url, admin);
  bobsApi = await signedInApi(server.url, bob);
  page = await browser.open();
});

afterEach(async () => {
  expect(browser.complaints()).toEqual([]);
  await browser.close();
  await server.stop();
});

/** What ada records; then bob changes what is live, and ada opens the page and is in it. */
async function recorded(name: string, record: (safeMode: string) => Promise<unknown>): Promise<void> {
  const id = await startSafeMode(ada, name);
  await record(id);
  await leaveSafeMode(ada);
}

const resolution = (object: string, name: string) => changeTo(page, object).getByRole('button', { name });

test('a profile name that is taken by now: another name is asked for, and the change is applied under it', async () => {
  await recorded('Names', (id) => addProfile(ada, 'Sales', [], id));
  await addProfile(bobsApi, 'SALES');
  await signIn(page);
  await applyLocally(page, 'Names');
  await changeTo(page, 'Sales').getByText('Changed live by Bob').waitFor();

  await resolution('Sales', 'Another name…').click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Sales');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await focusedText(page)).toContain('Another name…');

  await page.keyboard.press('Enter');
  await dialog.getByLabel('Name').fill('Sales EMEA');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await settled(page, 'Sales EMEA');
  await dialog.waitFor({ state: 'detached' });
  expect(await focusedText(page)).toBe('Sales EMEA');
  await applyForAll(page);
  expect(Object.keys(await liveProfiles(ada))).toEqual(expect.arrayContaining(['SALES', 'Sales EMEA']));
});

test('a field that somebody else changed: mine, theirs, or a value of its own, each in an editor that fits', async () => {
  for (const key of ['f.mine', 'f.theirs', 'f.text', 'f.json'])
    await setConfigKey(ada, { key, value: 'was' });
  const workspaces = await Promise.all(['W1', 'W2', 'W3'].map((name) => addWorkspace(ada, name)));
  const [one = '', two = '', three = ''] = workspaces;
  const profile = await addProfile(ada, 'Ordered', [one, two, three]);
  await recorded('Fields', async (id) => {
    for (const key of ['f.mine', 'f.theirs', 'f.text']) await setConfigKey(ada, { key, value: 'mine' }, id);
    await setConfigKey(ada, { key: 'f.json', value: ['mine'] }, id);
    await updateProfile(ada, { id: profile, workspaceIds: [three, two, one] }, id);
  });
  for (const key of ['f.mine', 'f.theirs', 'f.text', 'f.json'])
    await setConfigKey(bobsApi, { key, value: 'theirs' });
  await updateProfile(bobsApi, { id: profile, workspaceIds: [two, one, three] });
  await signIn(page);
  await applyLocally(page, 'Fields');

  const sides = changeTo(page, 'f.mine').getByRole('group', { name: 'Changed live in the meantime: value' });
  expect((await sides.getByRole('definition').allInnerTexts()).join()).toBe('"was","mine","theirs"');
  expect(await violations(page)).toEqual([]);
  await resolution('f.mine', 'Keep mine').click();
  await settled(page, 'f.mine');
  expect(await focusedText(page)).toBe('f.mine');
  await resolution('f.theirs', 'Keep theirs').click();
  await changeTo(page, 'f.theirs').waitFor({ state: 'detached' });

  const dialog = page.getByRole('dialog');
  await resolution('f.text', 'Enter a value…').click();
  expect(await dialog.getByLabel('Value', { exact: true }).textContent()).toBe('mine');
  await dialog.getByLabel('Value', { exact: true }).fill('both');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await settled(page, 'f.text');

  await resolution('f.json', 'Enter a value…').click();
  const editor = dialog.getByRole('textbox', { name: 'Value' });
  await editor.and(page.locator(':focus')).waitFor();
  await editor.fill('{');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('This is not JSON').waitFor();
  expect(await violations(page)).toEqual([]);
  await editor.fill('{ "by": ["ada", "bob"] }');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await settled(page, 'f.json');

  await resolution('Ordered', 'Enter a value…').click();
  await dialog.getByRole('button', { name: 'Move W1 up' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await settled(page, 'Ordered');
  await applyForAll(page);
  const values = await Promise.all(
    ['f.mine', 'f.theirs', 'f.text', 'f.json'].map((key) => liveValue(ada, key)),
  );
  expect(values).toEqual(['mine', 'theirs', 'both', { by: ['ada', 'bob'] }]);
  expect((await liveProfiles(ada))['Ordered']).toEqual(['W3', 'W1', 'W2']);
});

test('a secret is masked in the change and in the conflict, and its editor begins empty', async () => {
  await setConfigKey(ada, { key: 's.token', value: 'first hush', secret: true });
  await recorded('Secrets', (id) => setConfigKey(ada, { key: 's.token', value: 'my hush' }, id));
  await setConfigKey(bobsApi, { key: 's.token', value: 'their hush' });
  await signIn(page);
  await applyLocally(page, 'Secrets');
  const change = changeTo(page, 's.token');
  await change.getByText('A secret: its values are not shown.').waitFor();
  expect(await page.content()).not.toContain('hush');

  await resolution('s.token', 'Enter a value…').click();
  const value = page.getByRole('dialog').getByLabel('Value', { exact: true });
  expect(await value.textContent()).toBe('');
  await value.fill('new hush');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await settled(page, 's.token');
  await applyForAll(page);
  expect(await liveValue(ada, 's.token')).toBe('new hush');
});

test('an update of something deleted live can create it again; a deletion of something changed is confirmed', async () => {
  const gone = await addProfile(ada, 'Deleted live');
  const changed = await addProfile(ada, 'Changed live');
  await recorded('Missing', async (id) => {
    await updateProfile(ada, { id: gone, roles: ['ADMIN'] }, id);
    await deleteProfile(ada, changed, id);
  });
  await deleteProfile(bobsApi, gone);
  await updateProfile(bobsApi, { id: changed, roles: ['POWER_USER'] });
  await signIn(page);
  await applyLocally(page, 'Missing');

  await changeTo(page, 'Deleted live').getByText('Deleted live by Bob').waitFor();
  const difference = changeTo(page, 'Changed live').getByRole('group', { name: 'What changed live' });
  expect(await difference.innerText()).toMatch(/User[^]*Power user/);
  expect(await violations(page)).toEqual([]);
  await resolution('Deleted live', 'Create again').click();
  await changeTo(page, 'Deleted live').getByText('Create', { exact: true }).waitFor();
  await resolution('Changed live', 'Delete anyway').click();
  await settled(page, 'Changed live');
  await applyForAll(page);
  const names = Object.keys(await liveProfiles(ada));
  expect(names).toContain('Deleted live');
  expect(names).not.toContain('Changed live');
});

test('what live began to use, and what live took away, is detached', async () => {
  const used = await addWorkspace(ada, 'Used by now');
  const away = await addWorkspace(ada, 'Taken away');
  await recorded('References', async (id) => {
    await deleteWorkspace(ada, used, id);
    await addProfile(ada, 'Points at it', [away], id);
  });
  await addProfile(bobsApi, 'First user', [used]);
  await addProfile(bobsApi, 'Second user', [used]);
  await deleteWorkspace(bobsApi, away);
  await signIn(page);
  await applyLocally(page, 'References');

  await changeTo(page, 'Used by now').getByText('First user').waitFor();
  await changeTo(page, 'Used by now').getByText('Second user').waitFor();
  await resolution('Used by now', 'Detach').first().click();
  await settled(page, 'Used by now');
  await resolution('Points at it', 'Detach').click();
  await settled(page, 'Points at it');
  await applyForAll(page);
  expect(await liveProfiles(ada)).toMatchObject({ 'First user': [], 'Second user': [], 'Points at it': [] });
});

test('a conflict that stands only because of another names it, and goes with it', async () => {
  const old = await addProfile(ada, 'Wanted');
  const other = await addProfile(ada, 'Other');
  await recorded('Derived', async (id) => {
    await deleteProfile(ada, old, id);
    await updateProfile(ada, { id: other, name: 'Wanted' }, id);
  });
  await updateProfile(bobsApi, { id: old, roles: ['POWER_USER'] });
  await signIn(page);
  await applyLocally(page, 'Derived');
  const derived = changeTo(page, 'Other').getByRole('group', { name: 'The name is taken' });
  await derived
    .getByText('Only because of what is in conflict itself: Remove the profile “Wanted”')
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await resolution('Wanted', 'Delete anyway').click();
  await settled(page, 'Other');
  await applyForAll(page);
  expect(Object.keys(await liveProfiles(ada))).not.toContain('Other');
});

test('after an import one notice stands for all changes: they are matched again at once', async () => {
  await signIn(page);
  await openBackup(page);
  const file = await exportTo(page, 'harbour lantern 42');
  await recorded('Across an import', async (id) => {
    await setConfigKey(ada, { key: 'house.name', value: 'The Daily Planet' }, id);
    await addProfile(ada, 'After the import', [], id);
  });
  await browseFor(page, file.path);
  await validateWith(page, 'harbour lantern 42');
  await numbersOf(page);
  const affected = page.getByRole('note', { name: 'Safe modes' });
  await affected.getByText('Their changes will have to be matched again').waitFor();
  expect(await affected.getByRole('listitem').innerText()).toBe('Across an import by ada, 2 changes');
  expect(await violations(page)).toEqual([]);
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await reloaded;

  await applyLocally(page, 'Across an import');
  await page.getByRole('region', { name: 'A backup was imported' }).waitFor();
  expect(await page.getByRole('table', { name: 'Changes' }).getByText('In conflict').count()).toBe(0);
  expect(await pageButton(page, 'Apply for all users').isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Match again' }).click();
  await page.getByRole('region', { name: 'A backup was imported' }).waitFor({ state: 'detached' });
  await applyForAll(page);
  expect(await liveValue(ada, 'house.name')).toBe('The Daily Planet');
});

test('an answer to what has moved again does nothing: the page shows the present state and says so', async () => {
  await setConfigKey(ada, { key: 'moving', value: 'was' });
  await recorded('Moving', (id) => setConfigKey(ada, { key: 'moving', value: 'mine' }, id));
  await setConfigKey(bobsApi, { key: 'moving', value: 'theirs' });
  await signIn(page);
  await applyLocally(page, 'Moving');
  await changeTo(page, 'moving').getByText('"theirs"', { exact: true }).waitFor();
  // The page does not hear of the next change before it answers.
  await page.route('**/graphql', async (route) => {
    const isAnswer = route.request().postData()?.includes('ResolveSafeModeConflict') ?? false;
    if (isAnswer) await setConfigKey(bobsApi, { key: 'moving', value: 'theirs again' });
    await route.continue();
  });
  await resolution('moving', 'Keep mine').click();
  await page.getByRole('alert').getByText('changed in the meantime').waitFor();
  await changeTo(page, 'moving').getByText('"theirs again"', { exact: true }).waitFor();
  await barOf(page).getByText('1 conflict').first().waitFor();
});
