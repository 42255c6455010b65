import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Release } from '@internal/plugin-tenant-releases-common';
import type { Browser, Page } from 'playwright-core';
import { Api, until } from './support/api.ts';
import { openBrowser, screenshot, signIn } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';

/**
 * A bad version goes out. The platform engineer sees it in the first sentence, at the top of the rows and on the tab; who
 * is on call comes by the alert's link; after a roll-back and a good version all is quiet.
 */
describe('an incident', () => {
  let portal: Portal;
  let api: Api;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let good: string;
  let bad: string;
  let badSince: number;

  before(async () => {
    portal = await startPortal({ portBase: 17_300 });
    api = await Api.signIn(portal);
    browser = await openBrowser();
    ({ page, problems } = await signIn(browser, portal.url));
  });

  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const row = () => page.getByTestId('tenant-row-tenant-a');
  const tab = () => `${portal.url}/catalog/default/resource/tenant-a/releases`;
  const clause = () => page.getByRole('button', { name: /^\d+ fails? .*requests/ });

  async function release(...args: string[]): Promise<string> {
    const printed = await portal.sandbox('release', ...args);
    await api.merge(Number(printed.match(/pull\/(\d+)/)![1]));
    return printed.match(/sha-[0-9a-f]{7,40}/)![0];
  }

  const read = async () =>
    (await api.call<Release>('/api/tenant-releases/releases/tenant-a/demo-api')).body;
  const runs = (version: string) => async () => {
    const { running } = await read();
    return (running.length > 0 && running.every(one => one.version === version)) || undefined;
  };
  const reads = (text: RegExp) => async () =>
    text.test(await page.locator('main').innerText()) || undefined;

  it('says first that a bad version fails requests, within a minute', async () => {
    good = (await read()).desired!.version;
    await page.goto(`${portal.url}/tenants`);
    await until('nothing fails', 60_000, reads(/tenants? (runs?|are|is) [^;.]*/));
    await row().getByText('In sync').waitFor();
    assert.equal(await clause().count(), 0);
    bad = await release('--bad', '--message', 'feat: answer wrong');
    await until('the bad version runs', 60_000, runs(bad));
    badSince = Date.now();
    const sentence = new RegExp(`\\d+ fails? (up to )?\\d+ % of requests since ${bad}`);
    await until('the first sentence says it', 60_000, reads(sentence));
    console.log(`# running -> said in the first sentence ${Date.now() - badSince} ms`);
    await row().getByText('Degraded').waitFor();
    await row()
      .getByText(/% of the requests fail/)
      .waitFor();
    assert.ok(Date.now() - badSince < 60_000);
  });

  it('has those that fail on top, with the reason to read', async () => {
    await page.mouse.move(0, 0);
    await until('it is among those that fail, on top', 30_000, async () => {
      const failing = Number((await clause().innerText()).match(/^\d+/)![0]);
      return Number(await row().getAttribute('data-index')) < failing;
    });
    const reason = row().getByText(/% of the requests fail/);
    const isWhole = await reason.evaluate(element => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const cell = element.closest('[role="gridcell"]')!.getBoundingClientRect();
      return left >= cell.left && right <= cell.right && top >= cell.top && bottom <= cell.bottom;
    });
    assert.ok(isWhole, 'the reason is cut');
    await screenshot(page, 'incident-tenants');
  });

  it('shows by a click on the clause those that it counts', async () => {
    await clause().click();
    const counted = async () => Number((await clause().innerText()).match(/^\d+/)![0]);
    await until('the rows are those that it counts', 10_000, async () => {
      const rows = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
      return rows === (await counted());
    });
    assert.equal(await clause().getAttribute('aria-pressed'), 'true');
    assert.match(page.url(), /concern=failing/);
  });

  it('opens by a click on the row, and says on the tab what fails, since when and with which version', async () => {
    await row()
      .getByText(/% of the requests fail/)
      .click();
    await page.waitForURL(tab());
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
    await page.goBack();
    await until('the same rows as before', 10_000, async () =>
      (await clause().getAttribute('aria-pressed')) === 'true' ? true : undefined,
    );
  });

  it('leads from the alert to the release and to its log lines within a minute', async () => {
    const link = await until('an alert of the tenant fires', 240_000, async () => {
      const answer = await fetch(`${portal.prometheus}/api/v1/alerts`);
      const { data } = (await answer.json()) as {
        data: {
          alerts: Array<{
            state: string;
            labels: Record<string, string>;
            annotations: { portal_url?: string };
          }>;
        };
      };
      return data.alerts.find(
        ({ labels, state }) => labels.tenant === 'tenant-a' && state === 'firing',
      )?.annotations.portal_url;
    });
    assert.equal(link, tab());
    const paged = Date.now();
    await page.goto(link);
    await until('what fails', 30_000, reads(new RegExp(`% of its requests fail since ${bad}`)));
    await page.getByRole('combobox', { name: 'Level' }).selectOption('error');
    // What was shown before stays until the answer is there.
    await until('lines of errors alone', 30_000, async () => {
      const lines = await page.getByTestId('log-line').allInnerTexts();
      return lines.length > 0 && lines.every(line => /\berror\b/.test(line)) ? true : undefined;
    });
    const took = Date.now() - paged;
    console.log(`# alert -> release -> log line ${took} ms`);
    assert.ok(took < 60_000);
    await screenshot(page, 'incident-logs');
  });

  it('is over for a tenant that is rolled back, and held', async () => {
    const printed = await portal.gitops(
      ...['bump', '--service', 'demo-api', '--version', good, '--tenant', 'tenant-a'],
      ...['--hold', 'wrong answers', '--by', 'user:default/ada', '--open-pr', '--output', 'json'],
    );
    await api.merge(Number(printed.match(/pull\/(\d+)/)![1]));
    await until('the version before runs', 60_000, runs(good));
    await page.goto(`${portal.url}/tenants`);
    await row().getByText('Held', { exact: true }).waitFor({ timeout: 30_000 });
    await row().getByText('wrong answers').waitFor();
  });

  it('is over for the others with a good version, and all is quiet', async () => {
    const mended = await release('--message', 'fix: answer right');
    await until('the good version runs', 60_000, async () => {
      const { body } = await api.call<{ items: Release[] }>('/api/tenant-releases/releases');
      return body.items.every(({ running }) => running.every(({ version }) => version !== bad));
    });
    assert.notEqual(mended, bad);
    const quiet = Date.now();
    await until('no tenant is said to fail', 120_000, async () =>
      (await clause().count()) === 0 ? true : undefined,
    );
    console.log(
      `# the bad version is gone -> the first sentence is quiet ${Date.now() - quiet} ms`,
    );
    // Alerts look back further than a minute: while one fires, that is said, and no more.
    await until('tenant-a is quiet', 60_000, async () =>
      /requests fail/.test(await row().innerText()) ? undefined : true,
    );
    await screenshot(page, 'incident-over');
    await page.goto(tab());
    await until('the tab is quiet', 30_000, reads(/and is held there/));
    assert.doesNotMatch(await page.locator('main').innerText(), /[1-9]\d* % of its requests fail/);
  });

  it('no page threw an error', () => {
    assert.deepEqual(problems, []);
  });
});
