import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export interface Look {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
}

/** The system's Chromium, with nothing remembered between two openings. */
export interface TestedBrowser {
  /** A person at a browser of their own: cookies are not shared with the other ones. */
  open: (look?: Look) => Promise<Page>;
  /** Everything that went wrong inside pages since the last call: faults of scripts, refused by policy, and the like. */
  complaints: () => string[];
  close: () => Promise<void>;
}

export async function startBrowser(baseURL: string): Promise<TestedBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: switches });
  let complaints: string[] = [];
  return {
    async open({ width = 1280, height = 800, theme = 'light' } = {}) {
      const context: BrowserContext = await browser.newContext({
        baseURL,
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
        acceptDownloads: true,
        permissions: ['clipboard-read', 'clipboard-write'],
        locale: 'en-GB',
        timezoneId: 'UTC',
      });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        // A refused request is no fault of the page, which must show it; tests look at that.
        const isRefusal = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
      });
      return page;
    },
    complaints() {
      const heard = complaints;
      complaints = [];
      return heard;
    },
    close: () => browser.close(),
  };
}
