import { z } from 'zod';
import type { TelemetryServer } from '../config/telemetryConfig';
import { HttpClient, itemsOf, readItems } from '@internal/gitops';
import { ownRequest, type RequestTarget } from './ownRequest';

/** A time series: `[unix seconds, value]`, oldest first. */
export interface PrometheusSeries {
  labels: Record<string, string>;
  points: Array<[number, number]>;
}

/** What Prometheus answered. */
export interface PrometheusAnswer {
  series: PrometheusSeries[];
  /** Series that cannot be read, or are more than the portal takes. */
  leftOut: number;
  /** Not all stores behind it answered. */
  isPartial: boolean;
}

/** Milliseconds: the portal answers within two seconds. */
const defaultTimeoutMs = 1_800;
/** Nobody waits for what is asked of all tenants. */
const fleetTimeoutMs = 10_000;
const maxFleetBytes = 64 * 1024 * 1024;
const maxAnswerBytes = 8 * 1024 * 1024;

/** Far more than a panel can show. */
const maxSeries = 200;

/** Text of a number, as Go writes it. */
const sample = z.string().regex(/^(?:NaN|[+-]?(?:Inf|\d+(?:\.\d+)?(?:e[+-]?\d+)?))$/i);

/**
 * https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries; the items alone decide whether they can be
 * read, so that an odd one costs nothing but itself.
 */
const matrixSchema = z.object({
  status: z.literal('success'),
  /** Of VictoriaMetrics: https://docs.victoriametrics.com/victoriametrics/cluster-victoriametrics/#cluster-availability */
  isPartial: z.unknown().optional(),
  /** Thanos' Querier, and a Prometheus with remote reads, name here the stores that failed. */
  warnings: z.unknown().optional(),
  data: z.object({
    // An empty list of Go may be null.
    result: readItems(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), sample])),
        histograms: z.array(z.unknown()).optional(),
      }),
    )
      .nullable()
      .transform(found => found ?? { items: [], unreadable: 0 }),
  }),
});

/** What PromQL itself remarks on a query concerns no store: prometheus/util/annotations. */
const ownWarning = /^PromQL (warning|info)\b/;

function hasPartialWarning(warnings: unknown): boolean {
  return Array.isArray(warnings) && warnings.some(one => !ownWarning.test(String(one)));
}
/** https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
const vectorSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    result: readItems(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), sample]),
      }),
    ),
  }),
});

/** https://prometheus.io/docs/prometheus/latest/querying/api/#rules; Thanos, Mimir and VictoriaMetrics answer it too. */
const alertSchema = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()).catch({}),
  state: z.string(),
  activeAt: z.string().optional().catch(undefined),
});
const rulesSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    groups: itemsOf(
      z.object({ rules: itemsOf(z.object({ alerts: itemsOf(alertSchema).catch([]) })) }),
    ),
  }),
});

/** An alert as Prometheus has it. */
export type PrometheusAlert = z.infer<typeof alertSchema>;

/** Reads from one Prometheus. */
export class PrometheusClient {
  readonly #http: HttpClient;
  readonly #server: Pick<TelemetryServer, 'orgId' | 'query'>;

  constructor(server: Pick<TelemetryServer, 'url' | 'headers' | 'orgId' | 'query'>) {
    this.#http = new HttpClient({ baseUrl: server.url, headers: server.headers });
    this.#server = server;
  }

  /** Asks for a sign of life that needs no tenant. A proxy may refuse it and answer queries all the same. */
  async probe(): Promise<void> {
    await this.#http.getJson('/api/v1/status/buildinfo', z.looseObject({}));
  }

  /**
   * @param target - whose series; the query has passed the guard for the same tenant
   * @param query - PromQL
   * @param range - in seconds
   */
  async queryRange(
    target: RequestTarget,
    query: string,
    range: { start: number; end: number; step: number },
    timeoutMs = defaultTimeoutMs,
  ): Promise<PrometheusAnswer> {
    const own = ownRequest(this.#server, target);
    const { start, end, step } = range;
    const { data, isPartial, warnings } = await this.#http.getJson(
      '/api/v1/query_range',
      matrixSchema,
      {
        query: { ...own.query, query, start, end, step, timeout: `${timeoutMs}ms` },
        headers: own.headers,
        timeoutMs,
        maxBytes: maxAnswerBytes,
      },
    );
    const { items, unreadable } = data.result;
    const series = items.slice(0, maxSeries).map(({ metric, values }) => ({
      labels: metric,
      // NaN and Inf stand for "no value", as in a division by zero.
      points: values.flatMap(
        ([time, value]): Array<[number, number]> =>
          Number.isFinite(Number(value)) ? [[time, Number(value)]] : [],
      ),
    }));
    // Of a series that is partly a histogram only the numbers can be drawn.
    const cut = items.slice(0, maxSeries).filter(({ histograms = [] }) => histograms.length > 0);
    return {
      series,
      leftOut: unreadable + items.length - series.length + cut.length,
      isPartial: isPartial === true || hasPartialWarning(warnings),
    };
  }

  /**
   * Asks for all tenants at once: the server must not tell them apart by itself.
   *
   * @param query - PromQL
   * @param time - unix seconds
   */
  async queryFleet(
    query: string,
    time: number,
  ): Promise<Array<{ labels: Record<string, string>; value: number }>> {
    const { data } = await this.#http.getJson('/api/v1/query', vectorSchema, {
      query: { ...this.#server.query, query, time, timeout: `${fleetTimeoutMs}ms` },
      ...this.#ofFleet(),
    });
    return data.result.items.map(({ metric, value }) => ({
      labels: metric,
      value: Number(value[1]),
    }));
  }

  /** As {@link queryFleet}, over a range in seconds. */
  async queryFleetRange(
    query: string,
    range: { start: number; end: number; step: number },
  ): Promise<PrometheusSeries[]> {
    const { data } = await this.#http.getJson('/api/v1/query_range', matrixSchema, {
      query: { ...this.#server.query, query, ...range, timeout: `${fleetTimeoutMs}ms` },
      ...this.#ofFleet(),
    });
    return data.result.items.map(({ metric, values }) => ({
      labels: metric,
      points: values.map(([time, value]): [number, number] => [time, Number(value)]),
    }));
  }

  /** The alerts that fire, of all tenants and of the platform. */
  async firingAlerts(): Promise<PrometheusAlert[]> {
    const { data } = await this.#http.getJson('/api/v1/rules', rulesSchema, {
      query: { ...this.#server.query, type: 'alert' },
      ...this.#ofFleet(),
    });
    return data.groups
      .flatMap(({ rules }) => rules.flatMap(({ alerts }) => alerts))
      .filter(({ state }) => state === 'firing');
  }

  #ofFleet() {
    const { orgId } = this.#server;
    const headers: Record<string, string> = orgId === undefined ? {} : { 'x-scope-orgid': orgId };
    return { headers, timeoutMs: fleetTimeoutMs, maxBytes: maxFleetBytes };
  }
}
