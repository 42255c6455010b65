import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eventually } from '../../support/eventually.ts';
import { request } from '../servers/request.ts';
import type { Context } from './contract.ts';

/** Queries, as the portal's panels and Grafana ask them. */
export function prometheusSuite({ workspace, servers }: Context<'prometheus'>): void {
  const { url } = servers.prometheus;
  const client = new workspace.PrometheusClient({ url, headers: {} });
  const target = { tenant: 'tenant-a', service: 'demo-api' };
  const now = Math.floor(Date.now() / 1000);
  const range = { start: now - 60, end: now, step: 30 };
  const ask = (path: string, query: Record<string, string | number> = {}) =>
    request(url, `/api/v1/${path}`, { query });
  const grid = [now - 60, now - 30, now];
  const none = { series: [], leftOut: 0, isPartial: false };

  it('shows that it lives', async () => {
    await client.probe();
  });

  it('answers a range query with a matrix: seconds and text', async () => {
    const { status, headers, body } = await ask('query_range', { query: 'vector(0.5)', ...range });
    assert.equal(status, 200);
    assert.match(headers['content-type'] ?? '', /^application\/json/);
    const values = grid.map(time => [time, '0.5']);
    assert.deepEqual(body, {
      status: 'success',
      data: { resultType: 'matrix', result: [{ metric: {}, values }] },
    });
    assert.deepEqual(await client.queryRange(target, 'vector(0.5)', range), {
      series: [{ labels: {}, points: grid.map(time => [time, 0.5]) }],
      leftOut: 0,
      isPartial: false,
    });
  });

  for (const [query, text] of [
    ['vector(0) / 0', 'NaN'],
    ['vector(1) / 0', '+Inf'],
    ['vector(-1) / 0', '-Inf'],
    ['vector(1e300)', '1e+300'],
    ['vector(1e-9)', '1e-09'],
  ]) {
    it(`writes ${text}, which the portal takes for what it is`, async () => {
      const { body } = await ask('query', { query, time: now });
      assert.deepEqual(body.data, {
        resultType: 'vector',
        result: [{ metric: {}, value: [now, text] }],
      });
      const { series } = await client.queryRange(target, query, range);
      const [{ points }] = series;
      const number = Number(text);
      assert.deepEqual(points, Number.isFinite(number) ? grid.map(time => [time, number]) : []);
    });
  }

  it('knows scalars and texts beside vectors', async () => {
    const data = async (query: string) => (await ask('query', { query, time: now })).body.data;
    assert.deepEqual(await data('1.5'), { resultType: 'scalar', result: [now, '1.5'] });
    assert.deepEqual(await data('"a"'), { resultType: 'string', result: [now, 'a'] });
  });

  it('knows nothing of what nobody measured: no series, which is no error', async () => {
    assert.deepEqual(await client.queryRange(target, 'nothing_there', range), none);
    assert.deepEqual(await client.queryRange(target, 'up{job="a\\"b\\\\c"}', range), none);
    assert.deepEqual((await ask('labels', { 'match[]': 'nothing_there' })).body, {
      status: 'success',
      data: [],
    });
    assert.deepEqual((await ask('label/job/values', { 'match[]': 'nothing_there' })).body.data, []);
    assert.deepEqual((await ask('series', { 'match[]': 'nothing_there' })).body.data, []);
  });

  it('tells labels and series of what is measured', async () => {
    const series = await eventually(
      async () => {
        const { body } = await ask('series', { 'match[]': 'up{job="prometheus"}' });
        assert.equal(body.data.length, 1);
        return body.data[0];
      },
      30,
      'the first measurement',
    );
    assert.deepEqual(Object.keys(series).sort(), ['__name__', 'instance', 'job']);
    const names = (await ask('labels', { 'match[]': 'up' })).body.data;
    assert.deepEqual(
      ['__name__', 'instance', 'job'].filter(name => names.includes(name)).length,
      3,
    );
    assert.ok((await ask('label/job/values', {})).body.data.includes('prometheus'));
    const end = Math.floor(Date.now() / 1000);
    const measured = await client.queryRange(target, 'up{job="prometheus"}', {
      start: end - 10,
      end,
      step: 10,
    });
    const [{ labels, points }] = measured.series;
    assert.deepEqual([labels, points.at(-1)], [series, [end, 1]]);
  });

  for (const preset of workspace.metricPresets) {
    it(`takes every query of the portal’s panels for ${preset}`, async () => {
      const names = workspace.metricNamesOf({ preset });
      for (const { id, queries } of workspace.createPanels(names)) {
        for (const { query } of queries) {
          const text = query({ ...target, windowSeconds: 60 });
          const guarded = workspace.guardPromql(text, 'tenant-a', names.labels.namespace);
          assert.deepEqual(await client.queryRange(target, guarded, range), none, id);
        }
      }
    });
  }

  for (const preset of workspace.metricPresets) {
    it(`takes what is asked of the whole fleet for ${preset}`, async () => {
      const names = workspace.metricNamesOf({ preset });
      assert.deepEqual(await client.queryFleet(workspace.requestsQuery(names, 60), now), []);
      const failing = workspace.failingQuery(names, 60, 0.05);
      assert.deepEqual(await client.queryFleetRange(failing, range), []);
    });
  }

  it('tells which alerts fire', async () => {
    const { status, body } = await ask('rules', { type: 'alert' });
    assert.equal(status, 200);
    assert.ok(Array.isArray(body.data.groups));
    assert.ok(Array.isArray(await client.firingAlerts()));
  });

  it('takes 11,000 points and no more', async () => {
    const most = { start: now - 11_000, end: now, step: 1 };
    assert.deepEqual(await client.queryRange(target, 'absent(vector(1))', most), none);
    const { status, body } = await ask('query_range', {
      query: '1',
      ...most,
      start: most.start - 1,
    });
    assert.equal(status, 400);
    assert.deepEqual(body, {
      status: 'error',
      errorType: 'bad_data',
      error:
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    });
    await assert.rejects(client.queryRange(target, '1', { ...most, start: most.start - 1 }), {
      errorClass: 'bad-answer',
    });
  });

  const vector = 'vector(1)';
  const resolution =
    'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer';
  /** What is wrong, the parameters beside the good ones, and the words; Prometheus 2 and 3 begin some of them differently. */
  const refusals: Array<[string, Record<string, string | number>, string | RegExp]> = [
    ['a query that is cut off', { query: 'sum(' }, /1:5: parse error: unclosed left parenthesis$/],
    ['no query', { query: '' }, /parse error: no expression found in input$/],
    [
      'a range vector',
      { query: 'up[5m]' },
      /invalid expression type "range vector" for range query, must be Scalar or instant Vector$/,
    ],
    ['a step of nothing', { query: vector, step: 0 }, resolution],
    ['a step backwards', { query: vector, step: -1 }, resolution],
    [
      'a step that is none',
      { query: vector, step: 'x' },
      'invalid parameter "step": cannot parse "x" to a valid duration',
    ],
    [
      'a start that is none',
      { query: vector, start: '' },
      'invalid parameter "start": cannot parse "" to a valid timestamp',
    ],
    [
      'an end before the start',
      { query: vector, end: now - 100 },
      'invalid parameter "end": end timestamp must not be before start time',
    ],
    [
      'a timeout that is none',
      { query: vector, timeout: 'x' },
      'invalid parameter "timeout": cannot parse "x" to a valid duration',
    ],
  ];
  for (const [what, parameters, error] of refusals) {
    it(`refuses ${what} with 400 and JSON`, async () => {
      const { status, headers, body } = await ask('query_range', { ...range, ...parameters });
      assert.equal(status, 400);
      assert.match(headers['content-type'] ?? '', /^application\/json/);
      assert.deepEqual([body.status, body.errorType], ['error', 'bad_data']);
      if (typeof error === 'string') assert.equal(body.error, error);
      else assert.match(body.error, error);
    });
  }

  it('says 422 of what fails while it is evaluated', async () => {
    const query = 'vector(1) + on() (vector(1) or label_replace(vector(1), "x", "y", "", ""))';
    const { status, body } = await ask('query', { query });
    assert.deepEqual([status, body.status, body.errorType], [422, 'error', 'execution']);
    assert.match(body.error, /many-to-many matching not allowed/);
    await assert.rejects(client.queryRange(target, query, range), { errorClass: 'bad-answer' });
  });

  it('keeps to the time that it is given, and takes the portal’s', async () => {
    assert.equal(
      (await ask('query_range', { query: vector, ...range, timeout: '1800ms' })).status,
      200,
    );
    const { status, body } = await ask('query', { query: 'up', timeout: '0s' });
    // The class differs between the versions; it is an error in each.
    assert.ok([400, 422, 503].includes(status), String(status));
    assert.equal(body.status, 'error');
  });

  it('refuses to be changed, and what it does not know', async () => {
    assert.equal(
      (await request(url, '/api/v1/admin/tsdb/snapshot', { method: 'POST' })).body.error,
      'admin APIs disabled',
    );
    assert.equal((await request(url, '/-/quit')).status, 405);
    assert.equal((await ask('nothing')).status, 404);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const posted = await request(url, '/api/v1/query', {
      method: 'POST',
      headers: form,
      body: `query=1&time=${now}`,
    });
    assert.deepEqual(posted.body.data, { resultType: 'scalar', result: [now, '1'] });
  });
}
