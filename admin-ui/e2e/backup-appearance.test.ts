import { signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { browseFor, openBackup, savedFile, signIn, validateWith } from './parts/console';
import { editedBackup } from './parts/edited-backup';
import { heldJobs } from './parts/held-jobs';
import { looksRight } from './parts/looks';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

const notABackup = {
  name: 'holiday.zip',
  mimeType: 'application/zip',
  buffer: Buffer.from('PK\u0003\u0004 and so on'),
};

async function change(...keys: string[]): Promise<void> {
  const { ask, unitId } = await signedInApi(server.url);
  for (const key of keys) {
    await ask('mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { id } } }', {
      input: { unitId, key, value: 'changed' },
    });
  }
}

test('every state of the Backup page is accessible and fits, in light and dark, wide and narrow', async () => {
  const page = await browser.open();
  const jobs = await heldJobs(page);
  const seen = (state: string) => looksRight(page, browser, `backup ${state}`);
  await signIn(page, undefined, '/backup');
  await page.getByRole('button', { name: 'Continue' }).waitFor();
  await seen('introduction');

  await openBackup(page);
  await page.getByLabel('Password', { exact: true }).waitFor();
  await seen('export');

  await page.getByLabel('Password', { exact: true }).fill('1234');
  await page.getByLabel('Confirm password').fill('12345');
  await page.getByRole('meter').waitFor();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByText('The two passwords differ').waitFor();
  await seen('weak password, confirmed with another one');

  await page.getByRole('button', { name: 'Generate a passphrase' }).click();
  await page.getByText('Strong.').waitFor();
  await seen('passphrase');

  const passphrase = await page.getByLabel('Password', { exact: true }).inputValue();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await savedFile(await download);
  await page.getByRole('link', { name: 'Download again' }).waitFor();
  await seen('exported');

  await browseFor(page, notABackup);
  await page.getByRole('alert').waitFor();
  await seen('not a backup');

  const broken = await editedBackup(file.path, passphrase, (rows) =>
    rows.replaceAll('"layout":"two-columns"', '"layout":"spiral"'),
  );
  await browseFor(page, { name: 'edited.backup.age', mimeType: 'application/octet-stream', buffer: broken });
  await validateWith(page, passphrase);
  const problems = page.getByRole('list', { name: 'Problems' }).getByRole('listitem');
  await problems.first().waitFor();
  expect(await problems.first().innerText()).toMatch(/^workspaces, line \d+, [\w ]+: layout [^ ]/);
  await seen('content that cannot be');

  await browseFor(page, file.path);
  await page.getByRole('button', { name: 'Validate' }).waitFor();
  await seen('password');

  await validateWith(page, 'not the passphrase');
  await page.getByText('Wrong password').waitFor();
  await seen('wrong password');

  jobs.hold();
  await validateWith(page, passphrase);
  await page.getByRole('progressbar', { name: 'Validating' }).waitFor();
  await page.getByText('42 %').waitFor();
  await seen('validating');
  jobs.release();
  await page.getByText('the present configuration is the same').waitFor();
  await seen('plan without changes');

  await change('house.currency', 'only.later');
  await browseFor(page, file.path);
  await validateWith(page, passphrase);
  await page.getByRole('button', { name: 'Removed 1 config key' }).click();
  await page.getByRole('button', { name: 'Changed 1 config key' }).click();
  await page.getByText('only.later', { exact: true }).waitFor();
  await page.getByRole('group', { name: /^Difference in value of/ }).waitFor();
  await seen('plan');

  await page.reload();
  await page.getByRole('heading', { name: 'You validated a backup' }).waitFor();
  await seen('plan that waits');
  await page.getByRole('button', { name: 'Show what it would change' }).click();
  await page.getByRole('button', { name: 'Removed 1 config key' }).waitFor();

  await change('later.still');
  await page.reload();
  await page.getByText('The unit was changed since').waitFor();
  expect(await page.getByRole('button', { name: 'Show what it would change' }).count()).toBe(0);
  await seen('plan that holds no longer');
  await browseFor(page, file.path);
  await validateWith(page, passphrase);
  await page.getByRole('button', { name: 'Removed 2 config keys' }).waitFor();

  jobs.hold();
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('progressbar', { name: 'Importing' }).waitFor();
  await page.getByText('42 %').waitFor();
  await seen('importing');
  jobs.release();
  await reloaded;
  await page.getByRole('button', { name: 'Undo import' }).waitFor();
  await seen('imported');
});
