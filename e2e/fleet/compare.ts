/**
 * Time from the navigation to the first row and to all rows of the Tenants page, of two portals by turns; see README.md.
 *
 *     node e2e/fleet/compare.ts <portal> <portal> [tenants] [visits]
 */
import { loadavg } from 'node:os';
import { openBrowser, signIn } from '../support/browser.ts';
import { useStandIn } from './page.ts';
import { installProbe, measureRows } from './probe.ts';
import { lineOf } from './report.ts';
import { startStandIn } from './standIn.ts';

const [first, second, tenants = '1000', visits = '11'] = process.argv.slice(2);
if (!second) throw new Error('Which two portals? node e2e/fleet/compare.ts <portal> <portal>');

interface Rows {
  firstRows: number;
  allRows: number;
  cpu: number;
}
const browser = await openBrowser();
const standIn = await startStandIn(Number(tenants));
try {
  const portals = [];
  for (const url of [first, second]) {
    const { page } = await signIn(browser, url);
    await installProbe(page);
    await useStandIn(page, standIn.url);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const cpu = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1_000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
    };
    portals.push({ url, page, cpu, rows: [] as Rows[] });
  }
  // One visit of each is not counted: it fills the caches of the browser.
  for (let visit = 0; visit <= Number(visits); visit++) {
    for (const { url, page, cpu, rows } of portals) {
      await page.bringToFront();
      await page.goto(`${url}/tenants`);
      const seen = { ...(await measureRows(page)), cpu: await cpu() };
      await page.waitForTimeout(300);
      await page.goto('about:blank');
      if (visit > 0) rows.push(seen);
    }
  }
  const load = loadavg().map(one => one.toFixed(1));
  console.log(
    `${tenants} tenants, ${visits} visits by turns: median, least to most; load ${load.join(' ')}`,
  );
  for (const { url, rows } of portals) {
    console.log(url);
    console.log(lineOf({ name: 'first rows', unit: 'ms', values: rows.map(one => one.firstRows) }));
    console.log(lineOf({ name: 'all rows', unit: 'ms', values: rows.map(one => one.allRows) }));
    console.log(lineOf({ name: 'processor time', unit: 'ms', values: rows.map(one => one.cpu) }));
  }
} finally {
  await standIn.stop();
  await browser.close();
}
