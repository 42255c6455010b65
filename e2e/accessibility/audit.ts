import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** One element that breaks one rule of axe. */
export interface Violation {
  /** axe's name of the rule: `color-contrast` */
  rule: string;
  /** CSS selector of the element. */
  target: string;
  /** The beginning of the element's HTML. */
  html: string;
  /** What axe says about it, in one line. */
  summary: string;
}

/** Has axe examine the page as it stands, by all the rules that are on by default: WCAG A and AA and best practices. */
export async function audit(page: Page): Promise<Violation[]> {
  await page.evaluate(`if (!window.axe) { ${axe.source} }`);
  const results = (await page.evaluate(
    `window.axe.run(document, { resultTypes: ['violations'] })`,
  )) as axe.AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary = '' }) => ({
      rule: id,
      target: target.flat().join(' '),
      html: html.slice(0, 300),
      summary: failureSummary.replace(/\s+/g, ' ').slice(0, 400),
    })),
  );
}
