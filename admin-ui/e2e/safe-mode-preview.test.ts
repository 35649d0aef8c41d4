import { signIn } from './parts/console';
import { ada, bobsApi, browser, openSafeModeOffice } from './parts/safe-mode-office';
import { barOf, bob, createProfile, loadChanges, startSafeMode } from './parts/safe-mode';
import { admin } from './parts/server';

/** What the pages of the console show of a safe mode: to a previewer, and in the lists. */
openSafeModeOffice();

test('a previewer sees what the owner recorded, cannot change anything and is told why, and discards', async () => {
  const spring = await startSafeMode(ada, 'Spring');
  await createProfile(ada, 'By Ada', spring);
  await bobsApi.ask('mutation ($id: ID!) { enterSafeMode(id: $id) { id } }', { id: spring });
  const page = await browser.open();
  await signIn(page, bob, '/admin/profiles');
  await loadChanges(page);
  const bar = barOf(page);
  await page.getByRole('link', { name: 'By Ada' }).waitFor();
  await bar.getByText('Preview of “Spring” by ada: nothing can be changed in it').waitFor();
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

async function profileNamed(name: string): Promise<string> {
  const { unit } = await ada.ask<{ unit: { profiles: { nodes: { id: string; name: string }[] } } }>(
    'query ($unitId: ID!) { unit(id: $unitId) { profiles(first: 200) { nodes { id name } } } }',
    { unitId: ada.unitId },
  );
  const found = unit.profiles.nodes.find((each) => each.name === name);
  if (!found) throw new Error(`No profile ${name}`);
  return found.id;
}
