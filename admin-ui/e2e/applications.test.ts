import type { Locator, Page } from 'playwright-core';
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
/** Ids of the plugins by name. */
const plugins: Record<string, string> = {};

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  api = await signedInApi(server.url);
  publisher = await startPublisher();
  for (const [name, parts, more] of [
    ['Clock', { page_url: publisher.pageUrl }, {}],
    ['Maps', { description: 'Where things happen.' }, {}],
    ['Radio', { kind: 'widget' }, { enabled: false }],
    ['Robot', { kind: 'agent' }, {}],
  ] as const) {
    plugins[name] = await installPlugin(api, aManifest(name, parts), more);
  }
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  publisher.close();
});

afterEach(() => expect(browser.complaints()).toEqual([]));

/** A workspace of two columns with these plugins in its areas, opened in the application settings. */
async function arranging(name: string, areas: Record<string, string[]>): Promise<{ page: Page; id: string }> {
  const applications = Object.entries(areas).flatMap(([area, names]) =>
    names.map((each, position) => ({ pluginId: plugins[each], area, position })),
  );
  const id = await arrangeWorkspace(api, { name, layout: 'two-columns', applications });
  const page = await browser.open();
  await signIn(page, undefined, `/workspaces/${id}`);
  await page.getByRole('button', { name: 'User menu' }).click();
  await page.getByRole('menuitem', { name: 'Application settings' }).click();
  await page.getByRole('button', { name: 'Add an application to Main' }).waitFor();
  return { page, id };
}

const area = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const handle = (page: Page, name: string) => page.getByRole('button', { name: `Move ${name}` });
const announced = (page: Page, words: string) =>
  page.getByRole('status', { name: 'Arrangement' }).getByText(words).waitFor();
const namesIn = (region: Locator) =>
  region
    .getByRole('button', { name: /^Move / })
    .evaluateAll((all) => all.map((each) => each.ariaLabel?.slice(5)));

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page
    .getByRole('status', { name: 'Results' })
    .getByText(/^Applications of/)
    .waitFor();
}

test('an application is added to an area with the mouse, set up in a form, and shows the page of its plugin in a sandbox', async () => {
  const { page, id } = await arranging('By mouse', {});
  await page.getByRole('button', { name: 'Add an application to Side' }).click();
  // Agents and health checks have nothing to show.
  await page.getByRole('option', { name: 'Maps' }).waitFor();
  expect(await page.getByRole('option').allInnerTexts()).toEqual([
    expect.stringMatching(/^Clock\s+1.0.0$/),
    expect.stringMatching(/^Maps\s+1.0.0$/),
    expect.stringMatching(/^Radio\s+Disabled$/),
  ]);
  await page.getByRole('option', { name: 'Clock' }).click();
  await page.getByRole('button', { name: 'Settings of Clock' }).click();
  await page.getByLabel('New setting').fill('zone');
  await page.getByRole('button', { name: 'Add setting' }).click();
  await page.getByLabel('zone', { exact: true }).fill('UTC');
  await page.getByLabel('New setting').fill('hours');
  await page.getByLabel('Type', { exact: true }).selectOption('Number');
  await page.getByRole('button', { name: 'Add setting' }).click();
  await page.getByLabel('hours', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await page.getByText('Type a number, or remove the setting.').waitFor();
  await page.getByLabel('hours', { exact: true }).fill('24');
  await page.getByRole('button', { name: 'JSON' }).click();
  await page.getByRole('textbox', { name: 'Configuration' }).getByText('"zone": "UTC"').waitFor();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await save(page);

  const tile = page.getByRole('article', { name: 'Clock' });
  await tile.getByText('1.0.0').waitFor();
  const frame = page.frameLocator('iframe[title=Clock]');
  await frame.getByRole('heading', { name: 'The time by script' }).waitFor();
  // Whatever the page does, it cannot act as the console.
  expect(await tile.locator('iframe').getAttribute('sandbox')).not.toContain('allow-same-origin');
  expect(await liveAreas(api, id)).toEqual({ side: ['Clock'] });
});

test('applications are added, moved within and across areas, and removed by keyboard alone, and every step is announced', async () => {
  const { page, id } = await arranging('By keyboard', { main: ['Clock', 'Radio'] });
  await page.getByRole('button', { name: 'Add an application to Side' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Search plugins' }).waitFor();
  await page.keyboard.type('map');
  await page.getByRole('option', { name: 'Clock' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await announced(page, 'Maps added to the area Side.');
  // The focus comes back to where it was a moment after the dialog has gone.
  await page.waitForFunction(() => document.activeElement?.ariaLabel === 'Add an application to Side');

  await handle(page, 'Clock').focus();
  await page.keyboard.press('ArrowDown');
  await announced(page, 'Clock: area Main, place 2 of 2.');
  await page.keyboard.press('ArrowDown');
  await announced(page, 'Clock: area Side, place 1 of 2.');
  await page.keyboard.press('ArrowRight');
  await announced(page, 'Clock is at the end already.');
  await page.keyboard.press('ArrowLeft');
  await announced(page, 'Clock: area Main, place 1 of 2.');
  await page.keyboard.press('ArrowRight');
  expect(await handle(page, 'Clock').evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await namesIn(area(page, 'Side'))).toEqual(['Clock', 'Maps']);

  await page.getByRole('button', { name: 'Actions for Radio' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Remove' }).waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await announced(page, 'Radio removed.');
  await page.waitForFunction(() => document.activeElement?.ariaLabel === 'Add an application to Main');
  await save(page);
  expect(await liveAreas(api, id)).toEqual({ side: ['Clock', 'Maps'] });
});

test('applications are dragged within an area and across areas', async () => {
  const { page, id } = await arranging('Dragged', { main: ['Clock', 'Maps', 'Radio'] });
  await handle(page, 'Radio').dragTo(handle(page, 'Clock'), { targetPosition: { x: 8, y: 2 } });
  await announced(page, 'Radio: area Main, place 1 of 3.');
  expect(await namesIn(area(page, 'Main'))).toEqual(['Radio', 'Clock', 'Maps']);
  await handle(page, 'Clock').dragTo(area(page, 'Side'));
  await announced(page, 'Clock: area Side, place 1 of 1.');
  await save(page);
  expect(await liveAreas(api, id)).toEqual({ main: ['Radio', 'Maps'], side: ['Clock'] });
});

test('a disabled plugin shows as disabled, without its page', async () => {
  const off = await installPlugin(api, aManifest('Off', { page_url: publisher.pageUrl }), { enabled: false });
  const id = await arrangeWorkspace(api, {
    name: 'Half off',
    applications: [{ pluginId: off, area: 'main' }],
  });
  const page = await browser.open();
  await signIn(page, undefined, `/workspaces/${id}`);
  const tile = page.getByRole('article', { name: 'Off' });
  await tile.getByText('Disabled', { exact: true }).waitFor();
  expect(await tile.locator('iframe').count()).toBe(0);
});

test('an arrangement that is not saved is not lost by a wrong click', async () => {
  const { page, id } = await arranging('Unsaved', { main: ['Clock', 'Maps'] });
  await handle(page, 'Maps').focus();
  await page.keyboard.press('ArrowUp');
  await page.getByText('Not saved yet').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  await save(page);
  expect(await liveAreas(api, id)).toEqual({ main: ['Maps', 'Clock'] });
});
