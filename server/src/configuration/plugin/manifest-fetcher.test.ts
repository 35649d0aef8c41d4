import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { BadUserInput, Busy } from '../../refusal';
import { ManifestFetcher } from './manifest-fetcher';

let server: Server;
let body: string;
const address = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

describe('with private addresses refused', () => {
  const fetcher = new ManifestFetcher(false);
  afterAll(() => fetcher.close());

  test.each([
    'http://127.0.0.1:8080/',
    'http://127.1/',
    'http://2130706433/',
    'http://0/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest',
    'http://100.64.0.1/',
    'http://localhost:8080/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
  ])('%s is not asked', async (url) => {
    await expect(fetcher.fetch(url)).rejects.toThrow('the address is not a public one');
  });
});

describe('with private addresses allowed', () => {
  const fetcher = new ManifestFetcher(true);
  afterAll(() => fetcher.close());

  test.each([
    ['no JSON', '<html>', 'does not answer JSON'],
    ['too large', ' '.repeat(1024 * 1024 + 1), 'larger than'],
    ['nested too deeply', '['.repeat(100_000) + ']'.repeat(100_000), 'nested deeper'],
    ['a number beyond what is kept', '{"n":9007199254740993}', 'beyond 2^53'],
  ])('an answer that is %s is the fault of the address', async (_, answer, message) => {
    body = answer;
    const refused = fetcher.fetch(address('manifest'));
    await expect(refused).rejects.toBeInstanceOf(BadUserInput);
    await expect(refused).rejects.toThrow(message);
  });

  test('JSON is answered as it is', async () => {
    body = '{"__proto__":{"a":1}}';
    expect(JSON.stringify(await fetcher.fetch(address('manifest')))).toBe(body);
  });

  test('four are asked at a time, eight wait, and more are refused', async () => {
    const held: ServerResponse[] = [];
    const slow = createServer((_, response) => void held.push(response)).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    try {
      const fetched = Promise.all(Array.from({ length: 12 }, () => fetcher.fetch(url)));
      await expect(fetcher.fetch(url)).rejects.toBeInstanceOf(Busy);
      for (let answered = 0; answered < 12; answered += 4) {
        while (held.length < 4) await once(slow, 'request');
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(held).toHaveLength(4);
        for (const response of held.splice(0)) response.end('{}');
      }
      expect(await fetched).toEqual(Array(12).fill({}));
    } finally {
      slow.closeAllConnections();
      slow.close();
    }
  });
});
