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

/** A person of the embedded platform. */
export type Person = 'ada' | 'otto' | 'berta' | 'dev' | 'carl';

/** How a page is opened. */
export interface PageOptions {
  /** Who signs in. Default: ada. */
  person?: Person;
  /** Where the person wants to go. Default: the portal's first page. */
  path?: string;
  width?: number;
  colorScheme?: 'light' | 'dark';
}

/** A page of nobody: nothing is opened yet. */
export async function openSignedOut(
  browser: Browser,
  { width = 1440, colorScheme = 'light' }: PageOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 860 : 900 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  return context.newPage();
}

/** A page of somebody who has chosen who to be at the OpenID provider. What goes wrong in it is collected in `problems`. */
export async function openAs(
  browser: Browser,
  url: string,
  { person = 'ada', path: wanted = '/', ...look }: PageOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const page = await openSignedOut(browser, look);
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(`${error}`));
  await page.goto(url + wanted);
  await choosePerson(page, person);
  return { page, problems };
}

/** From the portal's sign-in page to the people, and back. */
export async function choosePerson(page: Page, person: Person): Promise<void> {
  const portal = new URL(page.url()).origin;
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: person, exact: true }).click();
  await page.waitForURL(({ origin }) => origin === portal);
}

/** A page of somebody who sees tenants, at the Tenants page. */
export async function signIn(
  browser: Browser,
  url: string,
  options: PageOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const opened = await openAs(browser, url, options);
  await opened.page.waitForURL(/\/tenants/);
  return opened;
}

/** Saves a picture of the page as e2e-test-report/`name`.png. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(report, { recursive: true });
  await page.screenshot({ path: path.join(report, `${name}.png`), fullPage: true });
}
