/** The queries of this tree on a real Prometheus and a real Loki, and the metrics of a real Argo CD that they are about. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { allQueries, type Query } from './queries.ts';

const prometheus = process.env.PROMETHEUS_URL?.replace(/\/$/, '');
const loki = process.env.LOKI_URL?.replace(/\/$/, '');

let queries: Query[];
before(async () => {
  queries = await allQueries();
});

async function ask(url: URL, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) });
  return { status: answer.status, text: await answer.text() };
}

/** Asks each query of a language; answers what was refused, with the server's words. */
async function refusals(
  language: Query['language'],
  request: (query: string) => ReturnType<typeof ask>,
) {
  const mine = queries.filter(query => query.language === language);
  const refused: string[] = [];
  for (const { where, query } of mine) {
    const { status, text } = await request(query);
    if (status !== 200) refused.push(`${where}: ${query}: ${status} ${text.slice(0, 300)}`);
  }
  return { count: mine.length, refused };
}

describe('Prometheus', { skip: !prometheus && 'PROMETHEUS_URL is not set' }, () => {
  it('evaluates every query of rules, alerts and dashboards', async () => {
    const { count, refused } = await refusals('PromQL', query => {
      const url = new URL(`${prometheus}/api/v1/query`);
      url.searchParams.set('query', query);
      return ask(url);
    });
    assert.deepEqual(refused, []);
    assert.ok(count > 50, `only ${count} queries`);
  });

  it('refuses one that is none, so that the answer means something', async () => {
    const url = new URL(`${prometheus}/api/v1/query`);
    url.searchParams.set('query', 'sum by (');
    assert.equal((await ask(url)).status, 400);
  });
});

describe('Loki', { skip: !loki && 'LOKI_URL is not set' }, () => {
  const of = (query: string) => {
    const url = new URL(`${loki}/loki/api/v1/query_range`);
    url.searchParams.set('query', query);
    return ask(url, { 'X-Scope-OrgID': 'tenant-a' });
  };

  it('evaluates every query of the dashboards', async () => {
    const { count, refused } = await refusals('LogQL', of);
    assert.deepEqual(refused, []);
    assert.ok(count > 0);
  });

  it('refuses one that is none, so that the answer means something', async () => {
    assert.equal((await of('{namespace=')).status, 400);
  });
});
