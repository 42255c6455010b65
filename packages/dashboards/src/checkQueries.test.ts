import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkQueries } from './__testUtils__/live/checkQueries';
import { excuse } from './__testUtils__/live/expected';
import type { PlatformQuery } from './__testUtils__/queries';

/** A Prometheus and a Loki that know `known` for tenant-a, and refuse `wrong`. */
function answer(query: string, orgId: string | undefined): { status: number; body: string } {
  if (query === 'wrong') return { status: 400, body: 'parse error' };
  const isKnown =
    query === 'known' ||
    query === 'known{namespace="tenant-a"}' ||
    (query === '{a="b"}' && orgId === 'tenant-a');
  return { status: 200, body: JSON.stringify({ data: { result: isKnown ? [{}] : [] } }) };
}

describe('checkQueries', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const orgId = request.headers['x-scope-orgid'];
      const { status, body } = answer(searchParams.get('query') ?? '', orgId?.toString());
      response.writeHead(status).end(body);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(
    () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );

  const query = (text: string, change: Partial<PlatformQuery> = {}): PlatformQuery => ({
    where: 'A dashboard / A panel',
    language: 'promql',
    kind: 'panel',
    text,
    ...change,
  });

  it.each<[string, PlatformQuery, string, string | undefined]>([
    ['one with data', query('known{namespace="$tenant"}'), 'data', 'has data'],
    ['a panel without data', query('known > 5'), 'quiet', undefined],
    [
      'an alert that does not fire',
      query('known > 5', { kind: 'alert' }),
      'quiet',
      'nothing is wrong',
    ],
    ['an alert about nothing', query('nothing > 5', { kind: 'alert' }), 'missing', undefined],
    [
      'an alert about what is not there',
      query('loki_x > 5', { kind: 'alert' }),
      'missing',
      'the embedded platform has no collector and no Loki that drops lines',
    ],
    ['one that is refused', query('wrong'), 'refused', undefined],
    ['log lines', query('{a="b"}', { language: 'logql' }), 'data', 'has data'],
    ['no log lines', query('{a="c"}', { language: 'logql' }), 'missing', undefined],
  ])('knows %s', async (_, one, state, reason) => {
    const upstreams = { prometheusUrl: url, lokiUrl: url };
    const target = { tenant: 'tenant-a', service: 'demo-api' };
    const [outcome] = await checkQueries([one], upstreams, target);
    expect(outcome.state).toBe(state);
    expect(excuse(outcome)).toBe(reason);
  });
});
