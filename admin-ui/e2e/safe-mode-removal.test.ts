import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addProfile, addWorkspace, deleteProfile, liveProfiles, updateProfile } from './parts/edits';
import { addPeople, bob, leaveSafeMode, startSafeMode } from './parts/safe-mode';
import { damageSafeModes } from './parts/safe-mode-files';
import { applyForAll, applyLocally, changeTo, focusedText, pageButton } from './parts/safe-mode-page';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

/** Single changes taken out, with those that need them; and safe modes whose file is lost. */
let server: TestedServer;
let browser: TestedBrowser;
let ada: Api;
let page: Page;
let dataDirectory: string;
/** Makes the names of one test its own: the unit is the same in all of them. */
let turn = 0;

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'safeboard-e2e-data-'));
  server = await startServer({ ...withAdmin(true), DATA_DIR: dataDirectory });
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  ada = await signedInApi(server.url, admin);
});

beforeEach(async () => {
  turn += 1;
  page = await browser.open();
});

afterEach(async () => {
  expect(browser.complaints()).toEqual([]);
  await leaveSafeMode(ada);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

const named = (name: string) => `${name} ${turn}`;

/** A new workspace and a profile that shows it, recorded; the page of the safe mode, with the question on it. */
async function askedAboutDependents(): Promise<void> {
  const id = await startSafeMode(ada, named('Dependents'));
  const desk = await addWorkspace(ada, named('New desk'), id);
  await addProfile(ada, named('Shows the desk'), [desk], id);
  await leaveSafeMode(ada);
  await signIn(page);
  await applyLocally(page, named('Dependents'));
  await changeTo(page, named('New desk')).getByRole('button', { name: 'Remove' }).click();
  await page
    .getByRole('dialog')
    .getByText(`Create the profile “${named('Shows the desk')}”`)
    .waitFor();
}

const answer = (name: string) => page.getByRole('dialog').getByRole('button', { name });

test('a change that another one needs: Cancel changes nothing and gives the focus back', async () => {
  await askedAboutDependents();
  expect(await violations(page)).toEqual([]);
  await answer('Cancel').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await focusedText(page)).toContain('Remove');
  expect(await page.getByRole('table', { name: 'Changes' }).getByRole('row').count()).toBe(3);
});

test('a change that another one needs: both are removed', async () => {
  await askedAboutDependents();
  await answer('Remove it too').click();
  await page.getByText('No changes yet').waitFor();
  await page.getByRole('status').getByText('and 1 change that needed it').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await focusedText(page)).toBe('Changes');
  expect(await pageButton(page, 'Apply for all users').isDisabled()).toBe(true);
});

test('a change that another one needs: just the reference is dropped', async () => {
  await askedAboutDependents();
  await answer('Drop just the reference').click();
  await page.getByRole('status').getByText('without the reference to it').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await focusedText(page)).toBe(named('Shows the desk'));
  await applyForAll(page);
  expect((await liveProfiles(ada))[named('Shows the desk')]).toEqual([]);
});

test('what needs a name that a change sets free cannot be detached: it is told, and can be removed too', async () => {
  const first = await addProfile(ada, named('Wanted name'));
  const id = await startSafeMode(ada, named('Names'));
  await updateProfile(ada, { id: first, name: named('Given up') }, id);
  await addProfile(ada, named('Wanted name'), [], id);
  await leaveSafeMode(ada);
  await signIn(page);
  await applyLocally(page, named('Names'));
  await changeTo(page, named('Wanted name'), 'Change').getByRole('button', { name: 'Remove' }).click();
  await answer('Drop just the reference').click();
  await page.getByRole('dialog').getByText('in a way that cannot be dropped').waitFor();
  expect(await answer('Drop just the reference').count()).toBe(0);
  await answer('Remove it too').click();
  await page.getByText('No changes yet').waitFor();
});

test('removing a deletion that something needs says what does not come back', async () => {
  const old = await addProfile(ada, named('The name'));
  const id = await startSafeMode(ada, named('Replace'));
  await updateProfile(ada, { id: old, roles: ['ADMIN'] }, id);
  await deleteProfile(ada, old, id);
  await addProfile(ada, named('The name'), [], id);
  await leaveSafeMode(ada);
  await signIn(page);
  await applyLocally(page, named('Replace'));
  await changeTo(page, named('The name'), 'Delete').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByText('does not bring back changes to the same object').waitFor();
});

test('a safe mode whose file is damaged says so in the list and on its page, and can only be deleted', async () => {
  await startSafeMode(ada, named('Damaged'));
  await leaveSafeMode(ada);
  expect(await damageSafeModes(dataDirectory)).toBeGreaterThan(0);
  await server.restart();

  await signIn(page, bob, '/admin/safe-mode');
  const row = page.getByRole('row').filter({ hasText: named('Damaged') });
  await row.getByText('Cannot be read').waitFor();
  await row.getByText('Only ada can delete it').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);

  const owner = await browser.open();
  await signIn(owner, admin, '/admin/safe-mode');
  const own = owner.getByRole('row').filter({ hasText: named('Damaged') });
  await own.getByRole('link', { name: named('Damaged') }).click();
  await owner.getByRole('region', { name: 'Unreadable' }).waitFor();
  for (const name of ['Apply changes locally', 'Apply for all users', 'Rename'])
    expect(await pageButton(owner, name).count()).toBe(0);
  expect(await violations(owner)).toEqual([]);
  await owner.goBack();
  expect(await violations(owner)).toEqual([]);
  await own.getByRole('button', { name: 'Delete' }).click();
  await owner.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await own.waitFor({ state: 'detached' });
});
