import { z } from 'zod';
import type { TelemetryServer } from '../config/telemetryConfig';
import { HttpClient, readItems } from '@internal/gitops';
import { ownRequest, type RequestTarget } from './ownRequest';

/** A line as Loki keeps it. */
export interface LokiLine {
  /** Nanoseconds since the epoch, as a decimal number. */
  time: string;
  text: string;
  labels: Record<string, string>;
}

/** What Loki answered. */
export interface LokiAnswer {
  lines: LokiLine[];
  /** Lines that cannot be read. */
  leftOut: number;
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
  // An empty list of Go may be null.
  data: z.object({
    result: z
      .array(z.unknown())
      .nullable()
      .transform(list => list ?? []),
  }),
});

/** A line may carry structured metadata, which is not read. */
const lineSchema = z.tuple([z.string().regex(/^\d{1,20}$/), z.string()], z.unknown());
const streamSchema = z.object({
  stream: z.record(z.string(), z.string()),
  values: readItems(lineSchema),
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
  ): Promise<LokiAnswer> {
    const own = ownRequest(this.#server, target);
    const { data } = await this.#http.getJson('/loki/api/v1/query_range', streamsSchema, {
      query: { ...own.query, query, start: `${start}`, end: `${end}`, limit, direction },
      headers: own.headers,
      timeoutMs,
      maxBytes: maxAnswerBytes,
    });
    const streams = data.result.map(linesOf);
    return {
      lines: streams.flatMap(({ lines }) => lines),
      leftOut: streams.reduce((sum, { leftOut }) => sum + leftOut, 0),
    };
  }
}

/** An odd line costs that line, an odd stream that stream. */
function linesOf(item: unknown): LokiAnswer {
  const parsed = streamSchema.safeParse(item);
  if (!parsed.success) return { lines: [], leftOut: countLines(item) };
  const { stream, values } = parsed.data;
  const lines = values.items.map(([time, text]) => ({ time, text, labels: stream }));
  return { lines, leftOut: values.unreadable };
}

/** How many lines a stream that cannot be read seems to have. */
function countLines(item: unknown): number {
  const { values } = (item ?? {}) as { values?: unknown };
  return Array.isArray(values) ? values.length : 1;
}
