import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Saves what the page looks like to the directory that SCREENSHOTS names; without it nothing happens. */
export async function picture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  const directory = process.env['SCREENSHOTS'];
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  await page.screenshot({ path: path.join(directory, `${name}.png`), fullPage });
}
