import { z } from 'zod';
import type { TelemetryServer } from '../config/telemetryConfig';
import { HttpClient } from '../upstream/HttpClient';
import { ownRequest, type RequestTarget } from './ownRequest';

/** A time series: `[unix seconds, value]`, oldest first. */
export interface PrometheusSeries {
  labels: Record<string, string>;
  points: Array<[number, number]>;
}

/** Milliseconds: the portal answers within two seconds. */
const defaultTimeoutMs = 1_800;
const maxAnswerBytes = 8 * 1024 * 1024;

/** https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries */
const matrixSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z
      .array(
        z.object({
          metric: z.record(z.string(), z.string()),
          values: z.array(z.tuple([z.number(), z.string()])),
        }),
      )
      .max(200),
  }),
});

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
  ): Promise<PrometheusSeries[]> {
    const own = ownRequest(this.#server, target);
    const { start, end, step } = range;
    const { data } = await this.#http.getJson('/api/v1/query_range', matrixSchema, {
      query: { ...own.query, query, start, end, step, timeout: `${timeoutMs}ms` },
      headers: own.headers,
      timeoutMs,
      maxBytes: maxAnswerBytes,
    });
    return data.result.map(({ metric, values }) => ({
      labels: metric,
      // NaN and Inf stand for "no value", as in a division by zero.
      points: values.flatMap(
        ([time, value]): Array<[number, number]> =>
          Number.isFinite(Number(value)) ? [[time, Number(value)]] : [],
      ),
    }));
  }
}
