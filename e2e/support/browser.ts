import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findBrowser } from '../../scripts/browser.mjs';

const report = path.resolve(import.meta.dirname, '../../e2e-test-report');

/** The machine's own browser, headless. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** A signed-in page. What goes wrong in it is collected in `problems`. */
export async function signIn(
  browser: Browser,
  url: string,
  options: { width?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({
    viewport: {
      width: options.width ?? 1440,
      height: options.width && options.width < 600 ? 860 : 900,
    },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(`${error}`));
  await page.goto(url);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.waitForURL(/\/tenants/);
  return { page, problems };
}

/** Saves a picture of the page as e2e-test-report/`name`.png. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(report, { recursive: true });
  await page.screenshot({ path: path.join(report, `${name}.png`), fullPage: true });
}
