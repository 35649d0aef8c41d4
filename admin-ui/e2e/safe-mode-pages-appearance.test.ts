import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { looksRight } from './parts/looks';
import {
  addProfile,
  addWorkspace,
  deleteProfile,
  deleteWorkspace,
  setConfigKey,
  updateProfile,
} from './parts/edits';
import { addPeople, applySafeMode, barOf, bob, leaveSafeMode, startSafeMode } from './parts/safe-mode';
import { changeTo, pageButton } from './parts/safe-mode-page';
import { damageSafeModes } from './parts/safe-mode-files';
import { admin, startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let ada: Api;
let dataDirectory: string;
/** Address of the page of each safe mode, by its name. */
const pages: Record<string, string> = {};

beforeAll(async () => {
  dataDirectory = await mkdtemp(path.join(tmpdir(), 'safeboard-e2e-data-'));
  server = await startServer({ ...withAdmin(true), DATA_DIR: dataDirectory });
  browser = await startBrowser(server.url);
  await addPeople(server.url);
  ada = await signedInApi(server.url, admin);
  await arrange(await signedInApi(server.url, bob));
  await ada.ask('mutation { createUnit(name: "Vacant") { id } }');
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

const noted = async (api: Api, name: string): Promise<string> => {
  const id = await startSafeMode(api, name);
  pages[name] = `/admin/safe-mode/${id}`;
  return id;
};

/** One safe mode in each state that a page can show, the first with as many kinds of conflicts as there are. */
async function arrange(bobsApi: Api): Promise<void> {
  await noted(ada, 'Damaged');
  await damageSafeModes(dataDirectory);
  await server.restart();

  const applied = await noted(ada, 'Applied <em> long ago, with a name that does not fit on a small screen');
  await addProfile(ada, 'From a safe mode', [], applied);
  await applySafeMode(ada, applied);
  const deleted = await noted(ada, 'Deleted');
  await ada.ask('mutation ($id: ID!) { deleteSafeMode(id: $id) }', { id: deleted });

  const used = await addWorkspace(ada, 'Used by now');
  const ordered = await addProfile(ada, 'Ordered', [used]);
  const gone = await addProfile(ada, 'Gone');
  const changed = await addProfile(ada, 'Changed');
  await setConfigKey(ada, { key: 'long', value: longValue(0) });
  await setConfigKey(ada, { key: 'secret', value: 'one', secret: true });
  const id = await noted(ada, 'Everything');
  await addProfile(ada, 'Sales', [], id);
  await updateProfile(ada, { id: gone, name: 'Gone by now' }, id);
  await deleteProfile(ada, changed, id);
  await updateProfile(ada, { id: ordered, name: 'In order' }, id);
  await deleteWorkspace(ada, used, id);
  await setConfigKey(ada, { key: 'long', value: longValue(1) }, id);
  await setConfigKey(ada, { key: 'secret', value: 'two' }, id);
  const desk = await addWorkspace(ada, 'New desk', id);
  await addProfile(ada, 'Shows the new desk', [desk], id);
  await leaveSafeMode(ada);

  await addProfile(bobsApi, 'Sales', [used]);
  await deleteProfile(bobsApi, gone);
  await updateProfile(bobsApi, { id: changed, roles: ['POWER_USER'] });
  await updateProfile(bobsApi, { id: ordered, name: 'Orderly' });
  await setConfigKey(bobsApi, { key: 'long', value: longValue(2) });
  await setConfigKey(bobsApi, { key: 'secret', value: 'three' });
  const preview = await noted(bobsApi, 'Of Bob');
  await setConfigKey(bobsApi, { key: 'by.bob', value: 'A longer text, which says so' }, preview);
}

const longValue = (turn: number) => ({
  lines: Array.from(
    { length: 14 },
    (_each, index) => `line ${index}${index === 9 ? ` of turn ${turn}` : ''}`,
  ),
});

test('every state of the pages of safe modes is accessible and fits, in light and dark, wide and narrow', async () => {
  const page = await browser.open();
  const seen = (state: string) => looksRight(page, browser, `safe mode page, ${state}`);
  const closeDialog = async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  await signIn(page, admin, '/admin/safe-mode');
  await page.getByRole('row').filter({ hasText: 'Of Bob' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await seen('list');
  await page.getByRole('button', { name: 'Start safe mode' }).click();
  await page.getByRole('dialog').getByLabel('Name').waitFor();
  await seen('start');
  await closeDialog();

  for (const [name, words] of [
    ['Damaged', 'It cannot be read'],
    ['Deleted', 'Deleted by ada on'],
    ['Applied <em> long ago, with a name that does not fit on a small screen', 'Applied for all users by'],
    ['Everything', 'Apply the changes locally to see'],
  ] as const) {
    await page.goto(pages[name] ?? '');
    await page.getByText(words).first().waitFor();
    await seen(name);
  }

  await pageButton(page, 'Apply changes locally').click();
  await barOf(page).getByText('visible only to you').waitFor();
  await changeTo(page, 'Used by now').getByRole('button', { name: 'Detach' }).waitFor();
  await seen('applied locally');
  await changeTo(page, 'Sales').getByRole('button', { name: 'Another name…' }).click();
  await page.getByRole('dialog').getByLabel('Name').waitFor();
  await seen('another name');
  await closeDialog();
  for (const object of ['long', 'secret']) {
    await changeTo(page, object).getByRole('button', { name: 'Enter a value…' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Value' }).waitFor();
    await seen(`another value of ${object}`);
    await closeDialog();
  }
  await changeTo(page, 'New desk').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByText('Shows the new desk').waitFor();
  await seen('removal with dependents');
  await closeDialog();

  await page.goto(pages['Of Bob'] ?? '');
  await page.getByRole('dialog').getByRole('button', { name: 'Load changes' }).click();
  await page.getByText('You are in “Everything” now').waitFor();
  await seen('in another one');
  await pageButton(page, 'Apply changes locally').click();
  await pageButton(page, 'Discard').waitFor();
  await seen('preview');
  await pageButton(page, 'Discard').click();
  await pageButton(page, 'Apply changes locally').waitFor();

  await page.goto('/admin/history');
  await page.getByRole('link', { name: 'Applied <em> long ago' }).waitFor();
  await seen('history');

  await page.getByRole('button', { name: 'Switch unit' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Vacant' }).click();
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await page.getByText('Vacant', { exact: true }).waitFor();
  await page.goto('/admin/safe-mode');
  await page.getByText('Nobody has a safe mode open').waitFor();
  await seen('empty list');
  await page.goto(pages['Everything'] ?? '');
  await page.getByText('belongs to another unit').waitFor();
  await seen('of another unit');
});
