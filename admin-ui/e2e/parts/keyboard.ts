import type { Locator, Page } from 'playwright-core';

/** Goes on with Tab until it has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Cannot be reached with the Tab key: ${String(target)}`);
}

/** Reaches it with Tab and presses Enter. */
export async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Opens the user menu and chooses an entry with the arrow keys. */
export async function chooseInUserMenu(page: Page, entry: string): Promise<void> {
  await enter(page, page.getByRole('button', { name: 'User menu' }));
  const item = page.getByRole('menuitem', { name: entry });
  await item.waitFor();
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('ArrowDown');
    if (await item.evaluate((element) => element === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}
