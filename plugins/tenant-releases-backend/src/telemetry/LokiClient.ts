import { z } from 'zod';
import type { TelemetryServer } from '../config/telemetryConfig';
import { HttpClient } from '../upstream/HttpClient';
import { ownRequest, type RequestTarget } from './ownRequest';

/** A line as Loki keeps it. */
export interface LokiLine {
  /** Nanoseconds since the epoch, as a decimal number. */
  time: string;
  text: string;
  labels: Record<string, string>;
}

/** What to read. */
export interface LokiQuery {
  query: string;
  /** Nanoseconds since the epoch; the first that counts. */
  start: bigint;
  /** Nanoseconds since the epoch; the first that does not count any more. */
  end: bigint;
  limit: number;
  direction: 'forward' | 'backward';
  /** Milliseconds; default 1,800, since the portal answers within two seconds. */
  timeoutMs?: number;
}

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
  readonly #server: Pick<TelemetryServer, 'orgId' | 'query'>;

  constructor(server: Pick<TelemetryServer, 'url' | 'headers' | 'orgId' | 'query'>) {
    this.#http = new HttpClient({ baseUrl: server.url, headers: server.headers });
    this.#server = server;
  }

  /** Asks for a sign of life that needs no tenant. A gateway may refuse it and answer queries all the same. */
  async probe(): Promise<void> {
    await this.#http.getJson('/loki/api/v1/status/buildinfo', z.looseObject({}));
  }

  /** @param target - whose lines; the query has passed the guard for the same tenant */
  async queryRange(
    target: RequestTarget,
    { query, start, end, limit, direction, timeoutMs = 1_800 }: LokiQuery,
  ): Promise<LokiLine[]> {
    const own = ownRequest(this.#server, target);
    const { data } = await this.#http.getJson('/loki/api/v1/query_range', streamsSchema, {
      query: { ...own.query, query, start: `${start}`, end: `${end}`, limit, direction },
      headers: own.headers,
      timeoutMs,
      maxBytes: maxAnswerBytes,
    });
    return data.result.flatMap(({ stream, values }): LokiLine[] =>
      values.map(([time, text]) => ({ time, text, labels: stream })),
    );
  }
}
