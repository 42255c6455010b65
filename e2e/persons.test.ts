import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { Api, until } from './support/api.ts';
import { openAs, openBrowser, screenshot } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';
import { gotoWhole } from './support/wholePage.ts';

/** Everything by which somebody of tenant-a could tell that there are others. */
const others = /tenant-b|globex|berta/i;

interface ServiceVersions {
  shows: string;
  tenants: number;
  versions: Array<{ version: string; running: number }>;
}

/** A service with more versions than anybody wants, and the names of who runs them. */
const fortyVersions = {
  shows: 'names',
  tenants: 120,
  readable: 0,
  withoutPods: 2,
  notice: undefined,
  versions: Array.from({ length: 40 }, (_, index) => ({
    version: `sha-${String(index).padStart(7, '0')}`,
    running: 40 - index,
    desired: index === 0 ? 80 : 0,
    firstSeen: new Date(Date.now() - index * 86_400_000).toISOString(),
    ...(index === 3 ? { isBad: true } : {}),
    ...(index % 4 === 1
      ? { notMeasured: 'Prometheus has no requests of this version.' }
      : { serving: { errorRatio: index / 100, latencyP95: 0.1 + index / 50 } }),
    tenants: Array.from({ length: 40 - index }, (__, number) => ({
      tenant: `customer-${number}`,
      displayName: `Customer ${number} of some length Ltd`,
      ring: 1,
    })),
  })),
};

