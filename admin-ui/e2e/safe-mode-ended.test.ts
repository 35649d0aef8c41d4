import { signIn } from './parts/console';
import { ada, bobsApi, browser, openSafeModeOffice } from './parts/safe-mode-office';
import {
  applySafeMode,
  barOf,
  bob,
  createProfile,
  leaveSafeMode,
  loadChanges,
  safeModesNamedBy,
  startSafeMode,
} from './parts/safe-mode';
import { admin } from './parts/server';

/** A safe mode that ends under one's hands. */
openSafeModeOffice();

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
