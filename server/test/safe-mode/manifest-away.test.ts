import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { refusalOf } from '../parts/configuration';
import { type Edits, manifestOf } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Edits by the address of a manifest that are sent again when nothing stands there any more; by API. */
let room: Newsroom;
let publisher: Server;
let manifestUrl: string;
beforeAll(async () => {
  room = await Newsroom.open({ ALLOW_PRIVATE_MANIFEST_URLS: 'true' });
});
afterAll(() => room.close());
afterEach(() => publisher.close());

async function publish(manifest: object): Promise<void> {
  publisher = createServer((_, response) => void response.end(JSON.stringify(manifest))).listen(
    0,
    '127.0.0.1',
  );
  await once(publisher, 'listening');
  manifestUrl = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}/`;
}

async function unpublish(): Promise<void> {
  publisher.close();
  publisher.closeAllConnections();
  await once(publisher, 'close');
}

const byAddress = (operationId?: string) => ({ manifest: null, manifestUrl, operationId });

describe.each<[string, () => Promise<Edits>]>([
  ['live', () => Promise.resolve(room.live)],
  ['recorded', async () => (await room.recording())[1]],
])('%s', (where, open) => {
  test('an installation that is sent again is answered as it was the first time', async () => {
    const edits = await open();
    const bundle = `org.away.install.${where}`;
    await publish(manifestOf(bundle));
    const first = await edits.installPlugin(bundle, {}, byAddress(`install ${where}`));
    await unpublish();
    expect(await edits.installPlugin(bundle, {}, byAddress(`install ${where}`))).toEqual(first);

    const refused = await refusalOf(edits.installPlugin(bundle, {}, byAddress(`another ${where}`)));
    expect(refused.code).toBe('BAD_USER_INPUT');
    expect(refused.fields[0]!.path).not.toBe('input.operationId');
  });

  test('an update that is sent again is answered as it was the first time, another edit is not', async () => {
    const edits = await open();
    const bundle = `org.away.update.${where}`;
    const { plugin } = await edits.installPlugin(bundle);
    await publish(manifestOf(bundle, { version: '2.0.0' }));
    const first = await edits.updatePlugin(plugin.id, {}, byAddress(`update ${where}`));
    expect(first.plugin.version).toBe('2.0.0');
    await unpublish();
    expect(await edits.updatePlugin(plugin.id, {}, byAddress(`update ${where}`))).toEqual(first);

    const refused = await refusalOf(edits.installPlugin(bundle, {}, byAddress(`update ${where}`)));
    expect(refused.fields).toEqual([
      { path: 'input.operationId', message: 'was used for updatePlugin already' },
    ]);
  });
});
