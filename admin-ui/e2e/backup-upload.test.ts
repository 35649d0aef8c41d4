import { randomBytes } from 'node:crypto';
import type { CDPSession, Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { browseFor, openBackup, signIn } from './parts/console';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;
let page: Page;
let network: CDPSession;

const megabyte = 1024 * 1024;
const file = {
  name: 'large.backup.age',
  mimeType: 'application/octet-stream',
  buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(6 * megabyte)]),
};

beforeEach(async () => {
  server = await startServer(withAdmin());
  browser = await startBrowser(server.url);
  page = await browser.open();
  await signIn(page);
  await openBackup(page);
  network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
});

afterEach(async () => {
  await browser.close();
  await server.stop();
});

/** A line of so many bytes a second upwards; -1 is as fast as can be, 0 a cut. */
const line = (uploadThroughput: number) =>
  network.send('Network.emulateNetworkConditions', {
    offline: uploadThroughput === 0,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput,
  });

const bar = () => page.getByRole('progressbar', { name: 'Uploading' });

async function sentSome(): Promise<void> {
  await page.waitForFunction(
    () => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')) > 5,
  );
}

test('an upload goes on by itself after the network was cut', async () => {
  await line(megabyte);
  await browseFor(page, file);
  await bar().waitFor();
  await sentSome();
  expect(await violations(page)).toEqual([]);
  await line(0);
  await page.getByText('The upload goes on by itself').waitFor();
  await line(-1);
  await page.getByRole('alert').getByText('Not a backup').waitFor();
});

test('an upload goes on by itself after the server was killed in the middle', async () => {
  await line(megabyte);
  await browseFor(page, file);
  await bar().waitFor();
  await sentSome();
  await server.restart();
  await line(-1);
  await page.getByRole('alert').getByText('Not a backup').waitFor();
});

test('an upload can be cancelled, goes on in the other tab, and is not left without a question', async () => {
  await line(megabyte);
  await browseFor(page, file);
  await bar().waitFor();
  await page.getByRole('tab', { name: 'Export' }).click();
  await page.getByRole('tab', { name: 'Import' }).click();
  await sentSome();

  await page.getByRole('link', { name: 'Safeboard, dashboard' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
  await bar().waitFor();

  const taken = page.waitForRequest((request) => request.method() === 'DELETE');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await taken;
  await page.getByRole('button', { name: 'Browse' }).waitFor();
});
