import { z } from 'zod';
import { HttpClient } from '../upstream/HttpClient';

/** A time series: `[unix seconds, value]`, oldest first. */
export interface PrometheusSeries {
  labels: Record<string, string>;
  points: Array<[number, number]>;
}

/** Milliseconds: the portal answers within two seconds. */
const timeoutMs = 1_800;
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

  constructor({ url, headers }: { url: string; headers: Record<string, string> }) {
    this.#http = new HttpClient({ baseUrl: url, headers });
  }

  async probe(): Promise<void> {
    const schema = z.object({ status: z.literal('success') });
    await this.#http.getJson('/api/v1/status/buildinfo', schema);
  }

  /** @param query - PromQL that has passed the guard; `range` in seconds */
  async queryRange(
    query: string,
    range: { start: number; end: number; step: number },
  ): Promise<PrometheusSeries[]> {
    const { data } = await this.#http.getJson('/api/v1/query_range', matrixSchema, {
      query: { query, ...range, timeout: `${timeoutMs}ms` },
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
