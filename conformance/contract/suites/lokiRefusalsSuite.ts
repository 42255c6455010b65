import assert from 'node:assert/strict';
import { it } from 'node:test';
import { request } from '../servers/request.ts';
import type { Context } from './contract.ts';
import { assertText } from './lokiSuite.ts';

const all = '{namespace="tenant-a",app="demo-api"}';
const second = 1_000_000_000n;

/** How Loki refuses what makes no sense or is too much. */
export function lokiRefusalsSuite({ servers }: Context<'loki'>): void {
  const { url } = servers.loki;
  const now = BigInt(Date.now()) * 1_000_000n;
  const range = {
    start: String(now - 3_600n * second),
    end: String(now),
  };
  const org = { 'x-scope-orgid': 'contract-refusals' };
  const ask = (path: string, query: Record<string, string | number> = {}) =>
    request(url, `/loki/api/v1/${path}`, { headers: org, query });
  const push = (streams: object[]) =>
    request(url, '/loki/api/v1/push', {
      method: 'POST',
      headers: { ...org, 'content-type': 'application/json' },
      body: JSON.stringify({ streams }),
    });

  const empty =
    'parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will';
  const refusals: Array<[string, Record<string, string | number>, string | RegExp]> = [
    [
      'a selector that is cut off',
      { query: '{namespace=' },
      'parse error at line 1, col 12: syntax error: unexpected $end, expecting STRING',
    ],
    [
      'a query that is cut off',
      { query: 'rate({a="b"}' },
      'parse error at line 1, col 13: syntax error: unexpected $end',
    ],
    [
      'an unknown stage',
      { query: '{a="b"} | nonsense' },
      'parse error at line 1, col 19: syntax error: unexpected $end',
    ],
    [
      'no selector',
      { query: 'nothing' },
      'parse error at line 1, col 1: syntax error: unexpected IDENTIFIER',
    ],
    ['no query', { query: '' }, 'parse error : syntax error: unexpected $end'],
    ['everything', { query: '{}' }, empty],
    ['everything, by a pattern', { query: '{a=~".*"}' }, empty],
    [
      'a filter without text',
      { query: '{a="b"} |= ' },
      'parse error at line 1, col 12: syntax error: unexpected $end, expecting STRING or ip',
    ],
    [
      'a pattern that is none',
      { query: '{a="b"} |~ "("' },
      'parse error : stage \'|~ "("\' : error parsing regexp: missing closing ): `(`',
    ],
    [
      'a pattern for a field that is none',
      { query: '{a="b"} | json | level=~"("' },
      'parse error : error parsing regexp: missing closing ): `(`',
    ],
    [
      'a parser without a named group',
      { query: '{a="b"} | regexp "x"' },
      'parse error : invalid regexp parser: at least one named capture must be supplied',
    ],
    ['no lines', { query: all, limit: 0 }, 'limit must be a positive value'],
    ['fewer than no lines', { query: all, limit: -1 }, 'limit must be a positive value'],
    [
      'a number of lines that is none',
      { query: all, limit: 'x' },
      'strconv.Atoi: parsing "x": invalid syntax',
    ],
    [
      'more lines than it gives',
      { query: all, limit: 5001 },
      'max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)',
    ],
    [
      'a direction that is none',
      { query: all, direction: 'sideways' },
      "invalid direction 'sideways'",
    ],
    [
      'a start that is none',
      { query: all, start: 'yesterday' },
      'could not parse \'start\' parameter: strconv.ParseInt: parsing "yesterday": invalid syntax',
    ],
    [
      'an end before the start',
      { query: all, start: range.end, end: range.start },
      'end timestamp must not be before or equal to start time',
    ],
    [
      'a range that is too long',
      { query: all, start: 1_700_000_000, end: 1_710_000_000 },
      'the query time range exceeds the limit (query length: 2777h46m40s, limit: 30d1h)',
    ],
    [
      'more points than it gives',
      { query: `sum(count_over_time(${all}[1m]))`, step: '0.1' },
      'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
    ],
  ];
  for (const [what, parameters, text] of refusals) {
    it(`refuses ${what} with 400 and plain text`, async () => {
      assertText(
        await ask('query_range', { start: range.start, end: range.end, ...parameters }),
        400,
        text,
      );
    });
  }

  it('does not tell lines at one moment', async () => {
    assertText(
      await ask('query', { query: all }),
      400,
      'log queries are not supported as an instant query type, please change your query to a range query type',
    );
    assertText(await ask('nothing'), 404, '404 page not found\n');
  });

  it('says what it does not take', async () => {
    assertText(await push([]), 422, 'error at least one valid stream is required for ingestion\n');
    const old = String(now - 8n * 24n * 3600n * second);
    const late = await push([{ stream: { app: 'late' }, values: [[old, 'x']] }]);
    assert.equal(late.status, 400);
    assert.match(
      late.text,
      /^entry for stream '\{app="late", service_name="late"\}' has timestamp too old: /,
    );
    const headers = { ...org, 'content-type': 'application/json' };
    const body = '{"streams":';
    const cut = await request(url, '/loki/api/v1/push', { method: 'POST', headers, body });
    assert.equal(cut.status, 400);
    assert.match(cut.headers['content-type'] ?? '', /^text\/plain/);
  });
}
