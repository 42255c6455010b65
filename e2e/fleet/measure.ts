/**
 * Measures the Tenants page in a browser, with 1,000 and 5,000 releases, and weighs the plugin's code; see README.md.
 *
 *     node e2e/fleet/measure.ts [portal] [visits]
 */
import type { Browser, Page } from 'playwright-core';
import { cpus, loadavg } from 'node:os';
import { openBrowser, signIn } from '../support/browser.ts';
import { weighChunks } from './chunk.ts';
import { useStandIn } from './page.ts';
import { installProbe, measure } from './probe.ts';
import { lineOf, median, missed, toMeasured, type Measured, type Sample } from './report.ts';
import { startStandIn } from './standIn.ts';

const [portal = 'http://localhost:7007', visits = '5'] = process.argv.slice(2);

const tenant = '/catalog/default/resource/tenant-a';
const service = '/catalog/default/component/demo-api';

/** Each page of the plugin: where to come from, and how to get there. */
const pages: Array<[name: string, from: string, open: (page: Page) => Promise<unknown>]> = [
  [
    'Tenants page',
    '/settings',
    async page => {
      await page.getByRole('link', { name: 'Tenants' }).first().click();
      await page
        .getByTestId(/^tenant-row-/)
        .first()
        .waitFor();
    },
  ],
  [
    'Release tab, comparing',
    `${tenant}/kubernetes`,
    async page => {
      await page.locator(`a[href="${tenant}/releases"]`).first().click();
      await page
        .getByRole('button', { name: /^diff: compare/ })
        .first()
        .click();
      await page.getByTestId('diff-key').first().waitFor();
    },
  ],
  [
    'service’s Tenants tab',
    `${service}/kubernetes`,
    async page => {
      await page.locator(`a[href="${service}/tenants"]`).first().click();
      await page
        .getByTestId(/^tenant-row-/)
        .first()
        .waitFor();
    },
  ],
];

function print(title: string, measured: readonly Measured[]): readonly Measured[] {
  console.log(`\n${title}`);
  for (const one of measured) console.log(lineOf(one));
  return measured;
}

async function weigh(browser: Browser): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const [name, from, open] of pages) {
    const { page } = await signIn(browser, portal);
    const { own } = await weighChunks(page, portal + from, open);
    measured.push({ name, unit: 'kB', values: [own], goal: 60 });
    await page.context().close();
  }
  return print('Code that a page brings on top of the app, gzipped, without uPlot', measured);
}

async function measureFleet(browser: Browser, count: number): Promise<readonly Measured[]> {
  const standIn = await startStandIn(count);
  try {
    const { page, problems } = await signIn(browser, portal);
    await installProbe(page);
    await useStandIn(page, standIn.url);
    const samples: Sample[] = [];
    for (let visit = 0; visit < Number(visits); visit++) {
      samples.push(await measure(page, `${portal}/tenants`, standIn));
    }
    await page.context().close();
    if (problems.length > 0) throw new Error(`The page has errors: ${problems.join('\n')}`);
    const slowest = samples.find(
      ({ interactionCpu }) => interactionCpu === median(samples.map(one => one.interactionCpu)),
    )?.slowest;
    const firstPage = { name: 'first page, compressed', unit: 'B', goal: 8_192 };
    return print(`${count} tenants, ${visits} visits: median, least to most`, [
      ...toMeasured(samples).map(one =>
        one.name === 'its processor time' ? { ...one, name: `${one.name} (${slowest})` } : one,
      ),
      { ...firstPage, values: [standIn.firstPageBytes()] },
    ]);
  } finally {
    await standIn.stop();
  }
}

async function checkPortal(): Promise<void> {
  const answer = await fetch(portal).catch(() => undefined);
  if (!answer?.ok) throw new Error(`No portal at ${portal}: npm start starts one.`);
}

await checkPortal();
const load = loadavg().map(one => one.toFixed(1));
console.log(`${cpus().length} × ${cpus()[0].model}, load ${load.join(' ')} before`);
const browser = await openBrowser();
try {
  const all = [
    ...(await weigh(browser)),
    ...(await measureFleet(browser, 1_000)),
    ...(await measureFleet(browser, 5_000)),
  ];
  const failed = missed(all);
  console.log(failed.length === 0 ? '\nEvery goal that does not depend on load is met.' : '');
  for (const { name } of failed) console.log(`Missed: ${name}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await browser.close();
}
