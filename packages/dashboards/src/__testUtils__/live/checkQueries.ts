import { selectorsOf } from '../parse';
import { filledIn, type PlatformQuery } from '../queries';
import { seriesInPrometheus, streamsInLoki, type Upstreams } from './ask';

/**
 * What a query said: `data`; `quiet`, when everything that it reads is there and nothing matches, as it should be for an alert;
 * `missing`, when it reads something that nobody measures; `refused`, when it is wrong.
 */
export interface Outcome {
  query: PlatformQuery;
  state: 'data' | 'quiet' | 'missing' | 'refused';
  /** Metrics that are missing, or what the server said. */
  detail?: string;
}

/** Asks a running platform every query, as for one service of one tenant. */
export async function checkQueries(
  queries: PlatformQuery[],
  upstreams: Upstreams,
  { tenant, service }: { tenant: string; service: string },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  // One after the other: it is no test of load.
  for (const query of queries) {
    const text = filledIn(query.text, { tenant, service });
    outcomes.push({ query, ...(await stateOf({ ...query, text }, upstreams, tenant)) });
  }
  return outcomes;
}

async function stateOf(
  { language, text }: PlatformQuery,
  upstreams: Upstreams,
  tenant: string,
): Promise<Pick<Outcome, 'state' | 'detail'>> {
  try {
    if (language === 'logql') {
      return { state: (await streamsInLoki(upstreams, text, tenant)) > 0 ? 'data' : 'missing' };
    }
    if ((await seriesInPrometheus(upstreams, text)) > 0) return { state: 'data' };
    const metrics = [...new Set(selectorsOf(text, language).map(({ metric }) => metric))];
    const missing: string[] = [];
    for (const metric of metrics) {
      if ((await seriesInPrometheus(upstreams, metric)) === 0) missing.push(metric);
    }
    return missing.length > 0
      ? { state: 'missing', detail: missing.join(', ') }
      : { state: 'quiet' };
  } catch (error) {
    return { state: 'refused', detail: error instanceof Error ? error.message : String(error) };
  }
}
