import chromiumForLambda from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** A real browser, the same on every machine; it loads nothing from any network by itself. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumForLambda.executablePath(),
    args: chromiumForLambda.args,
  });
}
