import { violations } from './parts/accessibility';
import { startBrowser } from './parts/browser';
import { browseFor, exportTo, openBackup, signIn, validateWith } from './parts/console';
import { picture } from './parts/picture';
import { startServer, withAdmin } from './parts/server';
import { signedInApi } from './parts/api';

test('the pages that the README shows are whole: a plan of an import, and a workspace', async () => {
  const server = await startServer(withAdmin(true));
  const browser = await startBrowser(server.url);
  try {
    const api = await signedInApi(server.url);
    const page = await browser.open({ width: 1280, height: 800 });
    await signIn(page);
    await page.getByRole('link', { name: 'News desk' }).click();
    await page.getByRole('heading', { name: 'News desk' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'console');

    await openBackup(page);
    const file = await exportTo(page, 'harbour lantern 42');
    for (const key of ['house.currency', 'editions.sunday']) {
      await api.ask(
        'mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { id } } }',
        { input: { unitId: api.unitId, key, value: 'changed' } },
      );
    }
    await browseFor(page, file.path);
    await validateWith(page, 'harbour lantern 42');
    await page.getByRole('button', { name: 'Changed 2 config keys' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'backup');
  } finally {
    await browser.close();
    await server.stop();
  }
});
