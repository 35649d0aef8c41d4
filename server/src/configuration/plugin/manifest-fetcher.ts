import { lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type Agent, type buildConnector } from 'undici';
import { type Json } from '../../change/core/json';
import { Lane } from '../../lane';
import { BadUserInput } from '../../refusal';
import { jsonFaults } from '../json-limits';

const timeout = 10_000;
const largestManifest = 1024 * 1024;

/** Fetches manifests by URL, once, a few at a time, without being led to addresses inside the operator's network. */
export class ManifestFetcher {
  private agent: Agent | undefined;
  /** Each may wait for as long as its address likes, and then a megabyte is read at one go. */
  private readonly lane = new Lane(4, 8);

  /** @param allowPrivate also private and loopback addresses: for development only */
  constructor(private readonly allowPrivate: boolean) {}

  /** The parsed JSON behind an http or https address. Throws `BadUserInput` that names what went wrong, `Busy` when too many wait. */
  async fetch(url: string): Promise<unknown> {
    const address = parseAddress(url);
    return storable(await this.lane.take(() => this.textAt(address)));
  }

  private async textAt(address: URL): Promise<string> {
    // Loaded only once there is something to fetch.
    const { Agent, buildConnector, fetch } = await import('undici');
    this.agent ??= new Agent({
      connect: this.allowPrivate ? undefined : publicOnly(buildConnector({ lookup: publicLookup, timeout })),
      headersTimeout: timeout,
      bodyTimeout: timeout,
    });
    try {
      const response = await fetch(address, {
        dispatcher: this.agent,
        signal: AbortSignal.timeout(timeout),
        headers: { accept: 'application/json' },
      });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      return await textOf(response.body as AsyncIterable<Uint8Array> | null);
    } catch (error) {
      throw refused(`could not be fetched: ${reasonOf(error)}`);
    }
  }

  async close(): Promise<void> {
    await this.agent?.close();
  }
}

const refused = (message: string) => new BadUserInput([{ path: 'manifestUrl', message }]);

function parseAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['http:', 'https:'].includes(address.protocol))
    throw refused('must be an http or https address');
  if (address.username || address.password) throw refused('must not carry a user name or password');
  return address;
}

/** Parses, and lets nothing pass that is nested too deeply for what looks at it next. */
function storable(text: string): unknown {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw refused('does not answer JSON');
  }
  const [fault] = jsonFaults(value);
  if (fault) throw refused(`answers JSON that cannot be stored: ${fault.path} ${fault.message}`);
  return value;
}

async function textOf(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    if (bytes > largestManifest) throw new Error(`it is larger than ${largestManifest} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}

class PrivateAddress extends Error {
  constructor() {
    super('the address is not a public one');
  }
}

/** IPv6 addresses that stand for an IPv4 address in their last bytes, without saying so by a prefix. */
const ipv4Compatible = ipaddr.IPv6.parseCIDR('::/96');

function isPublic(text: string): boolean {
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6 && address.match(ipv4Compatible)) return false;
  return address.range() === 'unicast';
}

/** Judges what a name resolves to at the moment of connecting, so that a second look-up cannot answer otherwise. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (!addresses.every(({ address }) => isPublic(address))) return callback(new PrivateAddress(), []);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first!.address, first!.family);
  });
};

/** Addresses written as numbers are never looked up, so they are judged here. */
const publicOnly =
  (connectByName: buildConnector.connector): buildConnector.connector =>
  (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) && !isPublic(host)) return callback(new PrivateAddress(), null);
    connectByName(options, callback);
  };
