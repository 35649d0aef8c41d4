import type { Page } from 'playwright-core';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { arrangeWorkspace, installPlugin, liveAreas } from './parts/edits';
import { aManifest, startPublisher, type Publisher } from './parts/publisher';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let api: Api;
let publisher: Publisher;

beforeAll(async () => {
  server = await startServer({ ...withAdmin(), ALLOW_PRIVATE_MANIFEST_URLS: 'true' });
  browser = await startBrowser(server.url);
  api = await signedInApi(server.url);
  publisher = await startPublisher();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  publisher.close();
});

afterEach(() => expect(browser.complaints()).toEqual([]));

const said = (page: Page, text: string) =>
  page.getByRole('status', { name: 'Results' }).getByText(text).waitFor();
const inDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true });

async function openInstalling(page: Page): Promise<void> {
  await signIn(page, undefined, '/admin/plugins');
  await page.getByRole('button', { name: 'Install plugin' }).click();
  await page.getByLabel('Manifest URL').last().waitFor();
  // A key pressed before the focus has come into the dialog would go to the page behind it.
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'));
}

interface StoredPlugin {
  version: string;
  manifestUrl: string | null;
  configuration: unknown;
  permissions: unknown;
  mappings: unknown;
}

async function stored(id: string): Promise<StoredPlugin | null> {
  const { unit } = await api.ask<{ unit: { plugin: StoredPlugin | null } }>(
    'query ($unitId: ID!, $id: ID!) { unit(id: $unitId) { plugin(id: $id) { version manifestUrl configuration permissions mappings } } }',
    { unitId: api.unitId, id },
  );
  return unit.plugin;
}

test('a pasted manifest has all its faults listed at once, and installs when they are mended', async () => {
  const page = await browser.open();
  await openInstalling(page);
  await page.getByRole('radio', { name: 'JSON' }).click();
  const json = page.getByRole('textbox', { name: 'Manifest as JSON' });
  await json.fill('{ "bundle": "pasted"');
  await inDialog(page, 'Install').click();
  await page.getByText('This is not JSON').first().waitFor();
  await json.fill('{ "bundle": "pasted", "name": 3, "version": "first" }');
  await inDialog(page, 'Install').click();
  const faults = page.getByRole('alert').filter({ hasText: 'The manifest has faults' }).getByRole('listitem');
  await faults.first().waitFor();
  const listed = (await faults.allInnerTexts()).join('\n');
  for (const field of ['bundle', 'name', 'version', 'author']) expect(listed).toContain(`manifest.${field}`);
  await json.fill(JSON.stringify(aManifest('Pasted')));
  await inDialog(page, 'Install').click();
  await said(page, 'Plugin “Pasted” installed.');
  await page.getByRole('heading', { name: 'Pasted', level: 1 }).waitFor();
});

test('a plugin is installed from a file by keyboard, and by the address of its manifest', async () => {
  const page = await browser.open();
  await openInstalling(page);
  await page.getByRole('radio', { name: 'Manifest URL' }).focus();
  await page.keyboard.press('ArrowRight');
  // A key that is let go at once only moves the focus of the kit's radio buttons.
  await page.keyboard.press('Space');
  await page.getByLabel('Manifest file').setInputFiles({
    name: 'manifest.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(aManifest('Filed'))),
  });
  await inDialog(page, 'Install').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Filed', level: 1 }).waitFor();

  publisher.publish(aManifest('Fetched'));
  await page.getByRole('tab', { name: 'Plugins' }).click();
  await page.getByRole('button', { name: 'Install plugin' }).click();
  await page.getByRole('textbox', { name: 'Manifest URL' }).fill(publisher.manifestUrl);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Fetched', level: 1 }).waitFor();
  await page.getByText(publisher.manifestUrl).waitFor();
});

test('an update shows what it changes before it is done, also from an address, and then does just that', async () => {
  const id = await installPlugin(api, aManifest('Grows'), { manifestUrl: publisher.manifestUrl });
  const page = await browser.open();
  await signIn(page, undefined, `/admin/plugins/${id}`);
  await page.getByRole('button', { name: 'Update' }).click();
  publisher.publish('no manifest, but JSON');
  await inDialog(page, 'Show changes').click();
  await page.getByRole('group', { name: 'Changes of the manifest' }).waitFor();
  await inDialog(page, 'Update').click();
  await page.getByRole('alert').waitFor();

  publisher.publish(aManifest('Grows', { version: '2.0.0', description: 'Larger now' }));
  await inDialog(page, 'Cancel').click();
  await page.getByRole('button', { name: 'Update' }).click();
  await inDialog(page, 'Show changes').click();
  await page.getByText('Changes: version 1.0.0 → 2.0.0').waitFor();
  await page
    .getByText('Added: "description": "Larger now"')
    .or(page.getByText('"description": "Larger now"'))
    .first()
    .waitFor();
  expect((await stored(id))?.version).toBe('1.0.0');
  // Another one is published meanwhile: what was looked at is what is taken.
  publisher.publish(aManifest('Grows', { version: '3.0.0' }));
  await inDialog(page, 'Update').click();
  await said(page, 'Plugin “Grows” updated: 1.0.0 → 2.0.0.');
  expect(await stored(id)).toMatchObject({ version: '2.0.0', manifestUrl: publisher.manifestUrl });
});