/** The two persons who look at the fleet without being of the platform. */
describe('persons', () => {
  let portal: Portal;
  let browser: Browser;

  before(async () => {
    portal = await startPortal({ portBase: 17_500 });
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const textOf = (page: Page) => page.locator('body').innerText();

  /** Addresses that the page leads to outside of the portal. */
  const waysOut = (page: Page) =>
    page.locator('a[href]').evaluateAll((links, origin) => {
      const addresses = links.map(link => (link as HTMLAnchorElement).href);
      return addresses.filter(href => /^https?:/.test(href) && !href.startsWith(origin));
    }, portal.url);

  describe('the developer of demo-api', () => {
    const tab = '/catalog/default/component/demo-api/tenants';
    let page: Page;

    before(async () => {
      ({ page } = await openAs(browser, portal.url, { person: 'dev', path: tab }));
    });
    after(() => page.context().close());

    it('sees how many tenants run which version and how it serves, and no name', async () => {
      const api = await Api.signIn(portal, 'ada');
      const { body } = await api.call<ServiceVersions>('/api/tenant-releases/services/demo-api');
      const [newest] = body.versions;
      const sentence = await page.getByText(/run the newest version of demo-api/).innerText();
      assert.match(sentence, new RegExp(`of ${body.tenants} tenants`));
      assert.match(sentence, new RegExp(newest.version));
      await page.getByText(/^You see how many tenants run demo-api, not which ones\./).waitFor();
      await page.getByTestId(`version-${newest.version}`).waitFor();
      const text = await textOf(page);
      assert.doesNotMatch(text, /There are no tenants yet|There is none/);
      assert.doesNotMatch(text, /tenant-[ab]|globex|acme corp/i);
      await screenshot(page, 'persons-developer-numbers');
    });

    it('reads which commits are between the oldest running version and the newest', async () => {
      const api = await Api.signIn(portal, 'ada');
      const printed = await portal.sandbox('release', '--tenant', 'tenant-a');
      await api.merge(Number(printed.match(/pull\/(\d+)/)![1]));
      await until('two versions run', 90_000, async () => {
        const { body } = await api.call<ServiceVersions>('/api/tenant-releases/services/demo-api');
        return body.versions.filter(({ running }) => running > 0).length > 1;
      });
      await page.reload();
      await page.getByTestId('commit-row').first().waitFor();
      await page.getByText(/^sha-\w+ has \d+ commits? that sha-\w+ does not have\./).waitFor();
      await screenshot(page, 'persons-developer-commits');
    });

    it('is told what is not measured when Prometheus is away', async () => {
      await portal.sandbox('stop', 'prometheus');
      await page
        .getByText(/Prometheus does not answer|from 3 tenants/)
        .first()
        .waitFor({
          timeout: 90_000,
        });
      await screenshot(page, 'persons-developer-no-telemetry');
      await portal.sandbox('start', 'prometheus');
    });

    for (const [width, colorScheme] of [
      [1440, 'light'],
      [400, 'light'],
      [1440, 'dark'],
    ] as const) {
      it(`reads 40 versions with names, ${width} px wide, ${colorScheme}`, async () => {
        const opened = await openAs(browser, portal.url, { person: 'dev', width, colorScheme });
        await opened.page.route('**/api/tenant-releases/services/demo-api', async route => {
          const answer = await (await route.fetch()).json();
          await route.fulfill({ json: { ...answer, ...fortyVersions } });
        });
        await opened.page.goto(portal.url + tab);
        await opened.page.getByText('Customer 7 of some length Ltd').first().waitFor();
        const overflow = await opened.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        await screenshot(opened.page, `persons-developer-names-${width}-${colorScheme}`);
        await opened.page.context().close();
      });
    }

    it('is told on the Tenants page who may grant more', async () => {
      await page.goto(`${portal.url}/tenants`);
      await page.getByText(/ask the platform team, or the owner’s group, for membership/).waitFor();
      assert.doesNotMatch(await textOf(page), /There are no tenants yet/);
    });
  });

  describe('the owner of tenant-a', () => {
    let page: Page;

    before(async () => {
      ({ page } = await openAs(browser, portal.url, { person: 'otto' }));
    });
    after(() => page.context().close());

    it('lands on the Release tab of their tenant', async () => {
      await page.waitForURL(/\/catalog\/default\/resource\/tenant-a\/releases/);
      await page.getByTestId('version-running').waitFor();
      await page.getByTestId('history-row').first().waitFor();
      const text = await textOf(page);
      assert.match(text, /the platform team/);
      assert.doesNotMatch(text, others);
      await screenshot(page, 'persons-owner-landing');
    });

    it('is led to no place of the operator, and to no page about others', async () => {
      assert.deepEqual(await waysOut(page), []);
      for (const path of [
        '/catalog/default/resource/tenant-a',
        '/catalog',
        '/tenants',
        '/search?query=tenant',
        '/catalog/default/component/demo-api/tenants',
      ]) {
        await gotoWhole(page, portal.url + path);
        await page.getByRole('link', { name: 'Catalog' }).first().waitFor();
        assert.doesNotMatch(await textOf(page), others, path);
        const ways = (await waysOut(page)).filter(way => way.startsWith(portal.forge));
        assert.deepEqual(ways, [], path);
        await screenshot(page, `persons-owner${path.replace(/\W+/g, '-')}`);
      }
    });

    it('compares two releases on a page of ours, which shows their file alone', async () => {
      await page.goto(`${portal.url}/catalog/default/resource/tenant-a/releases`);
      await page
        .getByRole('button', { name: /^diff: compare/ })
        .first()
        .click();
      await page.getByText('tenant-a-values.yaml').first().waitFor();
      assert.doesNotMatch(await textOf(page), others);
      await screenshot(page, 'persons-owner-diff');
    });
  });

  it('the platform sees who did what, and every way out', async () => {
    const { page } = await openAs(browser, portal.url, { person: 'ada' });
    await page.waitForURL(/\/tenants/);
    await page.goto(`${portal.url}/catalog/default/resource/tenant-a/releases`);
    await page.getByTestId('link-values').waitFor();
    await page.getByTestId('link-argocd').waitFor();
    await page.goto(`${portal.url}/catalog/default/component/demo-api/tenants`);
    await page.getByText('Errors and latency by version').waitFor();
    await page
      .getByTestId(/^tenant-row-/)
      .first()
      .waitFor();
    await screenshot(page, 'persons-platform-service');
    await page.context().close();
  });
});
