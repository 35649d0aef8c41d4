import { signedInApi, type Api } from './api';
import { startBrowser, type TestedBrowser } from './browser';
import { addPeople, bob, leaveSafeMode } from './safe-mode';
import { admin, startServer, withAdmin, type TestedServer } from './server';

/** For the suites of a safe mode: a server with its people, and the browser that is closed after the last test. */
export let server: TestedServer;
export let browser: TestedBrowser;
/** What the two admins do elsewhere. */
export let ada: Api;
export let bobsApi: Api;

/** Opens all of it before the tests of a file. After each nobody is in a safe mode, and no page has complained. */
export function openSafeModeOffice(): void {
  beforeAll(async () => {
    server = await startServer(withAdmin(true));
    browser = await startBrowser(server.url);
    await addPeople(server.url);
    ada = await signedInApi(server.url, admin);
    bobsApi = await signedInApi(server.url, bob);
  });

  afterEach(async () => {
    expect(browser.complaints()).toEqual([]);
    for (const api of [ada, bobsApi]) await leaveSafeMode(api);
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
}