test('settings, the matrix of permissions and the mappings are saved from their tabs', async () => {
  await installPlugin(api, aManifest('Writer', { exposes: { actions: ['write'], portals: ['letter'] } }));
  const id = await installPlugin(
    api,
    aManifest('Reader', {
      permissions: [{ id: 'read', title: 'Read everything' }],
      requires: { actions: ['note'], portals: ['paper'] },
    }),
  );
  const page = await browser.open();
  await signIn(page, undefined, `/admin/plugins/${id}`);
  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click();

  await page.getByRole('tab', { name: 'About' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Configuration' }).fill('{ "pages": 3 }');
  await save();
  await said(page, 'Settings of “Reader” saved.');

  await page.getByRole('tab', { name: 'Permissions' }).click();
  await page.getByRole('checkbox', { name: 'Read everything: Power user' }).focus();
  await page.keyboard.press('Space');
  await save();
  await said(page, 'Permissions of “Reader” saved.');

  await page.getByRole('tab', { name: 'Mappings' }).click();
  await page.getByLabel('note', { exact: true }).selectOption('Writer: write');
  await page.getByLabel('paper', { exact: true }).selectOption('Writer: letter');
  await save();
  await said(page, 'Mappings of “Reader” saved.');
  expect(await stored(id)).toMatchObject({
    configuration: { pages: 3 },
    permissions: { read: ['POWER_USER'] },
    mappings: {
      note: { bundle: 'org.example.writer', name: 'write' },
      paper: { bundle: 'org.example.writer', name: 'letter' },
    },
  });
});

test('a number that is cleared keeps the settings from being saved, until there is one again or Cancel brings it back', async () => {
  const id = await installPlugin(api, aManifest('Counter'), { configuration: { limit: 10 } });
  const page = await browser.open();
  await signIn(page, undefined, `/admin/plugins/${id}`);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Form', exact: true }).click();
  const limit = page.getByLabel('limit', { exact: true });
  await limit.fill('');
  await page.getByText('Not saved yet').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Type a number, or remove the setting.').waitFor();
  expect(await limit.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(await limit.inputValue()).toBe('10');
  await limit.fill('');
  await limit.pressSequentially('-4.5');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await said(page, 'Settings of “Counter” saved.');
  expect(await stored(id)).toMatchObject({ configuration: { limit: -4.5 } });
});

test('what is selected in the JSON editor can be read in the dark', async () => {
  const id = await installPlugin(api, aManifest('Dark'), { configuration: { limit: 10 } });
  const page = await browser.open({ theme: 'dark' });
  await signIn(page, undefined, `/admin/plugins/${id}`);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('textbox', { name: 'Configuration' }).press('Control+a');
  const selection = page.locator('.cm-focused .cm-selectionBackground').first();
  await selection.waitFor({ state: 'attached' });
  // The dark page shines through.
  expect(await selection.evaluate((drawn) => getComputedStyle(drawn).backgroundColor)).toContain('/ 0.25)');
});

test('removing a plugin says which workspaces use it, leads to them, and takes it out of them', async () => {
  const id = await installPlugin(api, aManifest('Used'));
  const desk = await arrangeWorkspace(api, { name: 'Desk', applications: [{ pluginId: id, area: 'main' }] });
  const page = await browser.open();
  await signIn(page, undefined, `/admin/plugins/${id}`);
  const askToRemove = async () => {
    await page.getByRole('button', { name: 'Remove' }).click();
    await inDialog(page, 'Remove').click();
    await page.getByRole('dialog', { name: '“Used” is in use' }).waitFor();
  };
  await askToRemove();
  await page.getByRole('dialog').getByRole('link', { name: 'workspace “Desk”' }).click();
  await page.getByRole('heading', { name: 'Desk', level: 1 }).waitFor();
  await page.goBack();
  await askToRemove();
  await inDialog(page, 'Remove there too').click();
  await said(page, 'Plugin “Used” removed.');
  expect(await liveAreas(api, desk)).toEqual({});
  expect(await stored(id)).toBeNull();
});

test('the table is searched and sorted on the server, and a plugin is switched off and on', async () => {
  for (const name of ['Zebra', 'Zebu']) await installPlugin(api, aManifest(name));
  const page = await browser.open();
  await signIn(page, undefined, '/admin/plugins');
  await page.getByRole('searchbox', { name: 'Search plugins' }).fill('zeb');
  const names = page.getByRole('table', { name: 'Plugins' }).getByRole('link');
  await page.getByRole('link', { name: 'Pasted' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Zebu' }).waitFor();
  await page.getByRole('button', { name: 'Name' }).click();
  await page.waitForFunction(() => document.querySelector('tbody tr')?.textContent?.includes('Zebu'));
  expect(await names.allInnerTexts()).toEqual(['Zebu', 'Zebra']);
  await page.getByRole('link', { name: 'Zebu' }).click();
  await page.getByRole('switch', { name: 'Enabled' }).click();
  await said(page, 'Plugin “Zebu” disabled.');
  await page.getByRole('switch', { name: 'Enabled' }).click();
  await said(page, 'Plugin “Zebu” enabled.');
});
