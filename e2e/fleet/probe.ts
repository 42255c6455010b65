import type { Page } from 'playwright-core';
import { interact } from './interactions.ts';
import { row } from './page.ts';
import type { Sample } from './report.ts';
import type { StandIn } from './standIn.ts';
import { startTrace } from './trace.ts';

declare global {
  interface Window {
    probe: {
      paint: number;
      events: Array<{ name: string; duration: number }>;
      tasks: Array<{ start: number; duration: number }>;
    };
  }
}

/** Has every page write down what the browser says of paints, long tasks and interactions. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probe: Window['probe'] = { paint: 0, events: [], tasks: [] };
    window.probe = probe;
    const observe = (type: string, take: (entry: PerformanceEntry) => void, more = {}) =>
      new PerformanceObserver(list => list.getEntries().forEach(take)).observe({
        type,
        buffered: true,
        ...more,
      });
    observe('largest-contentful-paint', ({ startTime }) => (probe.paint = startTime));
    observe('longtask', ({ startTime, duration }) =>
      probe.tasks.push({ start: startTime, duration }),
    );
    observe('event', ({ name, duration }) => probe.events.push({ name, duration }), {
      durationThreshold: 16,
    });
  });
}

/** Milliseconds since the navigation when a condition first holds, looked at in each frame. */
function whenIn(page: Page, condition: string): Promise<number> {
  return page.evaluate(
    text =>
      new Promise<number>((resolve, reject) => {
        // eslint-disable-next-line no-new-func -- the condition is a constant of this file
        const holds = new Function(`return ${text}`) as () => boolean;
        const look = () => {
          if (holds()) resolve(performance.now());
          else if (performance.now() > 60_000) reject(new Error(`never: ${text}`));
          else requestAnimationFrame(look);
        };
        look();
      }),
    condition,
  );
}

type Scrolled = Pick<Sample, 'longestTask' | 'longTasks' | 'longestTaskCpu'>;

async function scroll(page: Page): Promise<Scrolled> {
  await page.mouse.move(700, 600);
  const stopTrace = await startTrace(page);
  const from = await page.evaluate(() => performance.now());
  for (let step = 0; step < 120; step++) {
    await page.mouse.wheel(0, step % 40 < 30 ? 500 : -900);
    await page.waitForTimeout(16);
  }
  await page.waitForTimeout(300);
  const tasks = await page.evaluate(
    start => window.probe.tasks.filter(task => task.start >= start).map(task => task.duration),
    from,
  );
  return {
    longestTask: Math.max(0, ...tasks),
    longTasks: tasks.filter(task => task > 50).length,
    longestTaskCpu: await stopTrace(),
  };
}

async function change(page: Page, standIn: StandIn): Promise<number> {
  const first = page.locator(row).first();
  const tenant = (await first.getAttribute('data-testid'))!.replace('tenant-row-', '');
  const seen = whenIn(
    page,
    `document.querySelector('[data-testid="tenant-row-${tenant}"]')?.innerText.includes('Drifted')`,
  );
  const began = await page.evaluate(() => performance.now());
  standIn.change(tenant, { state: 'drifted' });
  const took = (await seen) - began;
  standIn.change(tenant, { state: 'in-sync' });
  return took;
}

/** Milliseconds from the navigation to the first row, and to when all are there. */
export async function measureRows(page: Page): Promise<Pick<Sample, 'firstRows' | 'allRows'>> {
  const firstRows = await whenIn(page, `document.querySelector('${row}') !== null`);
  const allRows = await whenIn(
    page,
    `[...document.querySelectorAll('button')].some(button => /export csv/i.test(button.textContent) && !button.disabled)`,
  );
  return { firstRows, allRows };
}

/**
 * Visits the page once and measures it.
 *
 * @throws when something that is looked for does not come, or the page has an error
 */
export async function measure(page: Page, url: string, standIn: StandIn): Promise<Sample> {
  await page.goto(url);
  const { firstRows, allRows } = await measureRows(page);
  const largestPaint = await page.evaluate(() => window.probe.paint);
  await page.waitForTimeout(500);
  const scrolled = await scroll(page);
  const interacted = await interact(page);
  return {
    largestPaint,
    firstRows,
    allRows,
    ...interacted,
    ...scrolled,
    change: await change(page, standIn),
  };
}
