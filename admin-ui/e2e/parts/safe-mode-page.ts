import type { Locator, Page } from 'playwright-core';
import { barOf } from './safe-mode';

/** The change of a safe mode to an object, on the page of the safe mode; of two with the same name, by its operation. */
export function changeTo(
  page: Page,
  object: string,
  operation: 'Create' | 'Change' | 'Delete' | '' = '',
): Locator {
  const name = object.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return page
    .getByRole('table', { name: 'Changes' })
    .getByRole('row')
    .filter({ has: page.locator('[data-task]', { hasText: new RegExp(`^\\s*${name}\\s*$`) }) })
    .filter({ hasText: operation });
}

/** A button of the page; the bar has some of the same name. */
export const pageButton = (page: Page, name: string): Locator =>
  page.getByRole('main').getByRole('button', { name, exact: true });

/** Opens the page of a safe mode from the list, and applies it locally there. */
export async function applyLocally(page: Page, name: string): Promise<void> {
  await page.goto('/admin/safe-mode');
  await page.getByRole('link', { name, exact: true }).click();
  await pageButton(page, 'Apply changes locally').click();
  await barOf(page).getByText('visible only to you').waitFor();
}

/** Waits until nothing stands against an object's change any more. */
export async function settled(page: Page, object: string): Promise<void> {
  await changeTo(page, object).getByText('In conflict', { exact: true }).waitFor({ state: 'detached' });
}

/** Presses Apply for all users on the page and answers the question with the same words. */
export async function applyForAll(page: Page): Promise<void> {
  await pageButton(page, 'Apply for all users').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply for all users' }).click();
  await page.getByText(/^Applied for all users by/).waitFor();
}

/** The text of the element that has the focus, once one has it: it comes back a moment after what it was on has gone. */
export async function focusedText(page: Page): Promise<string> {
  await page.waitForFunction(() => document.activeElement !== document.body);
  return page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
}
