import { violations } from './parts/accessibility';
import { startBrowser } from './parts/browser';
import { browseFor, exportTo, openBackup, signIn, validateWith } from './parts/console';
import { picture } from './parts/picture';
import { startServer, withAdmin } from './parts/server';
import { signedInApi } from './parts/api';

test('the pages that the README shows are whole: the plugins, and the plan of an import', async () => {
  const server = await startServer(withAdmin(true));
  const browser = await startBrowser(server.url);
  try {
    const { ask, unitId } = await signedInApi(server.url);
    const page = await browser.open({ width: 1280, height: 800 });
    await signIn(page);
    await page.goto('/admin/plugins');
    await page.getByRole('link', { name: 'Wire Desk' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'console');

    await openBackup(page);
    const file = await exportTo(page, 'harbour lantern 42');
    await ask('mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { id } } }', {
      input: { unitId, key: 'house.currency', value: 'GBP' },
    });
    await ask('mutation ($input: RemoveConfigKeyInput!) { removeConfigKey(input: $input) { id } }', {
      input: { unitId, key: 'editions.sunday' },
    });
    await browseFor(page, file.path);
    await validateWith(page, 'harbour lantern 42');
    await page.getByRole('button', { name: 'Changed 1 config key' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => document.querySelector('main')?.scrollTo(0, 0));
    await picture(page, 'backup');
  } finally {
    await browser.close();
    await server.stop();
  }
});
