/**
 * Takes README's picture anew, docs/images/release-tab.png: the Release tab of a canary after a bad release and its roll-back,
 * played in a portal of its own. Takes about six minutes: `npm run test:e2e -- --picture`.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Release } from '@internal/plugin-tenant-releases-common';
import { Api, until } from './support/api.ts';
import { openBrowser, signIn } from './support/browser.ts';
import { startPortal } from './support/portal.ts';

const file = path.resolve(import.meta.dirname, '../docs/images/release-tab.png');
const tenant = 'tenant-a';
const longest = 300 * 1024;

const portal = await startPortal({ portBase: 17_700 });
const browser = await openBrowser();
try {
  const api = await Api.signIn(portal);
  const read = async () =>
    (await api.call<Release>(`/api/tenant-releases/releases/${tenant}/demo-api`)).body;
  const runs = (version: string) =>
    until(`${tenant} runs ${version}`, 60_000, async () =>
      (await read()).running.every(running => running.version === version),
    );
  const numberIn = (printed: string) => Number(printed.match(/pull\/(\d+)/)![1]);

  const good = await until(
    'the first release',
    60_000,
    async () => (await read()).running[0]?.version,
  );
  await wait(120_000);
  const message = 'perf: keep orders in memory for a minute';
  const printed = await portal.sandbox('release', '--bad', '--ring', '0', '--message', message);
  const bad = printed.match(/sha-[0-9a-f]{7,40}/)![0];
  await api.merge(numberIn(printed));
  await runs(bad);
  await wait(75_000);

  const back = numberIn(await portal.sandbox('release', '--version', good, '--ring', '0'));
  const title = `Roll back ${tenant} and aurora to ${good}`;
  const body = `From \`${bad}\` back to \`${good}\`: a third of the requests failed.`;
  const pull = `/repos/acme/platform/pulls/${back}`;
  await api.forge(pull, { method: 'PATCH', body: { title, body }, person: 'otto' });
  await api.merge(back);
  await runs(good);
  await wait(90_000);

  const { page } = await signIn(browser, portal.url);
  await page.goto(`${portal.url}/catalog/default/resource/${tenant}/releases`);
  await page.getByTestId('log-line').first().waitFor({ timeout: 60_000 });
  await page.getByLabel('Time range').selectOption({ label: 'Last 15 min' });
  await wait(5_000);
  // All that stands above the lines of the log.
  const logs = await page.getByTestId('log-line').first().boundingBox();
  const height = Math.min(1400, Math.round(logs?.y ?? 1000));
  await page.setViewportSize({ width: 1440, height });
  await wait(2_000);
  await page.screenshot({ path: file });
} finally {
  await browser.close();
  await portal.stop();
}
const { size } = await stat(file);
console.log(`${path.relative(process.cwd(), file)}: ${Math.round(size / 1024)} KB`);
if (size > longest) throw new Error(`The picture has ${size} bytes; ${longest} is the most.`);
