import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The site of somebody who publishes plugins. */
export interface Publisher {
  /** Address of the manifest. */
  manifestUrl: string;
  /** Address of a page that says so in its heading. */
  pageUrl: string;
  /** What stands at the address from now on. */
  publish: (manifest: unknown) => void;
  close: () => void;
}

export async function startPublisher(): Promise<Publisher> {
  let manifest: unknown;
  const site = createServer((request, response) => {
    const isPage = request.url === '/page';
    response.setHeader('Content-Type', isPage ? 'text/html' : 'application/json');
    response.end(isPage ? '<title>Clock</title><h1>The time by script</h1>' : JSON.stringify(manifest));
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const { port } = site.address() as AddressInfo;
  return {
    manifestUrl: `http://127.0.0.1:${port}/manifest.json`,
    pageUrl: `http://127.0.0.1:${port}/page`,
    publish: (published) => (manifest = published),
    close: () => void site.close(),
  };
}

/** A manifest that is whole; the test says what matters to it. */
export const aManifest = (name: string, parts: object = {}): object => ({
  bundle: `org.example.${name.toLowerCase().replace(/\W+/g, '-')}`,
  name,
  author: { name: 'Ada' },
  version: '1.0.0',
  ...parts,
});
