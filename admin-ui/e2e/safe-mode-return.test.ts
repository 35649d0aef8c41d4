import { signIn } from './parts/console';
import { ada, browser, openSafeModeOffice } from './parts/safe-mode-office';
import { barOf, createProfile, loadChanges, safeModesNamedBy, startSafeMode } from './parts/safe-mode';
import { admin, unitName } from './parts/server';

/** Coming back to a safe mode, working in it, and leaving it. */
openSafeModeOffice();

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
