import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './parts/accessibility';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { browseFor, openBackup, signIn } from './parts/console';
import { startLine, type Line } from './parts/line';
import { startServer, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let line: Line;
let browser: TestedBrowser;
let page: Page;

const megabyte = 1024 * 1024;
const directory = mkdtempSync(path.join(tmpdir(), 'safeboard-upload-'));
/** On the disk, where the browser reads it: handed over by the test it would take longer than being uploaded. */
const file = path.join(directory, 'large.backup.age');
writeFileSync(file, Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(16 * megabyte)]));
afterAll(() => rmSync(directory, { recursive: true }));

beforeAll(async () => {
  server = await startServer(withAdmin());
  line = await startLine(server.url, 4 * megabyte);
  browser = await startBrowser(line.url);
});

beforeEach(async () => {
  page = await browser.open();
  await signIn(page);
  await openBackup(page);
});

afterAll(async () => {
  await browser.close();
  await line.close();
  await server.stop();
});

const bar = () => page.getByRole('progressbar', { name: 'Uploading' });

async function sentSome(): Promise<void> {
  await page.waitForFunction(
    () => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')) > 5,
  );
}

test('an upload goes on from where it was after the network was cut', async () => {
  const offsets: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  await browseFor(page, file);
  await bar().waitFor();
  await sentSome();
  expect(await violations(page)).toEqual([]);
  await line.cut();
  await page.getByText('The upload goes on by itself').waitFor();
  await line.mend();
  await page.getByRole('alert').getByText('Not a backup').waitFor();
  expect(offsets[0]).toBe(0);
  expect(offsets.at(-1)).toBeGreaterThan(0);
});

test('an upload goes on by itself after the server was killed in the middle', async () => {
  await browseFor(page, file);
  await bar().waitFor();
  await sentSome();
  await server.restart();
  await page.getByRole('alert').getByText('Not a backup').waitFor();
});

test('an upload goes on in the other tab, is not left without a question, and can be cancelled', async () => {
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
