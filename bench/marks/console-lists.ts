import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startBrowser } from '../../admin-ui/e2e/parts/browser';
import { signIn } from '../../admin-ui/e2e/parts/console';
import { admin, startServer, withAdmin } from '../../admin-ui/e2e/parts/server';
import { fillLargeUnit, largeUnit } from '../large-unit';
import { median } from '../measure/compare';
import { keepLists, type ListFigures } from '../measure/results';
import { type BenchOptions } from '../options';
import { inScratch } from '../product/places';

const settings = { SERVER_KEY: '5afe'.repeat(16) };

/** Each list of the console that can be long, with something typed into its search that few rows match. */
const lists = [
  { name: 'config keys', address: '/admin/config-keys', typed: '0012' },
  { name: 'plugins', address: '/admin/plugins', typed: 'Plugin 29' },
  { name: 'workspaces', address: '/admin/workspaces', typed: 'Culture 1' },
  { name: 'users', address: '/admin/users', typed: 'person-19' },
  { name: 'history', address: '/admin/history' },
];
type MeasuredList = (typeof lists)[number];

/** Milliseconds, one of each round. */
type Times = Record<'paint' | 'rows' | 'next' | 'search' | 'stall', number[]>;

/**
 * The lists of the console in a real browser, over the unit of `npm run seed -- --large`: until something is painted,
 * until rows are there, until the next page and what matches a search are there, and the longest time for which the
 * page could not answer. It has no goal; whoever changes a list compares.
 */
export async function measureConsole({ rounds }: BenchOptions): Promise<void> {
  await inScratch(async (dataDir) => {
    const place = { DATA_DIR: path.join(dataDir, 'data'), ...settings };
    await (await startServer({ ...withAdmin(), ...place })).stop();
    await fillLargeUnit({ dataDir: place.DATA_DIR, databaseUrl: undefined, admin, settings });
    const server = await startServer(place);
    const browser = await startBrowser(server.url);
    try {
      const page = await browser.open();
      await page.addInitScript({ content: inPage.noteLongTasks });
      await signIn(page);
      const figures: ListFigures[] = [];
      for (const list of lists) figures.push(figuresOf(list, await timesOf(page, list, rounds)));
      for (const each of figures) print(each);
      keepLists(figures);
    } finally {
      await browser.close();
      await server.stop();
    }
  });
}

async function timesOf(page: Page, { address, typed }: MeasuredList, rounds: number): Promise<Times> {
  const times: Times = { paint: [], rows: [], next: [], search: [], stall: [] };
  const rows = page.locator('main tbody tr, main ol > li, main ul > li').first();
  for (let round = 0; round < rounds; round++) {
    times.rows.push(
      await timed(async () => {
        await page.goto(address, { waitUntil: 'commit' });
        await rows.waitFor();
      }),
    );
    times.paint.push(await page.evaluate<number>(inPage.firstPaint));
    const next = page.getByRole('button', { name: 'Next' });
    if (await next.isVisible()) times.next.push(await timed(() => changing(page, () => next.click())));
    if (typed) {
      const search = page.getByRole('searchbox').first();
      times.search.push(await timed(() => changing(page, () => search.pressSequentially(typed))));
    }
    times.stall.push(await page.evaluate<number>(inPage.longestTask));
  }
  return times;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Does something and waits until the list begins with another row. */
async function changing(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await page.evaluate<string>(inPage.firstRow);
  await act();
  // The page's content security policy lets nothing wait inside it.
  while ((await page.evaluate<string>(inPage.firstRow)) === before) await pause(5);
}

/** What runs in the page, whose types are not known here. */
const inPage = {
  firstRow: `(document.querySelector('main tbody tr, main li')?.innerText ?? '')`,
  firstPaint: `(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)`,
  noteLongTasks: `window.longTasks = [0];
    new PerformanceObserver((found) => window.longTasks.push(...found.getEntries().map((task) => task.duration)))
      .observe({ type: 'longtask', buffered: true });`,
  longestTask: `Math.max(...window.longTasks)`,
};

function figuresOf({ name }: MeasuredList, { paint, rows, next, search, stall }: Times): ListFigures {
  const middle = (times: number[]) => Math.round(median(times));
  return {
    list: name,
    paint: middle(paint),
    rows: middle(rows),
    ...(next.length > 0 && { next: middle(next) }),
    ...(search.length > 0 && { search: middle(search) }),
    longestTask: Math.round(Math.max(...stall)),
  };
}

function print({ list, paint, rows, next, search, longestTask }: ListFigures): void {
  process.stdout.write(
    `Console, ${list} of a unit with ${largeUnit.configKeys} config keys, ms: first paint ${paint}, rows ${rows}, ` +
      `next page ${next ?? '-'}, search ${search ?? '-'}, longest task ${longestTask}\n`,
  );
}
