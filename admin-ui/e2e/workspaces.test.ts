import type { Page } from 'playwright-core';
import { signedInApi, type Api } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addProfile, addWorkspace, liveProfiles } from './parts/edits';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let api: Api;

beforeAll(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  api = await signedInApi(server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

afterEach(() => expect(browser.complaints()).toEqual([]));

/** One red dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const tooLarge = Buffer.concat([png, Buffer.alloc(64 * 1024)]);
const said = (page: Page, text: string) =>
  page.getByRole('status', { name: 'Results' }).getByText(text).waitFor();
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

test('a workspace gets its name, picture, layout and profiles, and stands in the left bar', async () => {
  await addProfile(api, 'Morning');
  const page = await browser.open();
  await signIn(page);
  await page
    .getByRole('button', { name: 'New workspace' })
    .or(page.getByRole('link', { name: 'New workspace' }))
    .click();
  await page.getByLabel('Name', { exact: true }).fill('City desk');
  const picture = page.getByLabel('Upload a picture');
  await picture.setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: tooLarge });
  await page.getByText('This picture has 65 KiB').waitFor();
  await picture.setInputFiles({ name: 'text.txt', mimeType: 'text/plain', buffer: png });
  await page.getByText('Choose a PNG, JPEG or WebP picture.').waitFor();
  // Called a picture, it is none: the server looks into it.
  await picture.setInputFiles({ name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('not at all') });
  await save(page);
  await page.getByRole('alert').first().waitFor();
  await picture.setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: png });
  await page.getByLabel('Layout').selectOption('Two columns');
  await page.getByRole('checkbox', { name: 'Morning' }).click();
  await save(page);
  await said(page, 'Workspace “City desk” created.');
  await page.getByRole('heading', { name: 'City desk', level: 1 }).waitFor();
  const link = page.getByRole('navigation', { name: 'Workspaces' }).getByRole('link', { name: 'City desk' });
  await link.waitFor();
  expect(await link.locator('img').getAttribute('src')).toMatch(/^data:image\/png/);
  expect((await liveProfiles(api))['Morning']).toEqual(['City desk']);
});

test('by keyboard alone a private workspace is made, and says that it is private', async () => {
  const page = await browser.open();
  await signIn(page, undefined, '/admin/workspaces/new');
  await page.getByLabel('Name', { exact: true }).focus();
  await page.keyboard.type('My corner');
  await page.getByRole('switch', { name: 'Shared' }).focus();
  await page.keyboard.press('Space');
  await page.getByText('Only its owner and admins can see it.').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'My corner', level: 1 }).waitFor();
  await page.getByText('Private', { exact: true }).waitFor();
});

test('deleting a workspace says which profiles show it, leads there, and takes it out of them', async () => {
  const id = await addWorkspace(api, 'Old desk');
  await addProfile(api, 'Shows it', [id]);
  const page = await browser.open();
  await signIn(page, undefined, `/admin/workspaces/${id}`);
  const askToDelete = async () => {
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page
      .getByRole('dialog', { name: 'Delete workspace “Old desk”?' })
      .getByRole('button', { name: 'Delete' })
      .click();
    await page.getByRole('dialog', { name: '“Old desk” is in use' }).waitFor();
  };
  await askToDelete();
  await page.getByRole('dialog').getByRole('link', { name: 'profile “Shows it”' }).click();
  await page.getByRole('heading', { name: 'Shows it', level: 1 }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.goBack();

  await askToDelete();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove there too' }).click();
  await said(page, 'Workspace “Old desk” deleted.');
  expect((await liveProfiles(api))['Shows it']).toEqual([]);
});

test('what is typed is kept until saved: leaving asks first, and staying keeps it', async () => {
  const id = await addWorkspace(api, 'Careful');
  const page = await browser.open();
  await signIn(page, undefined, `/admin/workspaces/${id}`);
  await page.getByLabel('Name', { exact: true }).fill('Careful indeed');
  await page.getByRole('tab', { name: 'Plugins' }).click();
  await page
    .getByRole('dialog', { name: 'Leave without saving?' })
    .getByRole('button', { name: 'Stay' })
    .click();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Careful indeed');
  await save(page);
  await said(page, 'Workspace “Careful indeed” saved.');
  await page.getByRole('tab', { name: 'Workspaces' }).click();
  await page.getByRole('row').filter({ hasText: 'Careful indeed' }).waitFor();
});
