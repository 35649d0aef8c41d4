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
import { startLine } from './parts/line';
import { admin, startServer, unitName, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let ada: Api;
let bobsApi: Api;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  ada = await signedInApi(server.url, admin);
  bobsApi = await signedInApi(server.url, bob);
});

afterEach(async () => {
  expect(browser.complaints()).toEqual([]);
  for (const api of [ada, bobsApi]) await leaveSafeMode(api);
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

test('what was typed about an object that only the safe mode has stays when that is deleted elsewhere', async () => {
  const id = await startSafeMode(ada, 'Short-lived');
  await createProfile(ada, 'Only there', id);
  const page = await browser.open();
  await signIn(page, admin, '/admin/profiles');
  await loadChanges(page);
  await page.getByRole('link', { name: 'Only there' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Typed at length');
  await ada.ask('mutation ($id: ID!) { deleteSafeMode(id: $id) }', { id });
  await page.getByText('“Short-lived” was deleted by you, in another window.').waitFor();
  await barOf(page).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed at length');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed at length');
});

test('a safe mode that is deleted, left or lost with the role elsewhere ends here, and the bar says which', async () => {
  const page = await browser.open();
  const said = page.getByText('You now see what is live');

  const deleted = await startSafeMode(bobsApi, 'Deleted');
  await signIn(page, bob, '/admin/profiles');
  await loadChanges(page);
  await bobsApi.ask('mutation ($id: ID!) { deleteSafeMode(id: $id) }', { id: deleted });
  await said.waitFor();
  expect(await said.innerText()).toContain('“Deleted” was deleted by you, in another window.');

  await startSafeMode(bobsApi, 'Left');
  await page.reload();
  await loadChanges(page);
  expect(await said.count()).toBe(0);
  await leaveSafeMode(bobsApi);
  await said.waitFor();
  expect(await said.innerText()).toContain('You left “Left” in another window');
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await said.count()).toBe(0);

  await startSafeMode(bobsApi, 'Demoted');
  await page.reload();
  await loadChanges(page);
  const setRole = (role: string) =>
    ada.ask('mutation ($input: UpdateMemberInput!) { updateMember(input: $input) { role } }', {
      input: { unitId: ada.unitId, userId: bobsId, role },
    });
  const { viewer } = await bobsApi.ask<{ viewer: { id: string } }>('{ viewer { id } }');
  const bobsId = viewer.id;
  await setRole('POWER_USER');
  await page.getByText('You left “Demoted”, because you are no longer an admin').waitFor();
  await barOf(page).waitFor({ state: 'detached' });
  await page.getByText('Not for your role').waitFor();
  await setRole('ADMIN');
});

test('a previewer sees what the owner recorded, cannot change anything and is told why, and discards', async () => {
  const spring = await startSafeMode(ada, 'Spring');
  await createProfile(ada, 'By Ada', spring);
  await bobsApi.ask('mutation ($id: ID!) { enterSafeMode(id: $id) { id } }', { id: spring });
  const page = await browser.open();
  await signIn(page, bob, '/admin/profiles');
  await loadChanges(page);
  const bar = barOf(page);
  await page.getByRole('link', { name: 'By Ada' }).waitFor();
  await bar.getByText('Preview of Spring by ada: nothing can be changed in it').waitFor();
  expect(await bar.getByRole('button').allInnerTexts()).toEqual(['Discard']);

  const reason = 'This is a preview of “Spring” by ada: nothing can be changed in it. Discard it to edit.';
  for (const [tab, name] of [
    ['Profiles', 'New profile'],
    ['Workspaces', 'New workspace'],
    ['Config keys', 'New config key'],
    ['Plugins', 'Install plugin'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    const button = page.getByRole('main').getByRole('button', { name });
    await button.waitFor();
    expect({ name, disabled: await button.isDisabled(), title: await button.getAttribute('title') }).toEqual({
      name,
      disabled: true,
      title: reason,
    });
  }
  await page.getByRole('tab', { name: 'Profiles' }).click();
  await page.getByRole('link', { name: 'By Ada' }).click();
  await page.getByRole('main').getByText(reason).waitFor();
  for (const name of ['Save', 'Delete'])
    expect(await page.getByRole('main').getByRole('button', { name }).isDisabled()).toBe(true);

  await page.getByRole('tab', { name: 'Users' }).click();
  await page.getByText('This cannot be recorded in a safe mode.').waitFor();
  expect(await page.getByRole('button', { name: 'Add user' }).isDisabled()).toBe(true);

  await bar.getByRole('button', { name: 'Discard' }).click();
  await bar.getByText('Preview of').waitFor({ state: 'detached' });
  await bar.getByText('ada works in safe mode “Spring”').waitFor();
  await page.getByRole('tab', { name: 'Profiles' }).click();
  await page.getByRole('link', { name: 'Reporters' }).waitFor();
  expect(await page.getByRole('link', { name: 'By Ada' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'New profile' }).isEnabled()).toBe(true);
});

test('lists mark what is new, changed or in conflict, and name what is removed', async () => {
  const id = await startSafeMode(ada, 'Marks');
  await createProfile(ada, 'Added', id);
  await createProfile(ada, 'Twice', id);
  const reporters = await profileNamed('Reporters');
  const night = await profileNamed('Night shift');
  const production = await profileNamed('Production');
  const rename = (profile: string, name: string, safeMode?: string) =>
    ada.ask(
      'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { profile { id } } }',
      { input: { unitId: ada.unitId, id: profile, name } },
      safeMode,
    );
  await rename(reporters, 'Journalists', id);
  await rename(production, 'Print', id);
  await ada.ask(
    'mutation ($input: DeleteInput!) { deleteProfile(input: $input) { id } }',
    { input: { unitId: ada.unitId, id: night } },
    id,
  );
  const { unit } = await ada.ask<{ unit: { workspaces: { nodes: { id: string; name: string }[] } } }>(
    'query ($unitId: ID!) { unit(id: $unitId) { workspaces(first: 200) { nodes { id name } } } }',
    { unitId: ada.unitId },
  );
  await ada.ask(
    'mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { workspace { id } } }',
    {
      input: {
        unitId: ada.unitId,
        id: unit.workspaces.nodes.find(({ name }) => name === 'News desk')?.id,
        shared: false,
      },
    },
    id,
  );
  await ada.ask(
    'mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { id } } }',
    { input: { unitId: ada.unitId, key: 'house.new', value: 1 } },
    id,
  );
  await createProfile(ada, 'Twice');
  await rename(production, 'Printers');

  const page = await browser.open();
  await signIn(page, admin, '/admin/profiles');
  await loadChanges(page);
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name }) });
  await row('Added').getByText('new', { exact: true }).waitFor();
  await row('Journalists').getByText('changed', { exact: true }).waitFor();
  await row('Printers').getByText('in conflict', { exact: true }).waitFor();
  expect(await row('Desk editors').getByTitle('In this safe mode').count()).toBe(0);
  await page.getByText('Removed in this safe mode: Night shift').waitFor();
  await page.getByText('In conflict, so not in this list: Twice').waitFor();
  await barOf(page).getByText('2 conflicts').waitFor();
  await page.getByTitle('News desk (changed in this safe mode)').waitFor();
  await page.getByRole('tab', { name: 'Workspaces' }).click();
  await row('News desk').getByText('changed', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'Config keys' }).click();
  await row('house.new').getByText('new', { exact: true }).waitFor();

  await barOf(page).getByRole('button', { name: 'Apply for all users' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Its 7 changes take effect for everybody at once').waitFor();
  await dialog.getByRole('button', { name: 'Apply for all users' }).click();
  await dialog.getByText('Nothing was applied').waitFor();
  expect(await dialog.getByRole('listitem').count()).toBe(2);
  await dialog.getByRole('button', { name: 'Show the conflicts' }).click();
  await page.waitForURL(`**/admin/safe-mode/${id}`);
});

test('the owner renames and applies from the bar, and every open browser has the changes', async () => {
  const id = await startSafeMode(ada, 'First name');
  await createProfile(ada, 'For everybody', id);
  const other = await browser.open();
  await signIn(other, bob, '/admin/profiles');
  const page = await browser.open();
  await signIn(page, admin, '/admin/profiles');
  await loadChanges(page);
  const bar = barOf(page);
  await bar.getByRole('button', { name: 'Rename' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Second name');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await bar.getByText('Second name').waitFor();
  await barOf(other).getByText('ada works in safe mode “Second name”').waitFor();
  expect(await other.getByRole('link', { name: 'For everybody' }).count()).toBe(0);

  await bar.getByRole('button', { name: 'Apply for all users' }).click();
  await dialog.getByText('Its 1 change takes effect for everybody at once').waitFor();
  await dialog.getByRole('button', { name: 'Apply for all users' }).click();
  await page.getByText('“Second name” is applied for all users: 1 change.').waitFor();
  await bar.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'For everybody' }).waitFor();
  await other.getByRole('link', { name: 'For everybody' }).waitFor();
  await barOf(other).waitFor({ state: 'detached' });
});

test('when live changes meanwhile the bar says how many conflicts are new, and the page stays where it is', async () => {
  const id = await startSafeMode(ada, 'Watched');
  await createProfile(ada, 'Contested', id);
  const page = await browser.open();
  await signIn(page, admin, '/admin/profiles/new');
  await loadChanges(page);
  await page.getByLabel('Name', { exact: true }).fill('Half a name');
  await createProfile(ada, 'Contested');
  await barOf(page).getByText('Live changed: 1 new conflict').waitFor();
  await barOf(page).getByText('1 conflict', { exact: true }).waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a name');
  await barOf(page).getByRole('button', { name: 'Dismiss' }).click();
  await barOf(page).getByText('Live changed').waitFor({ state: 'detached' });

  await barOf(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText('Its 1 change will be lost').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('“Watched” is deleted.').waitFor();
  await barOf(page).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a name');
});

test('another unit is shown as it is live, and coming back asks again', async () => {
  const { createUnit } = await ada.ask<{ createUnit: { id: string } }>(
    'mutation { createUnit(name: "Sports") { id } }',
  );
  await startSafeMode(ada, 'Of the first unit');
  const page = await browser.open();
  await signIn(page, admin);
  await loadChanges(page);
  const named = safeModesNamedBy(page);
  await page.getByRole('button', { name: 'Switch unit' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Sports' }).click();
  await page.getByText('No workspaces yet').waitFor();
  expect(await barOf(page).count()).toBe(0);
  const ofOther = named.filter(({ unitId }) => unitId === createUnit.id);
  expect(ofOther.length).toBeGreaterThan(0);
  expect(new Set(ofOther.map(({ safeMode }) => safeMode))).toEqual(new Set(['none']));

  await page.getByRole('button', { name: 'Switch unit' }).click();
  await page.getByRole('menuitemcheckbox', { name: unitName }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Load changes' }).waitFor();
});

test('what comes above a page moves nothing under the eyes of whoever has scrolled', async () => {
  const page = await browser.open({ height: 300 });
  await signIn(page, uma);
  await page.getByRole('link', { name: 'News desk' }).click();
  await page.getByRole('article').nth(3).waitFor();
  const tile = page.getByRole('article').nth(2);
  await page.getByRole('main').evaluate((main) => (main.scrollTop = 100));
  const place = async () => {
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
    return Math.round((await tile.boundingBox())?.y ?? 0);
  };
  const before = await place();
  await startSafeMode(ada, 'Above');
  await barOf(page).getByText('ada works in safe mode').waitFor();
  expect(await place()).toBe(before);
  await leaveSafeMode(ada);
  await barOf(page).waitFor({ state: 'detached' });
  expect(await place()).toBe(before);
});

test('after a lost connection the bar shows who is there by then', async () => {
  const line = await startLine(server.url, 10_000_000);
  const page = await browser.open();
  await page.goto(line.url);
  await signIn(page, uma, line.url);
  await startSafeMode(ada, 'Before the cut');
  await barOf(page).getByText('Before the cut').waitFor();
  await line.cut();
  await page.getByText('The connection to the server is lost').waitFor();
  await leaveSafeMode(ada);
  await startSafeMode(bobsApi, 'After the cut');
  await line.mend();
  await barOf(page).getByText('Bob works in safe mode “After the cut”').waitFor();
  expect(await barOf(page).getByText('Before the cut').count()).toBe(0);
  await page.context().close();
  await line.close();
  browser.complaints();
});

async function profileNamed(name: string): Promise<string> {
  const { unit } = await ada.ask<{ unit: { profiles: { nodes: { id: string; name: string }[] } } }>(
    'query ($unitId: ID!) { unit(id: $unitId) { profiles(first: 200) { nodes { id name } } } }',
    { unitId: ada.unitId },
  );
  const found = unit.profiles.nodes.find((each) => each.name === name);
  if (!found) throw new Error(`No profile ${name}`);
  return found.id;
}
