import type { IncomingMessage, ServerResponse } from 'node:http';
import { FakeServer, sendJson } from '@internal/gitops/testUtils';

/** What stands before a server, a gateway or a tenancy proxy, says to a request; undefined lets it pass. */
export type Gate = (
  url: URL,
  headers: IncomingMessage['headers'],
) => { status: number; text: string } | undefined;

function isRefused(
  gate: Gate | undefined,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const refusal = gate?.(url, request.headers);
  if (!refusal) return false;
  response.writeHead(refusal.status, { 'content-type': 'text/plain' }).end(refusal.text);
  return true;
}

/** A Prometheus that answers every range query with one series. */
export class FakePrometheus extends FakeServer {
  readonly queries: URLSearchParams[] = [];
  readonly orgIds: Array<string | undefined> = [];
  gate: Gate | undefined;
  /** Whether it has series of what a query reads. */
  has: (query: string) => boolean = () => true;
  /** Answers to what is asked of all tenants: values of an instant query, and groups of rules. */
  samples: Array<{ metric: Record<string, string>; value: [number, string] }> = [];
  /** Values of an instant query that `samples` do not answer; undefined where they do. */
  answer: (query: string) => typeof this.samples | undefined = () => undefined;
  rules: unknown = { groups: [] };
  /** As many as there are steps in the range, three at most. */
  values: [string, string, string] = ['1.5', 'NaN', '2'];

  constructor() {
    super((url, request, response) => {
      if (isRefused(this.gate, url, request, response)) return true;
      if (url.pathname === '/api/v1/status/buildinfo') {
        return sendJson(response, 200, { status: 'success', data: { version: '2.42.0' } });
      }
      if (url.pathname === '/api/v1/query') {
        const result = this.answer(url.searchParams.get('query') ?? '') ?? this.samples;
        const data = { resultType: 'vector', result };
        return sendJson(response, 200, { status: 'success', data });
      }
      if (url.pathname === '/api/v1/rules') {
        return sendJson(response, 200, { status: 'success', data: this.rules });
      }
      if (url.pathname !== '/api/v1/query_range') return false;
      this.queries.push(url.searchParams);
      this.orgIds.push(request.headers['x-scope-orgid'] as string | undefined);
      const start = Number(url.searchParams.get('start'));
      const step = Number(url.searchParams.get('step'));
      const end = Number(url.searchParams.get('end'));
      const values = this.values
        .map((value, index): [number, string] => [start + index * step, value])
        .filter(([time]) => time <= end);
      const result = this.has(String(url.searchParams.get('query')))
        ? [{ metric: {}, values }]
        : [];
      return sendJson(response, 200, { status: 'success', data: { resultType: 'matrix', result } });
    });
  }
}

/** A Loki that answers every range query with its newest lines in the range, whatever the query. */
export class FakeLoki extends FakeServer {
  readonly queries: Array<{ orgId: string | undefined; query: URLSearchParams }> = [];
  gate: Gate | undefined;
  /** Lines that it gives at once. */
  mostLines = 5_000;
  /** Whether lines outside the range that is asked for are left out. */
  obeysRange = false;
  lines: Array<[string, string]> = [
    ['1767312000000000001', '{"level":"error","message":"boom","requestId":"r1","status":500}'],
    ['1767312000000000003', 'plain text'],
    ['1767312000000000002', '{"level":"info","message":"GET /work 200"}'],
  ];
  /** Labels of the one stream, besides its namespace. */
  labels: Record<string, string> = { pod: 'p-1', version: 'sha-1' };

  constructor() {
    super((url, request, response) => {
      if (isRefused(this.gate, url, request, response)) return true;
      if (url.pathname === '/loki/api/v1/status/buildinfo') {
        return sendJson(response, 200, { version: '3.7.6' });
      }
      if (url.pathname !== '/loki/api/v1/query_range') return false;
      const orgId = request.headers['x-scope-orgid'];
      if (orgId === undefined) {
        response.writeHead(401, { 'content-type': 'text/plain' }).end('no org id\n');
        return true;
      }
      this.queries.push({ orgId: String(orgId), query: url.searchParams });
      const limit = Number(url.searchParams.get('limit'));
      if (limit > this.mostLines) {
        const text = `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${this.mostLines})`;
        response.writeHead(400, { 'content-type': 'text/plain' }).end(text);
        return true;
      }
      const stream = { namespace: String(orgId), ...this.labels };
      const values = this.#inRange(url.searchParams).slice(0, limit);
      const result = values.length > 0 ? [{ stream, values }] : [];
      return sendJson(response, 200, {
        status: 'success',
        data: { resultType: 'streams', result },
      });
    });
  }

  #inRange(query: URLSearchParams): Array<[string, string]> {
    if (!this.obeysRange) return this.lines;
    const [start, end] = ['start', 'end'].map(name => String(query.get(name)));
    const order = query.get('direction') === 'forward' ? 1 : -1;
    const compare = (a: string, b: string) =>
      a.length - b.length || Number(a > b) || -Number(a < b);
    return this.lines
      .filter(([time]) => compare(time, start) >= 0 && compare(time, end) < 0)
      .sort(([a], [b]) => order * compare(a, b));
  }
}
