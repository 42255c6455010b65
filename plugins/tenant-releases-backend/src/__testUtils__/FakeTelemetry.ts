import { FakeServer, sendJson } from './FakeServer';

/** A Prometheus that answers every range query with one series. */
export class FakePrometheus extends FakeServer {
  readonly queries: URLSearchParams[] = [];

  constructor() {
    super((url, _, response) => {
      if (url.pathname === '/api/v1/status/buildinfo') {
        return sendJson(response, 200, { status: 'success', data: { version: '2.42.0' } });
      }
      if (url.pathname !== '/api/v1/query_range') return false;
      this.queries.push(url.searchParams);
      const start = Number(url.searchParams.get('start'));
      const step = Number(url.searchParams.get('step'));
      return sendJson(response, 200, {
        status: 'success',
        data: {
          resultType: 'matrix',
          result: [
            {
              metric: {},
              values: [
                [start, '1.5'],
                [start + step, 'NaN'],
                [start + 2 * step, '2'],
              ],
            },
          ],
        },
      });
    });
  }
}

/** A Loki that answers every range query with the same lines. */
export class FakeLoki extends FakeServer {
  readonly queries: Array<{ orgId: string | undefined; query: URLSearchParams }> = [];
  lines: Array<[string, string]> = [
    ['1767312000000000001', '{"level":"error","message":"boom","requestId":"r1","status":500}'],
    ['1767312000000000003', 'plain text'],
    ['1767312000000000002', '{"level":"info","message":"GET /work 200"}'],
  ];

  constructor() {
    super((url, request, response) => {
      const orgId = request.headers['x-scope-orgid'];
      if (orgId === undefined) {
        response.writeHead(401, { 'content-type': 'text/plain' }).end('no org id\n');
        return true;
      }
      if (url.pathname === '/loki/api/v1/labels') {
        return sendJson(response, 200, { status: 'success', data: [] });
      }
      if (url.pathname !== '/loki/api/v1/query_range') return false;
      this.queries.push({ orgId: String(orgId), query: url.searchParams });
      const values = this.lines.slice(0, Number(url.searchParams.get('limit')));
      return sendJson(response, 200, {
        status: 'success',
        data: {
          resultType: 'streams',
          result: [{ stream: { namespace: String(orgId), pod: 'p-1', version: 'sha-1' }, values }],
        },
      });
    });
  }
}
