import type { Page } from 'playwright-core';
import { row } from './page.ts';
import type { Sample } from './report.ts';
import { startCpuClock } from './trace.ts';

/** What people do on the Tenants page. */
const steps: Array<[name: string, act: (page: Page) => Promise<unknown>]> = [
  ['filter by state', page => page.getByRole('button', { name: /^Progressing/ }).click()],
  ['drop the filter', page => page.getByRole('button', { name: /^All/ }).click()],
  ['sort by time', page => sortBy(page, 'Since')],
  ['sort by name', page => sortBy(page, 'Tenant')],
  ['go to the search', page => page.keyboard.press('/')],
  ['search for a letter', page => page.keyboard.type('a')],
  ['search for a word', page => page.keyboard.type('cme')],
  ['end the search', page => page.getByRole('searchbox').fill('')],
  ['go to the rows', page => page.locator(row).first().focus()],
  ['row down', page => page.keyboard.press('ArrowDown')],
  ['page down', page => page.keyboard.press('PageDown')],
  ['last row', page => page.keyboard.press('End')],
  ['first row', page => page.keyboard.press('Home')],
  ['matrix', page => page.getByRole('button', { name: 'Matrix' }).click()],
  ['open a ring', page => page.getByTestId('matrix-ring 3').getByRole('button').click()],
  ['close a ring', page => page.getByTestId('matrix-ring 3').getByRole('button').click()],
  ['table', page => page.getByRole('button', { name: 'Table' }).click()],
];

const sortBy = (page: Page, name: string) =>
  page.getByRole('columnheader', { name }).getByRole('button').click();

/** Milliseconds after a step that count as its own. */
const settleMs = 300;

type Interacted = Pick<Sample, 'interaction' | 'interactionCpu' | 'slowest'>;

/** Does what people do, step by step, and gives the slowest. */
export async function interact(page: Page): Promise<Interacted> {
  await page.evaluate(() => {
    window.scrollTo(0, 0);
    window.probe.events.length = 0;
  });
  const cpu = await startCpuClock(page);
  let worst = { name: '', cpu: 0 };
  for (const [name, act] of steps) {
    await page.waitForTimeout(settleMs);
    const before = await cpu.read();
    await act(page);
    await page.waitForTimeout(settleMs);
    const took = (await cpu.read()) - before;
    if (took > worst.cpu) worst = { name, cpu: took };
  }
  await cpu.stop();
  const interaction = await page.evaluate(() =>
    Math.max(0, ...window.probe.events.map(({ duration }) => duration)),
  );
  return { interaction, interactionCpu: worst.cpu, slowest: worst.name };
}
