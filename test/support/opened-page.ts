import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';

/** Where the page is, for the browser; no name that there is. */
const ADDRESS = 'https://report.invalid/report.html';
/** For what takes a fraction of a second where nothing else runs. */
const TIMEOUT_MS = 15_000;

/** What a page did that it shouldn't: errors, warnings, refused by its policy, asked of a server. */
export interface OpenedPage {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
  close(): Promise<void>;
}

/** Opens a page from a server that has nothing else, at a part of it. */
export async function openPage(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
  fragment = '',
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.route('**/*', async (route) => {
    if (route.request().url() === ADDRESS)
      await route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    else await route.abort();
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  const { complaints, requests } = watch(page);
  await page.goto(`${ADDRESS}${fragment}`);
  return { page, complaints, requests, close: async () => context.close() };
}

/** Everything the page asks for but itself, and everything it, or the browser about it, says. */
export function watch(page: Page): Pick<OpenedPage, 'complaints' | 'requests'> {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (!isPage) requests.push(request.url());
  });
  return { complaints, requests };
}

/** The page is opened anew for each test, and may complain of nothing and ask nobody by its end. */
export function openForEach(
  html: string,
  use: (of: { browser: Browser; opened: OpenedPage; page: Page }) => void,
): void {
  let browser: Browser;
  let opened: OpenedPage;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => browser.close());
  beforeEach(async () => {
    opened = await openPage(browser, html);
    use({ browser, opened, page: opened.page });
    await opened.page.getByRole('status').waitFor();
  });
  afterEach(async () => {
    const { complaints, requests } = opened;
    await opened.close();
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
  });
}
