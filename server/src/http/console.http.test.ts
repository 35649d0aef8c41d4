import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import { consoleRoutes } from './console.http';

const directory = mkdtempSync(path.join(tmpdir(), 'safeboard-console-'));
let server: Server;

beforeAll(async () => {
  mkdirSync(path.join(directory, 'assets'));
  const file = (name: string, content: string | Buffer) => writeFileSync(path.join(directory, name), content);
  file('index.html', '<title>Console</title>');
  file('assets/start-abc.js', 'start()');
  file('assets/start-abc.js.br', brotliCompressSync('start()'));
  file('assets/start-abc.js.gz', gzipSync('start()'));
  file('assets/small-abc.js', 'small()');
  server = createServer(express().use(consoleRoutes(directory))).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

async function asked(address: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(
    get({ host: '127.0.0.1', port, path: address, headers, agent: false }),
    'response',
  )) as [IncomingMessage];
  return response;
}

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['identity', undefined],
])('a file is given out as it was packed when built, to whoever takes %s', async (accepted, encoding) => {
  const { headers, statusCode } = await asked('/assets/start-abc.js', { 'accept-encoding': accepted });
  expect(statusCode).toBe(200);
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['content-type']).toMatch(/^(text|application)\/javascript/);
  expect(headers.vary).toBe('Accept-Encoding');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
});

test('what was not worth packing comes as it is', async () => {
  const response = await asked('/assets/small-abc.js', { 'accept-encoding': 'gzip, br' });
  expect(response.headers['content-encoding']).toBeUndefined();
  expect(await text(response)).toBe('small()');
});

test('each address that is no file is a page, but for those of the API and of missing files', async () => {
  const page = await asked('/admin/plugins', { accept: 'text/html' });
  expect(page.headers['cache-control']).toBe('no-cache');
  expect(await text(page)).toBe('<title>Console</title>');
  expect((await asked('/api/unknown', { accept: 'text/html' })).statusCode).toBe(404);
  expect((await asked('/assets/start-old.js', { accept: '*/*' })).statusCode).toBe(404);
});
