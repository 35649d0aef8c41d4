import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { namesOf, signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { browseFor, exportTo, numbersOf, openBackup, signIn, validateWith } from './parts/console';
import { addProfile, setConfigKey } from './parts/edits';
import { startServer, unitName, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
const password = 'harbour lantern 42';
/** Makes the names of one test its own: the unit is the same in all of them. */
let turn = 0;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  browser = await startBrowser(server.url);
});

beforeEach(() => void (turn += 1));

afterEach(() => expect(browser.complaints()).toEqual([]));

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Presses Import on a shown plan and waits until the browser has reloaded by itself. */
async function importAndReload(page: Page, button = 'Import'): Promise<void> {
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: button, exact: true }).click();
  await reloaded;
}

/** Drops a file where files are chosen. */
async function dropOn(page: Page, file: { path: string; name: string }): Promise<void> {
  const bytes = [...(await readFile(file.path))];
  const dropped = await page.evaluateHandle(
    ([content, name]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(content)], name));
      return transfer;
    },
    [bytes, file.name] as const,
  );
  const place = page.getByText('Choose a backup file, or drop it here');
  await place.waitFor();
  for (const kind of ['dragover', 'drop']) await place.dispatchEvent(kind, { dataTransfer: dropped });
}

test('export, change and delete things, import: everything is back', async () => {
  const api = await signedInApi(server.url);
  const profile = `Shift ${turn}`;
  await addProfile(api, profile);
  await setConfigKey(api, { key: 'a.text', value: '5' });
  const before = await namesOf(api);
  const page = await browser.open();
  await signIn(page);
  await openBackup(page);
  const file = await exportTo(page, password);
  expect(file.name).toMatch(/^Newsroom-\d{8}T\d{6}Z\.backup\.age$/);
  expect((await readFile(file.path, 'latin1')).startsWith('age-encryption.org/v1\n-> scrypt ')).toBe(true);
  await page.getByRole('link', { name: 'Download again' }).waitFor();

  await page.goto('/admin/profiles');
  await page.getByRole('link', { name: profile }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('link', { name: profile }).waitFor({ state: 'detached' });
  await page.goto('/admin/config-keys');
  await page.getByRole('link', { name: 'house.name' }).click();
  await page.getByLabel('Description').fill(`Changed after the export ${turn}.`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'house.name' }).waitFor();
  await setConfigKey(api, { key: 'only.later', value: 1 });
  await setConfigKey(api, { key: 'a.text', value: 5 });
  expect(await namesOf(api)).not.toEqual(before);

  await openBackup(page);
  await browseFor(page, file.path);
  await validateWith(page, password);
  const numbers = await numbersOf(page);
  const count = (kind: string) => before[kind]?.length;
  expect(numbers).toContain(
    `Plugins 13 Profiles ${count('profiles')} Workspaces 8 Applications 25 Config keys ${count('configKeys')}`,
  );
  expect(numbers).toContain('Made by ada');
  expect(numbers).toContain(`Unit ${unitName}`);

  for (const group of ['Added 1 profile', 'Removed 1 config key', 'Changed 2 config keys'])
    await page.getByRole('button', { name: group, exact: true }).click();
  await page.getByText(profile, { exact: true }).waitFor();
  await page.getByText('only.later', { exact: true }).waitFor();
  await page.getByText(`Changed after the export ${turn}.`).waitFor();
  const ofText = page.getByRole('group', { name: 'Difference in value of a.text' });
  expect((await ofText.innerText()).match(/"?5"?/g)).toEqual(['5', '"5"']);
  expect(await violations(page)).toEqual([]);

  await importAndReload(page);
  await page.getByRole('button', { name: 'Undo import' }).waitFor();
  expect(await namesOf(api)).toEqual(before);
  await page.goto('/admin/profiles');
  await page.getByRole('link', { name: profile }).waitFor();
});

test('every other open browser of the unit is told: it reloads, or asks first where something is not saved', async () => {
  const page = await browser.open();
  await signIn(page);
  await openBackup(page);
  const file = await exportTo(page, password);

  const reader = await browser.open();
  await signIn(reader, undefined, '/admin/config-keys');
  await reader.getByRole('link', { name: 'house.name' }).waitFor();
  const writer = await browser.open();
  await signIn(writer, undefined, '/admin/profiles/new');
  await writer.getByLabel('Name', { exact: true }).fill('Half typed');

  await browseFor(page, file.path);
  await validateWith(page, password);
  await numbersOf(page);
  const readerReloads = reader.waitForEvent('load');
  await importAndReload(page);
  await readerReloads;

  const bar = writer.getByRole('status', { name: 'Import' });
  await bar.getByText('ada imported a backup').waitFor();
  expect(await writer.getByLabel('Name', { exact: true }).inputValue()).toBe('Half typed');
  expect(await violations(writer)).toEqual([]);
  const writerReloads = writer.waitForEvent('load');
  await bar.getByRole('button', { name: 'Reload' }).click();
  await writerReloads;
});

