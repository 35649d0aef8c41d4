import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import type * as Undici from 'undici';
import { ManifestFetcher } from './manifest-fetcher';

/** What names resolve to here; a name with several lists answers the next one at each look-up. */
const answers = new Map<string, string[][]>();
/** A public address, behind which the server of this file answers. */
const publicAddress = '93.184.215.14';

jest.mock('node:dns', () => ({
  ...jest.requireActual<object>('node:dns'),
  lookup: (name: string, _: unknown, callback: (error: null, addresses: object[]) => void) => {
    const lists = answers.get(name) ?? [[]];
    const list = lists.length > 1 ? lists.shift()! : lists[0]!;
    callback(
      null,
      list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  },
}));

jest.mock('undici', () => {
  const actual = jest.requireActual<typeof Undici>('undici');
  return {
    ...actual,
    buildConnector: (options: Undici.buildConnector.BuildOptions) => {
      const connect = actual.buildConnector(options);
      return (to: Undici.buildConnector.Options, callback: Undici.buildConnector.Callback) =>
        connect(to.hostname === publicAddress ? { ...to, hostname: '127.0.0.1' } : to, callback);
    },
  };
});

let server: Server;
let asked: string[];
let port: number;
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const { pathname, searchParams } = new URL(request.url!, 'http://any');
    const to = pathname === '/loop' ? request.url : searchParams.get('to');
    if (to) response.writeHead(302, { location: to }).end();
    else response.end('{"bundle":"org.example.clock"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answers.clear();
});

const fetcher = new ManifestFetcher(false);
afterAll(() => fetcher.close());

const refused = 'the address is not a public one';

test('a public address is asked', async () => {
  expect(await fetcher.fetch(`http://${publicAddress}:${port}/`)).toEqual({ bundle: 'org.example.clock' });
});

test.each([
  ['a private address', ['10.0.0.7']],
  ['a public and a private one', ['93.184.215.14', '127.0.0.1']],
  ['a private one behind many', ['93.184.215.14', '2606:2800:21f::1', '::ffff:10.0.0.1']],
  ['the address of the machines of a cloud', ['169.254.169.254']],
  ['an IPv6 address of the network', ['fd12:3456::1']],
  ['IPv4 in IPv6', ['::ffff:7f00:1']],
  ['everywhere', ['0.0.0.0']],
  ['a broadcast', ['255.255.255.255']],
  ['many listeners', ['224.0.0.1']],
])('a name that resolves to %s is not asked', async (_, addresses) => {
  answers.set('manifests.example', [addresses]);
  await expect(fetcher.fetch(`http://manifests.example:${port}/`)).rejects.toThrow(refused);
  expect(asked).toEqual([]);
});

test('a name that resolves to a private address at the second look-up is looked up once only', async () => {
  // Whoever is asked first and connected to second would be led inside.
  answers.set('rebinding.example', [['127.0.0.1'], ['93.184.215.14']]);
  await expect(fetcher.fetch(`http://rebinding.example:${port}/`)).rejects.toThrow(refused);
  expect(answers.get('rebinding.example')).toEqual([['93.184.215.14']]);
  expect(asked).toEqual([]);
});

test.each([
  ['127.0.0.1', () => `http://127.0.0.1:${port}/inside`],
  ['a number that is 127.0.0.1', () => `http://2130706433:${port}/inside`],
  ['127.0.0.1 in octal', () => `http://0177.0.0.1:${port}/inside`],
  ['127.0.0.1 in hexadecimal', () => `http://0x7f.1:${port}/inside`],
  ['127.0.0.1 in IPv6', () => `http://[::ffff:127.0.0.1]:${port}/inside`],
  ['a name that is inside', () => `http://inside.example:${port}/inside`],
])('a public address cannot lead on to %s', async (_, inside) => {
  answers.set('inside.example', [['192.168.1.1']]);
  const outside = `http://${publicAddress}:${port}/?to=${encodeURIComponent(inside())}`;
  await expect(fetcher.fetch(outside)).rejects.toThrow(refused);
  expect(asked.filter((path) => path.startsWith('/inside'))).toEqual([]);
});

test.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'data:application/json,{}', 'javascript:alert(1)'])(
  'a public address cannot lead on to %s, and it is no address of a manifest',
  async (other) => {
    const outside = `http://${publicAddress}:${port}/?to=${encodeURIComponent(other)}`;
    await expect(fetcher.fetch(outside)).rejects.toThrow('could not be fetched');
    await expect(fetcher.fetch(other)).rejects.toThrow('must be an http or https address');
  },
);

test('a public address that leads on without end is given up', async () => {
  const loop = `http://${publicAddress}:${port}/loop?to=/loop?to=/loop`;
  await expect(fetcher.fetch(loop)).rejects.toThrow('could not be fetched');
  expect(asked.length).toBeLessThan(30);
});
