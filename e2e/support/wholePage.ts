import type { Page, Request } from 'playwright-core';

const patienceMs = 30_000;
const silenceMs = 500;

/** Streams of events stay open as long as the page does. */
const isStream = (request: Request) =>
  request.resourceType() === 'eventsource' || new URL(request.url()).pathname.endsWith('/events');

/**
 * Goes to a page, and resolves when it has every answer that it asked for and has asked for nothing for half a second.
 * Playwright's `networkidle` waits for streams of events too, which never end.
 * @throws naming the requests that have no answer within 30 s
 */
export async function gotoWhole(page: Page, url: string): Promise<void> {
  const open = new Set<Request>();
  let last = Date.now();
  const begins = (request: Request) => {
    if (!isStream(request)) open.add(request);
    last = Date.now();
  };
  const ends = (request: Request) => {
    if (open.delete(request)) last = Date.now();
  };
  page.on('request', begins).on('requestfinished', ends).on('requestfailed', ends);
  try {
    await page.goto(url);
    const end = Date.now() + patienceMs;
    while (open.size > 0 || Date.now() - last < silenceMs) {
      if (Date.now() > end) {
        const left = [...open].map(request => request.url()).join(', ');
        throw new Error(
          `${url} is not whole after ${patienceMs / 1000} s: ${left || 'it goes on asking'}`,
        );
      }
      await page.waitForTimeout(50);
    }
  } finally {
    page.off('request', begins).off('requestfinished', ends).off('requestfailed', ends);
  }
}
