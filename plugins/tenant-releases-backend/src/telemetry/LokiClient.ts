import { z } from 'zod';
import { HttpClient } from '../upstream/HttpClient';

/** A line as Loki keeps it. */
export interface LokiLine {
  /** Nanoseconds since the epoch, as a decimal number. */
  time: string;
  text: string;
  labels: Record<string, string>;
}

/** What to read. Times in seconds since the epoch. */
export interface LokiQuery {
  query: string;
  start: number;
  end: number;
  limit: number;
  direction: 'forward' | 'backward';
}

/** Milliseconds: the portal answers within two seconds. */
const timeoutMs = 1_800;
const maxAnswerBytes = 16 * 1024 * 1024;

/** https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-logs-within-a-range-of-time */
const streamsSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('streams'),
    result: z.array(
      z.object({
        stream: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.string().regex(/^\d{1,20}$/), z.string()], z.unknown())),
      }),
    ),
  }),
});

/** Reads from one Loki. */
export class LokiClient {
  readonly #http: HttpClient;
  readonly #orgId: string | undefined;

  constructor({
    url,
    headers,
    orgId,
  }: {
    url: string;
    headers: Record<string, string>;
    orgId?: string;
  }) {
    this.#http = new HttpClient({ baseUrl: url, headers });
    this.#orgId = orgId;
  }

  async probe(): Promise<void> {
    const schema = z.object({ status: z.literal('success') });
    await this.#http.getJson('/loki/api/v1/labels', schema, { headers: this.#tenant('portal') });
  }

  /** @param tenant - whose lines; the query has passed the guard for the same tenant */
  async queryRange(tenant: string, { query, start, end, limit, direction }: LokiQuery) {
    const { data } = await this.#http.getJson('/loki/api/v1/query_range', streamsSchema, {
      query: { query, start: `${start}000000000`, end: `${end}000000000`, limit, direction },
      headers: this.#tenant(tenant),
      timeoutMs,
      maxBytes: maxAnswerBytes,
    });
    return data.result.flatMap(({ stream, values }): LokiLine[] =>
      values.map(([time, text]) => ({ time, text, labels: stream })),
    );
  }

  #tenant(tenant: string): Record<string, string> {
    if (this.#orgId === undefined) return {};
    return { 'x-scope-orgid': this.#orgId.replaceAll('{tenant}', tenant) };
  }
}
