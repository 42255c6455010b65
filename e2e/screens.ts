/**
 * Takes pictures of every page in light and dark, wide and narrow, of a portal that runs, and of the plugin's pages while
 * they load, fail, are empty and are stale: `node e2e/screens.ts [portal] [forge] [argocd] [grafana] [tenant]`.
 */
import type { Page } from 'playwright-core';
import { moods, setMood } from './moods.ts';
import { openBrowser, screenshot, signIn } from './support/browser.ts';

const [
  portal = 'http://localhost:7007',
  forge = 'http://localhost:7101',
  argocd = 'http://localhost:7102',
  grafana = 'http://localhost:7106',
  tenant = 'tenant-a',
] = process.argv.slice(2);

const pages: Array<[name: string, url: string, ready: (page: Page) => Promise<unknown>]> = [
  ['tenants', `${portal}/tenants`, page => page.getByTestId(`tenant-row-${tenant}`).waitFor()],
  [
    'sources',
    `${portal}/sources`,
    page => page.getByRole('heading', { name: 'Git acme/platform' }).waitFor(),
  ],
  [
    'release',
    `${portal}/catalog/default/resource/${tenant}/releases`,
    page => page.getByTestId('log-line').first().waitFor(),
  ],
  [
    'release-compare',
    `${portal}/catalog/default/resource/${tenant}/releases`,
    async page => {
      await page
        .getByRole('button', { name: /^diff: compare/ })
        .first()
        .click();
      await page.getByTestId('diff-object').first().waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
    },
  ],
  [
    'overview',
    `${portal}/catalog/default/resource/${tenant}`,
    page => page.getByText('Synced').first().waitFor(),
  ],
  [
    'kubernetes',
    `${portal}/catalog/default/resource/${tenant}/kubernetes`,
    page => page.getByText('Embedded cluster').click(),
  ],
  [
    'service',
    `${portal}/catalog/default/component/demo-api/tenants`,
    page => page.getByTestId(`tenant-row-${tenant}`).waitFor(),
  ],
  [
    'new-tenant',
    `${portal}/create/templates/default/new-tenant`,
    page => page.getByLabel(/^Name/).waitFor(),
  ],
  [
    'catalog',
    `${portal}/catalog?filters%5Buser%5D=all`,
    page => page.getByText('demo-api').first().waitFor(),
  ],
  [
    'settings',
    `${portal}/settings`,
    page =>
      page
        .getByText(/appearance|theme/i)
        .first()
        .waitFor(),
  ],
  ['forge', `${forge}/acme/platform`, page => page.getByText('gitops').first().waitFor()],
  ['forge-pulls', `${forge}/acme/platform/pulls`, page => page.locator('main').waitFor()],
  ['forge-pull', `${forge}/acme/platform/pull/1`, page => page.locator('main').waitFor()],
  ['argocd', `${argocd}/applications`, page => page.getByText(tenant).first().waitFor()],
  ['argocd-app', `${argocd}/applications/argocd/${tenant}`, page => page.locator('main').waitFor()],
  [
    'grafana',
    `${grafana}/d/tenant-release?var-tenant=${tenant}&from=now-1h&to=now`,
    page => page.getByText(tenant).first().waitFor(),
  ],
];

const browser = await openBrowser();
for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 400]) {
    const { page, problems } = await signIn(browser, portal, { colorScheme, width });
    for (const [name, url, ready] of pages) {
      await page.goto(url);
      await ready(page).catch(() => console.log(`${name} (${colorScheme}, ${width}): never ready`));
      await page.waitForTimeout(1500);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) console.log(`${name} (${colorScheme}, ${width}): ${wide} px wide`);
      await screenshot(page, `screens/${name}-${colorScheme}-${width}`);
    }
    for (const problem of problems) console.log(`${colorScheme} ${width}: ${problem}`);
    await page.context().close();
  }
}

/** Those that show what the plugin's API answers. */
const moody = ['tenants', 'sources', 'release', 'overview', 'service', 'new-tenant'];

for (const mood of moods) {
  for (const width of [1440, 400]) {
    const { page } = await signIn(browser, portal, { width });
    await setMood(page, mood);
    for (const [name, url] of pages.filter(([one]) => moody.includes(one))) {
      await page.goto(url);
      await page.waitForTimeout(4000);
      await screenshot(page, `screens/${name}-${mood}-${width}`);
    }
    await page.context().close();
  }
}
await browser.close();
