import type { Page } from 'playwright-core';

/** Rows of the Tenants page that are on it now. */
export const row = '[data-testid^="tenant-row-"]';

/** Has the page's calls of tenant-releases answered by a stand-in. */
export async function useStandIn(page: Page, url: string): Promise<void> {
  await page.route('**/api/tenant-releases/**', route => {
    const { pathname, search } = new URL(route.request().url());
    return route.continue({ url: `${url}${pathname}${search}` });
  });
}