test('a dropped file: a wrong password keeps it, and the right one then opens it', async () => {
  const page = await browser.open();
  await signIn(page);
  await openBackup(page);
  const file = await exportTo(page, password);
  await page.getByRole('tab', { name: 'Import' }).click();
  await dropOn(page, file);
  await page.getByRole('button', { name: 'Validate' }).waitFor();
  await validateWith(page, 'harbour lantern 43');
  await page.getByRole('alert').getByText('Wrong password').waitFor();
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');

  await validateWith(page, password);
  expect(await numbersOf(page)).toContain('Plugins 13');
  await page.getByText('the present configuration is the same').waitFor();
});

test('files that are no whole backup are told apart before any password is asked', async () => {
  const page = await browser.open();
  await signIn(page);
  await openBackup(page);
  const file = await exportTo(page, password);
  const whole = await readFile(file.path);
  const cases: [Buffer, string, RegExp][] = [
    [Buffer.alloc(0), 'The file is empty', /0 bytes/],
    [Buffer.from('{"plugins": []}'), 'Not a backup', /JSON/],
    [Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), 'Not a backup', /zip/i],
    [whole.subarray(0, whole.length - 500), 'A part of the file is missing', /Fetch the whole file/],
  ];
  for (const [buffer, title, text] of cases) {
    await browseFor(page, { name: 'some.backup.age', mimeType: 'application/octet-stream', buffer });
    const alert = page.getByRole('alert');
    await alert.getByText(title).waitFor();
    await alert.getByText(text).waitFor();
    expect(await page.getByRole('button', { name: 'Validate' }).count()).toBe(0);
  }
  // From here on a good file goes its way.
  await browseFor(page, file.path);
  await validateWith(page, password);
  await numbersOf(page);
});

test('an import can be undone; with changes since then, after a look at what going back does', async () => {
  const api = await signedInApi(server.url);
  const page = await browser.open();
  await signIn(page);
  await openBackup(page);
  const file = await exportTo(page, password);
  const beforeImport = `before.import.${turn}`;
  const afterImport = `after.import.${turn}`;
  await setConfigKey(api, { key: beforeImport, value: 1 });
  const before = await namesOf(api);

  const importFile = async () => {
    await browseFor(page, file.path);
    await validateWith(page, password);
    await numbersOf(page);
    await importAndReload(page);
  };
  await importFile();
  expect((await namesOf(api))['configKeys']).not.toContain(beforeImport);
  await importAndReload(page, 'Undo import');
  expect(await namesOf(api)).toEqual(before);
  await page.getByRole('button', { name: 'Browse' }).waitFor();
  expect(await page.getByRole('button', { name: 'Undo import' }).count()).toBe(0);

  await importFile();
  await setConfigKey(api, { key: afterImport, value: 1 });
  await page.getByRole('button', { name: 'Undo import' }).click();
  await page.getByText('The unit was changed since the import').waitFor();
  await page.getByRole('button', { name: 'Removed 1 config key' }).click();
  await page.getByText(afterImport, { exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
  await importAndReload(page, 'Undo import');
  expect(await namesOf(api)).toEqual(before);
});

test('a backup of another unit is imported only after the name of this one is typed', async () => {
  const api = await signedInApi(server.url);
  const page = await browser.open();
  await signIn(page);
  await openBackup(page);
  const file = await exportTo(page, password);
  const sports = `Sports ${turn}`;
  await api.ask('mutation ($name: String!) { createUnit(name: $name) { id } }', { name: sports });

  await page.goto('/');
  await page.getByRole('button', { name: 'Switch unit' }).click();
  await page.getByRole('menuitemcheckbox', { name: sports }).click();
  await page.getByRole('link', { name: 'News desk' }).waitFor({ state: 'detached' });
  await openBackup(page);
  await browseFor(page, file.path);
  await validateWith(page, password);
  await numbersOf(page);
  await page.getByRole('note', { name: 'Warnings' }).getByText('made in the unit "Newsroom"').waitFor();
  const button = page.getByRole('button', { name: 'Import', exact: true });
  expect(await button.isDisabled()).toBe(true);
  await page.getByLabel('Name of this unit').fill('Newsroom');
  expect(await button.isDisabled()).toBe(true);
  await page.getByLabel('Name of this unit').fill(sports);
  expect(await violations(page)).toEqual([]);
  await importAndReload(page);
  await page.getByRole('link', { name: 'News desk' }).first().waitFor();
});
