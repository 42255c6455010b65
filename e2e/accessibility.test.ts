import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { audit } from './accessibility/audit.ts';
import {
  isKnown,
  readKnownViolations,
  type KnownViolation,
} from './accessibility/knownViolations.ts';
import { examinedPages, type ExaminedPage } from './accessibility/pages.ts';
import { formatTable, type Count } from './accessibility/table.ts';
import { Api } from './support/api.ts';
import { openAs, openBrowser, openSignedOut, screenshot, type Person } from './support/browser.ts';
import { startPortal, type Portal } from './support/portal.ts';

/** axe finds nothing on any page, in either theme, wide and narrow, but what docs/accessibility.md lists. */
describe('accessibility', () => {
  let portal: Portal;
  let browser: Browser;
  let known: KnownViolation[];
  const counts: Count[] = [];
  const seen = new Set<KnownViolation>();

  before(async () => {
    portal = await startPortal({ portBase: 17_800 });
    browser = await openBrowser();
    known = await readKnownViolations();
    const api = await Api.signIn(portal);
    // Something to leave out: a file that no tenant can be named after.
    const { status } = await api.forge(
      '/repos/acme/platform/contents/gitops/tenants/README-values.yaml',
      { method: 'PUT', body: { message: 'docs: add notes', content: 'bm90ZXM6IG5vbmUK' } },
    );
    assert.equal(status, 201);
  });

  after(async () => {
    for (const line of formatTable(counts)) console.log(`# ${line}`);
    await browser?.close();
    await portal?.stop();
  });

  /** Goes to the page, and examines it as soon as it shows what it is about. */
  async function examine(page: Page, { name, path, ready }: ExaminedPage): Promise<string[]> {
    await page.goto(portal.url + path);
    await ready(page);
    // What fades in has its colours only when it is there.
    await page.waitForTimeout(500);
    const { width = 0 } = page.viewportSize() ?? {};
    const isDark = await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches');
    const theme = isDark ? 'dark' : 'light';
    const violations = await audit(page);
    const unknown = violations.filter(violation => {
      const match = known.find(listed => isKnown(violation, listed));
      if (match) seen.add(match);
      return !match;
    });
    counts.push({
      page: name,
      theme,
      width,
      ours: unknown.length,
      known: violations.length - unknown.length,
    });
    const scrolls = Number(await page.evaluate('document.documentElement.scrollWidth'));
    const findings = [
      ...unknown.map(({ rule, html, summary }) => `${name}: ${rule}: ${html} ${summary}`),
      ...(scrolls > width ? [`${name}: ${scrolls} px wide`] : []),
    ];
    if (findings.length > 0) await screenshot(page, `accessibility/${name}-${theme}-${width}`);
    return findings;
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 400]) {
      it(`no page breaks a rule in ${colorScheme}, ${width} px wide`, async () => {
        const pages = new Map<Person | undefined, Page>();
        const findings: string[] = [];
        for (const examined of examinedPages) {
          const { person } = examined;
          let page = pages.get(person);
          if (!page) {
            const options = { colorScheme, width };
            page = person
              ? (await openAs(browser, portal.url, { ...options, person })).page
              : await openSignedOut(browser, options);
            pages.set(person, page);
          }
          findings.push(...(await examine(page, examined)));
        }
        for (const page of pages.values()) await page.context().close();
        assert.deepEqual(findings, []);
      });
    }
  }

  it('docs/accessibility.md lists nothing that is mended', () => {
    assert.deepEqual(
      known.filter(listed => !seen.has(listed)),
      [],
    );
  });

  it('the keyboard reaches search, keys and the content, and comes back', async () => {
    const { page } = await openAs(browser, portal.url, { person: 'ada', path: '/tenants' });
    await page.getByTestId('tenant-row-tenant-a').waitFor();
    const focused = () =>
      page.evaluate('document.activeElement.id || document.activeElement.textContent');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'main');
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard' });
    await keys.waitFor();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    assert.equal(await focused(), 'main');
    await page.keyboard.press('Control+k');
    const search = page.getByRole('dialog', { name: 'Search' });
    await search.getByRole('textbox').fill('Acme Corp');
    await search.getByRole('link', { name: 'Acme Corp' }).click();
    await page.waitForURL(/\/catalog\/default\/resource\/tenant-a\/releases/);
    await page.waitForFunction('document.title === "tenant-a: in sync · Tenant Portal"');
    await page.getByRole('heading', { level: 1, name: 'Acme Corp' }).waitFor({ state: 'attached' });
    // What a hint says reaches the keyboard too.
    await page.locator('main span[tabindex="0"]', { hasText: 'updated' }).focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await page
      .getByRole('tooltip')
      .getByText(/changes are/)
      .waitFor();
    await page.context().close();
  });
});
