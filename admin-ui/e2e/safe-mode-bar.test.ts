import { signIn } from './parts/console';
import { ada, bobsApi, browser, server, openSafeModeOffice } from './parts/safe-mode-office';
import { barOf, bob, createProfile, leaveSafeMode, loadChanges, startSafeMode, uma } from './parts/safe-mode';
import { startLine } from './parts/line';
import { admin } from './parts/server';

/** The bar, for everybody who is not in the safe mode and for whoever is. */
openSafeModeOffice();

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
  await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');

  await barOf(page).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByText('Its 1 change will be lost').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('“Watched” is deleted.').waitFor();
  await barOf(page).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a name');
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
