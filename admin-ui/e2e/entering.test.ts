import { violations } from './parts/accessibility';
import { signedInApi } from './parts/api';
import { startBrowser, type TestedBrowser } from './parts/browser';
import { signIn } from './parts/console';
import { admin, startServer, unitName, withAdmin, type TestedServer } from './parts/server';

let server: TestedServer;
let browser: TestedBrowser;

async function start(settings: Record<string, string>): Promise<void> {
  server = await startServer(settings);
  browser = await startBrowser(server.url);
}

async function stop(): Promise<void> {
  await browser.close();
  await server.stop();
}

describe('with an admin and the sample unit', () => {
  beforeAll(() => start(withAdmin(true)));
  afterAll(stop);

  test('a wrong password is told at the form, and the right one signs in', async () => {
    const page = await browser.open();
    await page.goto('/');
    await page.getByLabel('E-mail').fill(admin.email);
    await page.getByLabel('Password', { exact: true }).fill('not this one');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/password/i);
    expect(await violations(page)).toEqual([]);

    await page.getByLabel('Password', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'User menu' }).waitFor();
    expect(browser.complaints()).toEqual([]);
  });

  test('the user menu lies above whatever the page shows, so that each entry can be clicked', async () => {
    const page = await browser.open();
    await signIn(page, undefined, '/admin/plugins');
    await page.getByRole('link', { name: 'Wire Desk' }).waitFor();
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitem', { name: 'Backup' }).click();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
  });

  test('who already goes to another page is not called back to the first workspace', async () => {
    const page = await browser.open();
    await page.route('**/assets/BackupPage-*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue();
    });
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('ShellUnit')) await held;
      await route.continue();
    });
    await signIn(page);
    await page.getByRole('button', { name: 'User menu' }).click();
    const asked = page.waitForRequest(/BackupPage/);
    await page.getByRole('menuitem', { name: 'Backup' }).click();
    await asked;
    letThrough();
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await page.getByRole('link', { name: 'News desk' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/backup');
  });

  test('somebody who is not an admin has no entry Backup, and its page refuses', async () => {
    const { ask, unitId } = await signedInApi(server.url);
    const user = { email: 'uma@example.org', password: 'another long password' };
    await ask('mutation ($input: AddMemberInput!) { addMember(input: $input) { role } }', {
      input: { unitId, name: 'Uma', role: 'POWER_USER', ...user },
    });

    const page = await browser.open();
    await signIn(page, user);
    await page.getByRole('button', { name: 'User menu' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Backup' }).count()).toBe(0);

    for (const address of ['/backup', '/backup?tab=export', '/backup?tab=import']) {
      await page.goto(address);
      await page.getByText('Not for your role').waitFor();
      expect(await page.getByRole('button', { name: /Continue|Export|Browse/ }).count()).toBe(0);
    }
    expect(await violations(page)).toEqual([]);
  });
});

describe('with a server of its own', () => {
  afterEach(stop);

  test('the printed link sets up the first admin and unit, and works once', async () => {
    await start({});
    const page = await browser.open();
    await page.goto(server.setUpLink ?? '');
    await page.getByRole('button', { name: 'Set up' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('E-mail').fill(admin.email);
    await page.getByLabel('Name', { exact: true }).fill('Ada');
    await page.getByLabel('Password', { exact: true }).fill(admin.password);
    await page.getByLabel('Unit name').fill(unitName);
    await page.getByRole('checkbox', { name: 'Sample unit' }).check();
    await page.getByRole('button', { name: 'Set up' }).click();

    await page.getByRole('link', { name: 'News desk' }).first().waitFor();
    await page.getByText(unitName, { exact: true }).first().waitFor();

    const other = await browser.open();
    await other.goto(server.setUpLink ?? '');
    await other.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await other.getByRole('button', { name: 'Set up' }).count()).toBe(0);
    expect(browser.complaints()).toEqual([]);
  });

  test('where backup is off the entry is disabled and says so, and so does the page', async () => {
    await start({ ...withAdmin(), ENVIRONMENT: 'prod' });
    const page = await browser.open();
    await signIn(page);
    await page.getByRole('button', { name: 'User menu' }).click();
    const entry = page.getByRole('menuitem', { name: /Backup/ });
    await entry.waitFor();
    expect(await entry.innerText()).toContain('Off in this environment (prod)');
    expect(await entry.getAttribute('aria-disabled')).toBe('true');

    await page.goto('/backup?tab=export');
    await page.getByText('Backup is off').waitFor();
    await page.getByText('BACKUP_ENABLED').waitFor();
    expect(await page.getByRole('tab').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
});
