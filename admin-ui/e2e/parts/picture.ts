import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Saves what the page looks like to the directory that SCREENSHOTS names; without it nothing happens. */
export async function picture(page: Page, name: string, { whole = false } = {}): Promise<void> {
  const directory = process.env['SCREENSHOTS'];
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  const size = page.viewportSize();
  // The page scrolls inside its frame, so a picture of all of it needs a window of that height.
  const hidden = await page.evaluate(() => {
    const main = document.querySelector('main');
    return main ? main.scrollHeight - main.clientHeight : 0;
  });
  if (whole && size) await page.setViewportSize({ ...size, height: size.height + hidden });
  const file = `${name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')}.png`;
  await page.screenshot({ path: path.join(directory, file) });
  if (whole && size) await page.setViewportSize(size);
}
