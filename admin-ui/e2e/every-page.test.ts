import type { Page } from 'playwright-core';
import { signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addressesOf, pageNames } from './parts/pages';
import { looksRight } from './parts/looks';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let addresses: Record<string, string[]>;

beforeAll(async () => {
  server = await startServer(withAdmin(true));
  addresses = await addressesOf(await signedInApi(server.url));
  browser = await startBrowser(server.url);
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Until the page has its heading, and nothing on it is still on its way. */
async function complete(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('main h1') !== null &&
      document.querySelector('[role=status][aria-label^=Loading]') === null &&
      [...document.images].every((image) => image.complete),
  );
}

async function look(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await complete(page);
  const { headings, mains, title } = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    mains: document.querySelectorAll('main').length,
    title: document.title,
  }));
  expect({ path, headings, mains, titled: /^.+ – Safeboard$/.test(title) }).toEqual({
    path,
    headings: 1,
    mains: 1,
    titled: true,
  });
  await looksRight(page, browser, name);
}

test('each page has an address here', () => {
  expect(Object.keys(addresses).sort()).toEqual(
    pageNames()
      .map(({ name }) => name)
      .sort(),
  );
});

test('every page is accessible, titled, and fits the window, in light and dark, wide and narrow', async () => {
  const page = await browser.open();
  for (const { name } of pageNames().filter(({ isPublic }) => isPublic)) {
    // That page leaves itself as soon as the server answers.
    if (name === 'unreachable') await page.route('**/graphql', (route) => route.abort());
    for (const path of addresses[name] ?? []) await look(page, path, name);
    await page.unroute('**/graphql');
  }

  await signIn(page);
  for (const { name } of pageNames().filter(({ isPublic }) => !isPublic)) {
    for (const [index, path] of (addresses[name] ?? []).entries())
      await look(page, path, index === 0 ? name : `${name} ${index + 1}`);
  }
});
