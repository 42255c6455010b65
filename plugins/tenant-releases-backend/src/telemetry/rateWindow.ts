import type { TelemetryServer } from '../config/telemetryConfig';

/** A rate needs two scrapes in its window; with four, it survives one that is late and one that is lost. */
const scrapesInWindow = 4;
/** Prometheus' own default of `scrape_interval`. */
const defaultScrapeSeconds = 60;

/** Seconds between two scrapes of a server's targets. */
export function scrapeSecondsOf({
  scrapeSeconds = defaultScrapeSeconds,
}: Pick<TelemetryServer, 'scrapeSeconds'>): number {
  return scrapeSeconds;
}

/** Seconds that rates of a server are taken over, at least. */
export function rateWindowSeconds(server: Pick<TelemetryServer, 'scrapeSeconds'>): number {
  return Math.ceil(scrapesInWindow * scrapeSecondsOf(server));
}
