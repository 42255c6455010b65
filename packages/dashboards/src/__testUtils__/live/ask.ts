/** Over how long before now queries are asked, and in which steps. Seconds. */
const rangeSeconds = 600;
const stepSeconds = 15;
const timeoutMs = 10_000;

/** Where the telemetry of a running platform is. Base URLs. */
export interface Upstreams {
  prometheusUrl: string;
  lokiUrl: string;
}

async function getJson(url: URL, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text.trim().slice(0, 300)}`);
  return JSON.parse(text);
}

function resultsIn(body: unknown): number {
  return (body as { data: { result: unknown[] } }).data.result.length;
}

function overTheLastMinutes(base: string, path: string, query: string): URL {
  const url = new URL(path, base);
  const end = Math.floor(Date.now() / 1000);
  const values = { query, start: end - rangeSeconds, end, step: stepSeconds };
  Object.entries(values).forEach(([name, value]) => url.searchParams.set(name, String(value)));
  return url;
}

/**
 * Number of series that a query has had within the last ten minutes.
 *
 * @throws Error when Prometheus refuses it
 */
export async function seriesInPrometheus(
  { prometheusUrl }: Upstreams,
  query: string,
): Promise<number> {
  return resultsIn(await getJson(overTheLastMinutes(prometheusUrl, '/api/v1/query_range', query)));
}

/**
 * Number of streams or series that a query has within the last ten minutes, as the tenant.
 *
 * @throws Error when Loki refuses it
 */
export async function streamsInLoki(
  { lokiUrl }: Upstreams,
  query: string,
  tenant: string,
): Promise<number> {
  const url = overTheLastMinutes(lokiUrl, '/loki/api/v1/query_range', query);
  return resultsIn(await getJson(url, { 'X-Scope-OrgID': tenant }));
}
