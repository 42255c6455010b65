import type { Page, Response } from 'playwright-core';
import { gzipSync } from 'node:zlib';

/** Code that a page brings along. kB (1,000 bytes), compressed. */
export interface ChunkSize {
  own: number;
  /** Of the chart library, which is loaded with the first chart only. */
  charts: number;
}

/** Nothing more comes after so many milliseconds of silence. */
const silenceMs = 1_500;

/**
 * Opens a page from within the app, so that what the app has anyway is there already, and weighs what comes on top.
 *
 * @param from - a page that has nothing of the plugin
 * @param open - leads to the page of the plugin
 * @throws when no code comes: then the page before had it already
 */
export async function weighChunks(
  page: Page,
  from: string,
  open: (page: Page) => Promise<unknown>,
): Promise<ChunkSize> {
  await page.goto(from, { waitUntil: 'networkidle' });
  const responses: Response[] = [];
  let last = Date.now();
  const keep = (response: Response) => {
    if (!/\.js(\?|$)/.test(response.url())) return;
    responses.push(response);
    last = Date.now();
  };
  page.on('response', keep);
  await open(page);
  while (Date.now() - last < silenceMs) await page.waitForTimeout(100);
  page.off('response', keep);
  if (responses.length === 0) throw new Error(`${page.url()} brought no code`);
  const size: ChunkSize = { own: 0, charts: 0 };
  for (const response of responses) {
    const body = await response.body();
    // A class that only uPlot has.
    const kind = body.includes('u-over') ? 'charts' : 'own';
    size[kind] += gzipSync(body, { level: 9 }).length / 1_000;
  }
  return size;
}
