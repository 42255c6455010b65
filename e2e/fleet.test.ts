import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { row, useStandIn } from './fleet/page.ts';
import { startStandIn, type StandIn } from './fleet/standIn.ts';
import { openAs, openBrowser, screenshot, signIn } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';

const count = 5_000;

/** The Tenants page with thousands of tenants, in a browser; they come from a stand-in, the page from a portal. */
describe('fleet of 5,000', () => {
  // FLEET_PORTAL: one that runs already, to save the start of one.
  const running = process.env.FLEET_PORTAL;
  let portal: Pick<Portal, 'url' | 'stop'>;
  let standIn: StandIn;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  before(async () => {
    portal = running
      ? { url: running, stop: async () => 0 }
      : await startPortal({ portBase: 18_000 });
    standIn = await startStandIn(count);
    browser = await openBrowser();
    ({ page, problems } = await signIn(browser, portal.url));
    await useStandIn(page, standIn.url);
  });

  after(async () => {
    await browser?.close();
    await standIn?.stop();
    await portal?.stop();
  });

  const rows = () => page.locator(row);
  /** Rows that the view has, on the screen or not. */
  const total = async () => Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
  const tenantAt = async (index: number) =>
    (await page.locator(`[data-index="${index}"]`).getAttribute('data-testid'))!.replace(
      'tenant-row-',
      '',
    );

  async function open(search = ''): Promise<void> {
    await page.mouse.move(0, 0);
    await page.goto(`${portal.url}/tenants${search}`);
    await rows().first().waitFor();
    await page.getByRole('button', { name: 'Export CSV' }).and(page.locator(':enabled')).waitFor();
    await page.getByRole('button', { name: /^All [\d,]+/ }).waitFor();
  }

  async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 10_000;
    while (!(await holds())) {
      if (Date.now() > end) assert.fail(`not within 10 s: ${what}`);
      await page.waitForTimeout(50);
    }
  }

  it('draws only the rows on the screen, wherever that is', async () => {
    await open();
    assert.equal(await total(), count);
    assert.ok((await rows().count()) < 60);
    await page.mouse.move(700, 600);
    await page.mouse.wheel(0, 90_000);
    await eventually('rows further down', async () => {
      const first = await rows().first().getAttribute('data-index');
      return Number(first) > 2_000;
    });
    assert.ok((await rows().count()) < 60);
  });

  it('filters by the counts of states, and the link holds the view', async () => {
    await open();
    const chip = page.getByRole('button', { name: /^Degraded/ });
    const expected = Number((await chip.innerText()).replace(/\D/g, ''));
    assert.ok(expected > 0);
    await chip.click();
    await eventually('filtered', async () => (await total()) === expected);
    const link = page.url();
    assert.match(link, /state=degraded/);
    await page.goto(link);
    await eventually('the same view', async () => (await total()) === expected);
    assert.equal(await chip.getAttribute('aria-pressed'), 'true');
  });

  it('has the worst on top, and clauses of the sentence that show what they count', async () => {
    await open();
    await rows().first().getByText('Degraded').waitFor();
    const clause = page.getByRole('button', { name: /^\d+ ha(s|ve) failed to sync/ });
    const counted = Number((await clause.innerText()).match(/^\d+/)![0]);
    await clause.press('Enter');
    await eventually('filtered', async () => (await total()) === counted);
    assert.equal(await clause.getAttribute('aria-pressed'), 'true');
    assert.match(page.url(), /concern=sync-failed/);
    await clause.press('Enter');
    await eventually('all again', async () => (await total()) === count);
  });

  for (const [width, mood] of [
    [1440, 'well'],
    [1440, 'stale'],
    [400, 'well'],
    [400, 'stale'],
  ] as const) {
    it(`shows each reason whole, ${width} px wide, ${mood}`, async () => {
      standIn.setMood(mood);
      await page.setViewportSize({ width, height: 900 });
      try {
        await open('?concern=sync-failed');
        await rows()
          .first()
          .getByText(/requests.cpu/)
          .waitFor();
        const isCut = await rows()
          .first()
          .getByText(/requests.cpu/)
          .evaluate(element => {
            const cell = element.closest('[role="gridcell"]')!;
            const row = element.closest('[role="row"]')!;
            return (
              cell.scrollHeight > cell.clientHeight + 1 ||
              cell.scrollWidth > cell.clientWidth + 1 ||
              cell.getBoundingClientRect().bottom > row.getBoundingClientRect().bottom
            );
          });
        assert.equal(isCut, false);
        const { y } = (await rows().first().boundingBox())!;
        console.log(`# first row at ${Math.round(y)} px of 900, ${width} px wide, ${mood}`);
        if (width === 1440) assert.ok(y <= 300, `the first row begins at ${y} px`);
        const next = await page.locator('[data-index="1"]').boundingBox();
        const first = await rows().first().boundingBox();
        assert.ok(!next || next.y >= first!.y + first!.height - 1, 'rows lie on each other');
      } finally {
        standIn.setMood('well');
        await page.setViewportSize({ width: 1440, height: 900 });
      }
    });
  }

  it('opens a row by a click, and back leads to the same place, filters and focus', async () => {
    await open('?tier=free');
    await page.mouse.move(700, 600);
    await page.mouse.wheel(0, 20_000);
    await eventually('rows further down', async () => {
      const first = await rows().first().getAttribute('data-index');
      return Number(first) > 300;
    });
    await page.waitForTimeout(300);
    const inView = await page.evaluate(
      () =>
        [...document.querySelectorAll<HTMLElement>('[data-key]')]
          .filter(element => element.getBoundingClientRect().top > 300)
          .map(element => ({ key: element.dataset.key!, id: element.dataset.testid! }))[2],
    );
    const topOf = async () => (await page.getByTestId(inView.id).boundingBox())?.y ?? NaN;
    const before = await topOf();
    await page
      .getByTestId(inView.id)
      .getByText(/In sync|Held|Progressing/)
      .click();
    await page.waitForURL(/\/resource\/.*\/releases/);
    await page.goBack();
    await page.getByTestId(inView.id).waitFor();
    await eventually('the same place', async () => Math.abs((await topOf()) - before) <= 2);
    await eventually('the same row', async () =>
      page.evaluate(
        key => (document.activeElement as HTMLElement | null)?.dataset.key === key,
        inView.key,
      ),
    );
    assert.match(page.url(), /tier=free/);
  });

  it('finds by text and sorts', async () => {
    await open();
    await page.keyboard.press('/');
    await page.keyboard.type('tyrell-00');
    await eventually('found', async () => {
      const found = await total();
      return found > 0 && found < 20;
    });
    const heading = page.getByRole('columnheader', { name: 'Tenant' });
    await heading.getByRole('button').click();
    await eventually('by name', async () => (await tenantAt(0)) < (await tenantAt(1)));
    await heading.getByRole('button').click();
    await eventually('reversed', async () => (await tenantAt(0)) > (await tenantAt(1)));
    assert.equal(await heading.getAttribute('aria-sort'), 'descending');
  });

  it('is used by keyboard alone', async () => {
    await open();
    await rows().first().focus();
    const focused = () =>
      page.evaluate(() => Number(document.activeElement?.getAttribute('data-index') ?? -1));
    await page.keyboard.press('ArrowDown');
    await eventually('the second row', async () => (await focused()) === 1);
    await page.keyboard.press('End');
    await eventually('the last row', async () => (await focused()) === count - 1);
    await page.keyboard.press('Home');
    await eventually('the first row', async () => (await focused()) === 0);
    const tenant = await tenantAt(0);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/resource/${tenant}/releases`));
  });

  it('shows a change by itself, and no row jumps from under the pointer', async () => {
    await open('?sort=state');
    const before = [await tenantAt(0), await tenantAt(1), await tenantAt(2)];
    await page.locator('[data-index="1"]').hover();
    standIn.change(before[0], { state: 'in-sync', reasons: [] });
    const changed = page.getByTestId(`tenant-row-${before[0]}`);
    await changed.getByText('In sync').waitFor({ timeout: 10_000 });
    assert.deepEqual([await tenantAt(0), await tenantAt(1), await tenantAt(2)], before);
    await page.getByRole('button', { name: /apply the order/ }).click();
    await eventually('the new order', async () => (await tenantAt(0)) === before[1]);
  });

  it('keeps views under a name', async () => {
    await open('?state=held');
    const held = await total();
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.keyboard.type('On hold');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Delete view' }).waitFor();
    await open();
    await page.getByRole('combobox', { name: 'View' }).selectOption('On hold');
    await eventually('the view', async () => (await total()) === held);
    assert.match(page.url(), /state=held/);
    await page.getByRole('button', { name: 'Delete view' }).click();
    await page.getByRole('combobox', { name: 'View' }).waitFor({ state: 'detached' });
  });

  it('exports the rows of the view', async () => {
    await open('?state=held');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^tenants-.*\.csv$/);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    assert.equal(lines.length, (await total()) + 1);
    assert.match(lines[0], /tenant/);
    assert.match(lines[1], /held/);
  });

  it('shows tenants and versions, ring by ring', async () => {
    await open();
    await page.getByRole('button', { name: 'Matrix' }).click();
    const ring = page.getByTestId('matrix-ring 0');
    await ring.waitFor();
    assert.equal(await ring.getAttribute('aria-expanded'), 'false');
    await ring.focus();
    await page.keyboard.press('ArrowRight');
    const level = page.locator('[role="row"][aria-level="2"]');
    await level.first().waitFor();
    assert.ok((await level.count()) < 60);
    assert.match(await level.first().innerText(), /behind|newest/i);
    await screenshot(page, 'fleet-matrix');
    await page.keyboard.press('ArrowLeft');
    await level.first().waitFor({ state: 'detached' });
  });

  it('compares two releases of a tenant of the portal: its file, and what Helm makes of it', async () => {
    const own = await openAs(browser, portal.url, {
      path: '/catalog/default/resource/tenant-a/releases',
    });
    const diff = own.page.getByRole('button', { name: /^diff: compare/ });
    await diff.first().click();
    const key = own.page.getByTestId('diff-key').filter({ hasText: 'image.tag' });
    await key.waitFor();
    const deployment = own.page.getByTestId('diff-object').filter({ hasText: 'Deployment' });
    await deployment.locator('ins', { hasText: 'image:' }).waitFor({ timeout: 30_000 });
    const [from, to] = await key
      .locator('td')
      .allInnerTexts()
      .then(cells => cells.slice(-2));
    assert.match(await deployment.locator('del', { hasText: 'image:' }).innerText(), RegExp(from));
    assert.match(await deployment.locator('ins', { hasText: 'image:' }).innerText(), RegExp(to));
    assert.match(own.page.url(), /compare=[0-9a-f]{40}\.\.[0-9a-f]{40}/);
    await own.page.getByRole('button', { name: 'Show all' }).click();
    const resources = own.page.getByTestId('resource-row');
    await resources.filter({ hasText: 'Pod' }).first().waitFor();
    assert.match(await resources.first().innerText(), /Deployment/);
    assert.deepEqual(own.problems, []);
    await own.page.context().close();
  });

  it('has no error in the page', () => {
    assert.deepEqual(problems, []);
  });
});
