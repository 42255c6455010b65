import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { request, type Answer } from '../servers/request.ts';
import type { Context } from './contract.ts';

const all = '{namespace="tenant-a",app="demo-api"}';
const second = 1_000_000_000n;

/** Logs, as the portal reads them. */
export function lokiSuite({ workspace, servers }: Context<'loki'>): void {
  const { url } = servers.loki;
  const tenant = `contract-${randomBytes(4).toString('hex')}`;
  const client = new workspace.LokiClient({ url, headers: {}, orgId: '{tenant}' });
  const now = BigInt(Date.now()) * 1_000_000n;
  /** Nanoseconds at a number of seconds after the first line, as text. */
  const at = (seconds: number) => String(now - 60n * second + BigInt(seconds) * second);
  const range = { start: now - 3_600n * second, end: now + 60n * second };
  const target = { tenant, service: 'demo-api' };
  const org = { 'x-scope-orgid': tenant };

  const ask = (
    path: string,
    query: Record<string, string | number> = {},
    headers: Record<string, string> = org,
  ) => request(url, `/loki/api/v1/${path}`, { headers, query });
  const lines = async (
    query: string,
    options: { limit?: number; direction?: 'forward' | 'backward' } = {},
  ) => {
    const order = { limit: 100, direction: 'backward' as const, ...options };
    const answer = await client.queryRange(target, { query, ...range, ...order });
    assert.equal(answer.leftOut, 0);
    return answer.lines;
  };
  const texts = async (...args: Parameters<typeof lines>) =>
    (await lines(...args)).map(({ text }) => text).sort();
  const push = (streams: object[], headers: Record<string, string> = org) =>
    request(url, '/loki/api/v1/push', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ streams }),
    });

  const labels = { namespace: 'tenant-a', app: 'demo-api' };
  const one = '{"level":"info","message":"one"}';
  const two = '{"level":"error","message":"two"}';
  const plain = 'plain three';
  const other = '{"level":"warn","message":"other"}';
  const four = 'level=info msg=four';

  before(async () => {
    const answer = await push([
      {
        stream: { ...labels, version: '1', pod: 'p1' },
        values: [
          [at(1), one],
          [at(2), two, { trace_id: 'abc' }],
          [at(3), plain],
        ],
      },
      {
        stream: { ...labels, version: '2', pod: 'p2' },
        values: [
          [at(2), other],
          [at(4), four],
        ],
      },
    ]);
    assert.deepEqual([answer.status, answer.text], [204, '']);
    await eventually(async () => assert.equal((await lines(all)).length, 5), 20, 'the lines');
  });

  it('shows that it lives', async () => {
    await client.probe();
    assert.equal((await request(url, '/ready')).text, 'ready\n');
  });

  it('answers with streams: nanoseconds as text, and labels with what it has found out', async () => {
    const answer = await ask('query_range', {
      query: `${all} |= "one"`,
      start: String(range.start),
      end: String(range.end),
    });
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
    const { status, data } = answer.body;
    assert.deepEqual(
      [status, data.resultType, Object.keys(data).sort()],
      ['success', 'streams', ['result', 'resultType', 'stats']],
    );
    assert.deepEqual(data.result, [
      {
        stream: {
          ...labels,
          version: '1',
          pod: 'p1',
          service_name: 'demo-api',
          detected_level: 'info',
        },
        values: [[at(1), one]],
      },
    ]);
  });

  it('tells what belongs to one line alone among its labels', async () => {
    const found = await lines(`${all} | trace_id="abc"`);
    assert.deepEqual(
      found.map(({ text, labels: { trace_id: trace, detected_level: level } }) => [
        text,
        trace,
        level,
      ]),
      [[two, 'abc', 'error']],
    );
  });

  it('filters by text, field, level and label', async () => {
    assert.deepEqual(await texts(`${all} |= "plain"`), [plain]);
    assert.deepEqual(await texts(`${all} | json | level=~"error|err"`), [two]);
    assert.deepEqual(await texts(`${all} | detected_level="warn"`), [other]);
    assert.deepEqual(await texts(`{namespace="tenant-a",version="2"}`), [four, other].sort());
    assert.deepEqual(await texts(`${all} |= "a\\"b\\\\c"`), []);
    assert.deepEqual(await texts('{namespace="nobody"}'), []);
  });

  it('takes what the portal asks, and its lines are read', async () => {
    for (const [filter, expected] of [
      [{}, [one, two, plain, other, four]],
      [{ level: 'error' }, [two]],
      [{ level: 'warn' }, [other]],
      [{ q: 'o' }, [one, two, other, four]],
      [{ version: '1', level: 'info' }, [one]],
      [{ q: '`"\\{}' }, []],
    ] as const) {
      const query = workspace.logQuery({ tenant: 'tenant-a', service: 'demo-api', ...filter });
      const found = await texts(workspace.guardLogql(query, 'tenant-a'));
      assert.deepEqual(found, [...expected].sort(), query);
    }
    const levels = (await lines(all)).map(line => {
      const { time, level, message } = workspace.toLogLine(line);
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
      return [level, message].join(' ');
    });
    assert.deepEqual(
      levels.sort(),
      [
        'error two',
        'info level=info msg=four',
        'info one',
        'unknown plain three',
        'warn other',
      ].sort(),
    );
  });

  it('finds by level exactly the lines that show it, however they write it', async () => {
    const own = '{namespace="tenant-a",app="levels"}';
    const written = [
      '{"level":"ERROR","message":"Logback"}',
      '{"level":50,"msg":"pino"}',
      '{"@t":"2026-01-02T00:00:00Z","@l":"Warning","@mt":"Serilog"}',
      '{"@t":"2026-01-02T00:00:00Z","@mt":"Serilog, not said"}',
      '{"severity":"NOTICE","textPayload":"Google Cloud"}',
      '{"level":20,"msg":"ERROR is a word here"}',
      'ts=1 lvl=wrn msg="logfmt"',
      'E0102 15:04:05.000000       1 main.go:1] klog',
      '2026-01-02 00:00:00.000 DEBUG [main] text',
      'nothing said',
    ];
    await push([
      {
        stream: { namespace: 'tenant-a', app: 'levels' },
        values: [
          ...written.map((text, index) => [at(10 + index), text]),
          [at(30), 'kept with the line', { severity_text: 'Error' }],
        ],
      },
    ]);
    const all11 = await eventually(
      async () => {
        const found = await lines(own);
        assert.equal(found.length, 11);
        return found;
      },
      20,
      'the lines',
    );
    const counts = { debug: 2, info: 2, warn: 2, error: 4 };
    for (const [level, count] of Object.entries(counts) as Array<[keyof typeof counts, number]>) {
      const showing = all11.filter(line => workspace.toLogLine(line).level === level);
      assert.equal(showing.length, count, level);
      const query = workspace.logQuery({ tenant: 'tenant-a', service: 'levels', level });
      const found = await lines(workspace.guardLogql(query, 'tenant-a'));
      const same = found.filter(line => workspace.toLogLine(line).level === level);
      assert.deepEqual(
        same.map(({ text }) => text).sort(),
        showing.map(({ text }) => text).sort(),
        level,
      );
    }
  });

  it('limits after the pipeline, from the end that the direction names', async () => {
    assert.deepEqual(await texts(all, { limit: 2 }), [four, plain].sort());
    assert.deepEqual(await texts(all, { limit: 1, direction: 'forward' }), [one]);
    assert.deepEqual(
      await texts(`${all} | json | level="info"`, { limit: 1, direction: 'forward' }),
      [one],
    );
    const times = async (direction: 'forward' | 'backward') =>
      (await lines('{pod="p2"}', { direction })).map(({ time }) => time);
    assert.deepEqual(new Set(await times('forward')), new Set([at(2), at(4)]));
  });

  it('includes the start of a range and excludes its end', async () => {
    const { body } = await ask('query_range', { query: all, start: at(2), end: at(3) });
    const found = body.data.result.flatMap(({ values }: { values: string[][] }) =>
      values.map(([, text]) => text),
    );
    assert.deepEqual(found.sort(), [other, two].sort());
  });

  it('takes times in seconds, nanoseconds and as RFC 3339', async () => {
    const count = async (start: string, end: string) => {
      const { body } = await ask('query_range', { query: all, start, end });
      return body.data.result.flatMap(({ values }: { values: string[][] }) => values).length;
    };
    const date = (time: bigint) => new Date(Number(time / 1_000_000n)).toISOString();
    assert.equal(await count(String(range.start / second), String(range.end / second)), 5);
    assert.equal(await count(at(0), at(60)), 5);
    assert.equal(await count(date(now - 120n * second), date(now)), 5);
  });

  it('counts in metric queries', async () => {
    const { body } = await ask('query_range', {
      query: `sum by (version) (count_over_time(${all}[10m]))`,
      start: at(60),
      end: at(60),
      step: 60,
    });
    assert.equal(body.data.resultType, 'matrix');
    assert.deepEqual(
      body.data.result.map(({ metric, values }: { metric: object; values: unknown[][] }) => [
        metric,
        values.at(-1)?.[1],
      ]),
      [
        [{ version: '1' }, '3'],
        [{ version: '2' }, '2'],
      ],
    );
    const instant = await ask('query', { query: `sum(count_over_time(${all}[10m]))` });
    assert.deepEqual(
      [instant.body.data.resultType, instant.body.data.result[0].value[1]],
      ['vector', '5'],
    );
  });

  it('tells labels, values and series', async () => {
    assert.deepEqual((await ask('labels')).body, {
      status: 'success',
      data: ['app', 'namespace', 'pod', 'service_name', 'version'],
    });
    assert.deepEqual((await ask('label/version/values')).body.data, ['1', '2']);
    assert.deepEqual((await ask('label/nothing/values')).body, { status: 'success' });
    const times = { start: String(range.start), end: String(range.end) };
    const series = await ask('series', { 'match[]': all, ...times });
    assert.deepEqual(series.body.data.map(({ pod }: { pod: string }) => pod).sort(), ['p1', 'p2']);
    assert.deepEqual(
      (await ask('series', { 'match[]': '{namespace="none"}', ...times })).body.data,
      [],
    );
  });

  it('keeps tenants apart, and knows none without a name', async () => {
    const stranger = { 'x-scope-orgid': `${tenant}-other` };
    assert.deepEqual((await ask('query_range', { query: all }, stranger)).body.data.result, []);
    assert.deepEqual((await ask('labels', {}, stranger)).body, { status: 'success' });
    for (const headers of [{}, { 'x-scope-orgid': '' }] as Array<Record<string, string>>) {
      for (const path of ['query_range', 'labels']) {
        assertText(await ask(path, { query: all }, headers), 401, 'no org id\n');
      }
    }
    const nameless = new workspace.LokiClient({ url, headers: {} });
    const query = { query: all, ...range, limit: 1, direction: 'forward' } as const;
    await assert.rejects(nameless.queryRange(target, query), { errorClass: 'unauthorized' });
  });

  it('does not read several tenants at once, unless it is told that it may', async () => {
    const both = { 'x-scope-orgid': `${tenant}|${tenant}-other` };
    assertText(await ask('query_range', { query: all }, both), 500, 'multiple org IDs present');
    assert.equal((await push([{ stream: labels, values: [[at(5), 'x']] }], both)).status, 400);
    const strange = await ask('query_range', { query: all }, { 'x-scope-orgid': 'a/b' });
    assertText(
      strange,
      400,
      "rpc error: code = Code(400) desc = tenant ID 'a/b' contains unsupported character '/'",
    );
  });

  it('takes the most lines that it gives', async () => {
    assert.equal((await lines(all, { limit: 5000 })).length, 5);
    await assert.rejects(
      lines(all, { limit: 5001 }),
      ({ refusal }: { refusal?: { status: number; text: string } }) =>
        refusal?.status === 400 && /max entries limit.*\(5001 > 5000\)/.test(refusal.text),
    );
  });
}

/** Checks that an answer is plain text. */
export function assertText(answer: Answer, status: number, text: string | RegExp): void {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers['content-type'] ?? '', /^text\/plain/);
  if (typeof text === 'string') assert.equal(answer.text, text);
  else assert.match(answer.text, text);
}
