import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** The first two load pages of the browser's own for each window, which costs more than a page of the console. */
const unneededFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // Ours take the place of Playwright's, so those of them that matter here are named again.
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
];

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  `--disable-features=${unneededFeatures.join()}`,
];

export interface Look {
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  locale?: string;
}

/** The system's Chromium, with nothing remembered between two openings. */
export interface TestedBrowser {
  /** A person at a browser of their own: cookies are not shared with the other ones. */
  open: (look?: Look) => Promise<Page>;
  /** Everything that went wrong inside pages since the last call: faults of scripts, refused by policy, and the like. */
  complaints: () => string[];
  close: () => Promise<void>;
}

let opened: BrowserContext[] = [];

/** Leaves open what is open now, such as a page for all tests of a file. */
export function forgetOpened(): void {
  opened = [];
}

/** Closes what was opened since `forgetOpened`. */
export async function closeOpened(): Promise<void> {
  await Promise.all(opened.map((context) => context.close()));
}

export async function startBrowser(baseURL: string): Promise<TestedBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: switches });
  let complaints: string[] = [];
  return {
    async open({ width = 1280, height = 800, theme = 'light', locale = 'en-GB' } = {}) {
      const context: BrowserContext = await browser.newContext({
        baseURL,
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
        acceptDownloads: true,
        permissions: ['clipboard-read', 'clipboard-write'],
        locale,
        timezoneId: 'UTC',
      });
      opened.push(context);
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
