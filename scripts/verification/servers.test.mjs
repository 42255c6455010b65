import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { NotHereError, Servers } from './servers.mjs';

describe('Servers', () => {
  let server;
  let url;
  const answers = {
    '/ok': [200, '{"fine":true}'],
    '/broken': [500, 'out of order'],
    '/page': [200, '<html>'],
    '/moved': [302, ''],
  };
  const servers = (target, kubectl = { run: async () => ({ code: 1 }) }) =>
    new Servers(kubectl, { observability: 'observability', urls: {}, tokens: {}, ...target });

  before(async () => {
    server = createServer((request, response) => {
      const [status, text] = answers[new URL(request.url, 'http://x').pathname];
      response.writeHead(status, status === 302 ? { location: '/ok' } : {}).end(text);
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => server.close());

  for (const [path, message] of [
    ['/broken', /^Error: HTTP 500: out of order$/],
    ['/page', /^Error: the answer is not JSON: <html>$/],
    ['/moved', /^Error: no answer: /],
  ]) {
    it(`says what is wrong with ${path}`, () =>
      assert.rejects(servers({ urls: { loki: url } }).json('loki', { path }), message));
  }

  it('says that nobody listens', async () => {
    const gone = createServer();
    await new Promise(resolve => gone.listen(0, '127.0.0.1', resolve));
    const loki = `http://127.0.0.1:${gone.address().port}`;
    await new Promise(resolve => gone.close(resolve));
    await assert.rejects(
      servers({ urls: { loki } }).json('loki', { path: '/ok' }),
      /^Error: no answer: ECONNREFUSED$/,
    );
  });

  it('is not there without a URL and without a Service', () =>
    assert.rejects(servers({}).json('grafana', { path: '/ok' }), error => {
      assert.ok(error instanceof NotHereError);
      return /no service\/grafana in namespace observability/.test(error.message);
    }));

  it('forwards the port of a Service once', async () => {
    const forwarded = [];
    const kubectl = {
      run: async () => ({ code: 0 }),
      forward: async (...args) => {
        forwarded.push(args);
        return url;
      },
    };
    const found = servers({ observability: 'monitoring' }, kubectl);
    assert.deepEqual(await found.json('prometheus', { path: '/ok' }), { fine: true });
    await found.json('prometheus', { path: '/ok' });
    assert.deepEqual(forwarded, [['monitoring', 'service/prometheus', 9090]]);
  });

  it('shows the request as a person types it, without the token', () => {
    const found = servers({ urls: { loki: 'http://loki:3100' }, tokens: { loki: 'hush' } });
    assert.equal(
      found.command('loki', {
        path: '/loki/api/v1/query_range',
        query: { query: '{namespace="a"} |= "error"' },
        headers: { 'X-Scope-OrgID': 'a' },
      }),
      `curl -sG http://loki:3100/loki/api/v1/query_range -H "Authorization: Bearer $LOKI_TOKEN" -H 'X-Scope-OrgID: a' --data-urlencode 'query={namespace="a"} |= "error"'`,
    );
  });
});
