import path from 'node:path';
import type { Download, Page } from 'playwright-core';
import { admin } from './server';

/** Signs in and opens a page. What the form for that does is tested in `entering`; here the browser just gets the cookie. */
export async function signIn(
  page: Page,
  { email, password }: { email: string; password: string } = admin,
  path = '/',
): Promise<void> {
  await page.context().request.post('/graphql', {
    headers: { 'Apollo-Require-Preflight': 'true' },
    data: {
      query:
        'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }',
      variables: { email, password },
    },
    failOnStatusCode: true,
  });
  await page.goto(path);
  // A dialog may already lie above it.
  await page.getByRole('button', { name: 'User menu', includeHidden: true }).waitFor();
}

/** From anywhere in the console to the two tabs, as the manual says. */
export async function openBackup(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'User menu' }).click();
  await page.getByRole('menuitem', { name: 'Backup' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('tab', { name: 'Export' }).waitFor();
}

/** Exports on the open tab Export; answers the path of the saved file and its name. */
export async function exportTo(page: Page, password: string): Promise<{ path: string; name: string }> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  return savedFile(await download);
}

/** A downloaded file under the name that people see, beside the temporary one and gone with the browser. */
export async function savedFile(download: Download): Promise<{ path: string; name: string }> {
  const name = download.suggestedFilename();
  const saved = path.join(`${await download.path()}.saved`, name);
  await download.saveAs(saved);
  return { path: saved, name };
}

/** Opens the tab Import and chooses a file with Browse, in place of one that may be there. */
export async function browseFor(
  page: Page,
  file: string | { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.getByRole('tab', { name: 'Import' }).click();
  const another = page.getByRole('button', { name: 'Choose another file' });
  const browse = page.getByRole('button', { name: 'Browse' });
  await browse.or(another).waitFor();
  if (await another.isVisible()) await another.click();
  const choosing = page.waitForEvent('filechooser');
  await browse.click();
  await (await choosing).setFiles(file);
}

/** Types the password of the chosen file and validates it. */
export async function validateWith(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Validate' }).click();
}

/** What people see of the numbers: `Plugins 13`, one for each kind. */
export async function numbersOf(page: Page): Promise<string> {
  const region = page.getByRole('region', { name: 'Content of the backup' });
  await region.waitFor();
  return (await region.innerText()).replace(/\s+/g, ' ');
}
