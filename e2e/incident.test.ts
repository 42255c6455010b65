import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Release } from '@internal/plugin-tenant-releases-common';
import type { Browser, Page } from 'playwright-core';
import { Api, until } from './support/api.ts';
import { openBrowser, screenshot, signIn } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';

/** A bad version goes out: the portal says so in the first sentence, in the row and on the tab, and is quiet after a good one. */
describe('an incident', () => {
  let portal: Portal;
  let api: Api;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let bad: string;

  before(async () => {
    portal = await startPortal({ portBase: 17300 });
    api = await Api.signIn(portal);
    browser = await openBrowser();
    ({ page, problems } = await signIn(browser, portal.url));
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  async function release(...args: string[]): Promise<string> {
    const printed = await portal.sandbox('release', ...args);
    await api.merge(Number(printed.match(/pull\/(\d+)/)![1]));
    return printed.match(/sha-[0-9a-f]{7,40}/)![0];
  }

  const read = async () =>
    (await api.call<Release>('/api/tenant-releases/releases/tenant-a/demo-api')).body;
  const reads = (text: RegExp) => async () =>
    text.test(await page.locator('main').innerText()) || undefined;

  it('says first that a bad version fails its requests, within a minute', async () => {
    await page.goto(`${portal.url}/tenants`);
    await until('all is well', 60_000, reads(/tenants run what Git wants(?!.*\bfail)/));
    bad = await release('--bad', '--message', 'feat: answer wrong');
    const runs = await until('the bad version runs everywhere', 60_000, async () =>
      (await read()).running.every(({ version }) => version === bad) ? Date.now() : undefined,
    );
    const sentence = new RegExp(
      `tenants run what Git wants; (.*, )?\\d+ fail (up to )?\\d+ % of requests since ${bad}`,
    );
    await until('the first sentence says it', 60_000, reads(sentence));
    console.log(`# running -> said in the first sentence ${Date.now() - runs} ms`);
    await page.getByTestId('tenant-row-tenant-a').getByText('Degraded').waitFor();
    await page
      .getByTestId('tenant-row-tenant-a')
      .getByText(/% of the requests fail/)
      .waitFor();
    await screenshot(page, 'incident-tenants');
  });

  it('says on the tab what fails, since when and with which version', async () => {
    await page.goto(`${portal.url}/catalog/default/resource/tenant-a/releases`);
    await until(
      'the tab says it',
      30_000,
      reads(new RegExp(`% of its requests fail since ${bad}`)),
    );
    const { state, delivery, serving, reasons } = await read();
    assert.deepEqual([state, delivery, serving?.status], ['degraded', 'in-sync', 'failing']);
    const reason = reasons.find(({ code }) => code === 'ERRORS_ABOVE_OBJECTIVE')!;
    assert.match(reason.text, new RegExp(`% of the requests fail since ${bad}, 5 % may\\.`));
    assert.ok(Date.parse(reason.since!) > Date.now() - 5 * 60_000, reason.since);
    await screenshot(page, 'incident-release-tab');
  });

  it('says no more that requests fail after a good version', async () => {
    const good = await release('--message', 'fix: answer right');
    await until('the good version runs', 60_000, async () =>
      (await read()).running.every(({ version }) => version === good) ? true : undefined,
    );
    await until('its requests are answered', 120_000, async () =>
      (await read()).reasons.some(({ code }) => code === 'ERRORS_ABOVE_OBJECTIVE')
        ? undefined
        : true,
    );
    // Alerts look back further than a minute: while one fires, that is said, and nothing else.
    await page.goto(`${portal.url}/tenants`);
    const calm = /tenants run what Git wants(?!.*\bfail)/;
    await until('no tenant is said to fail', 30_000, reads(calm));
  });

  it('no page threw an error', () => {
    assert.deepEqual(problems, []);
  });
});
