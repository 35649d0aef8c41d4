import type { Page } from 'playwright-core';
import { overflowsSideways, violations } from './accessibility';
import type { TestedBrowser } from './browser';
import { picture } from './picture';

interface NamedLook {
  name: string;
  theme: 'light' | 'dark';
  size: { width: number; height: number };
}

const wide = { width: 1280, height: 800 };
const narrow = { width: 360, height: 740 };
const all: NamedLook[] = [
  { name: 'light', theme: 'light', size: wide },
  { name: 'dark, 360 px wide', theme: 'dark', size: narrow },
  { name: 'dark', theme: 'dark', size: wide },
  { name: 'light, 360 px wide', theme: 'light', size: narrow },
];

/**
 * How pages are looked at: both themes and both widths, in two looks. Colours hang on the theme alone, and what fits on
 * the width alone. Pictures are made of all four.
 */
const looks = process.env['SCREENSHOTS'] ? all : all.slice(0, 2);

/** What each page was last seen as. */
const lastSeen = new WeakMap<Page, NamedLook>();

/**
 * Looks at one state of a page as it is in each look: nothing for axe to find, nothing beside the window, no complaint
 * of the browser. It stays in the last one and is seen in that first the next time, so that both are worked in by turns.
 */
export async function looksRight(
  page: Page,
  browser: TestedBrowser,
  state: string,
  { whole = true } = {},
): Promise<void> {
  const first = lastSeen.get(page) ?? all[0];
  for (const look of [...looks].sort((a, b) => Number(b === first) - Number(a === first))) {
    await showAs(page, look);
    lastSeen.set(page, look);
    const name = `${state}, ${look.name}`;
    await picture(page, name, { whole });
    expect({
      name,
      axe: await violations(page),
      overflow: await overflowsSideways(page),
      complaints: browser.complaints(),
    }).toEqual({ name, axe: [], overflow: false, complaints: [] });
  }
}

async function showAs(page: Page, { theme, size }: NamedLook): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize(size);
  // What depends on them follows within the next frames.
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  );
}
