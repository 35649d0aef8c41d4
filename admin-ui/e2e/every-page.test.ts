import type { Page } from 'playwright-core';
import { overflowsSideways, violations } from './parts/accessibility';
import { signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { addressesOf, pageNames } from './parts/pages';
import { looks } from './parts/looks';
import { picture } from './parts/picture';
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

/** What is wrong with the page that is open. */
async function faultsOf(page: Page): Promise<object> {
  const { headings, mains, title } = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    mains: document.querySelectorAll('main').length,
    title: document.title,
  }));
  return {
    axe: await violations(page),
    overflow: await overflowsSideways(page),
    headings,
    mains,
    titled: /^.+ – Safeboard$/.test(title),
    complaints: browser.complaints(),
  };
}
const faultless = { axe: [], overflow: false, headings: 1, mains: 1, titled: true, complaints: [] };

async function look(page: Page, path: string, name: string, look: string): Promise<void> {
  await complete(page);
  await picture(page, `${name}, ${look}`, { whole: true });
  expect({ path, ...(await faultsOf(page)) }).toEqual({ path, ...faultless });
}

test('each page has an address here', () => {
  expect(Object.keys(addresses).sort()).toEqual(
    pageNames()
      .map(({ name }) => name)
      .sort(),
  );
});

test.each(looks)('every page is accessible, titled, and fits the window: %s', async (lookName, options) => {
  const page = await browser.open(options);
  for (const { name } of pageNames().filter(({ isPublic }) => isPublic)) {
    // That page leaves itself as soon as the server answers.
    if (name === 'unreachable') await page.route('**/graphql', (route) => route.abort());
    for (const path of addresses[name] ?? []) {
      await page.goto(path);
      await look(page, path, name, lookName);
    }
    await page.unroute('**/graphql');
  }

  await signIn(page);
  for (const { name } of pageNames().filter(({ isPublic }) => !isPublic)) {
    for (const [index, path] of (addresses[name] ?? []).entries()) {
      await page.goto(path);
      await look(page, path, index === 0 ? name : `${name} ${index + 1}`, lookName);
    }
  }
  await page.context().close();
});
