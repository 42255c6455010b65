import request from 'supertest';
import { createLoki, testNow } from '../__testUtils__/lokiFixture';

let loki: ReturnType<typeof createLoki>;
beforeEach(async () => {
  loki = createLoki();
  await loki
    .push('tenant-a', [
      {
        stream: { app: 'web', pod: 'p1' },
        lines: [
          [40_000, '{"level":"info","message":"one"}'],
          [20_000, '{"level":"error","message":"three"}'],
        ],
      },
      {
        stream: { app: 'web', pod: 'p2' },
        lines: [
          [30_000, '{"level":"info","message":"two"}'],
          [10_000, '{"level":"info","message":"four"}'],
        ],
      },
    ])
    .expect(204);
  await loki.push('tenant-b', [{ stream: { app: 'web' }, lines: [[5000, 'b only']] }]).expect(204);
});
afterEach(() => loki.close());

const seconds = (age: number) => String((testNow - age) / 1000);
const web = '{app="web"}';

async function lines(parameters: Record<string, string>, tenant?: string) {
  const response = await loki.get('query_range', { query: web, ...parameters }, tenant).expect(200);
  const result: { stream: Record<string, string>; values: [string, string][] }[] =
    response.body.data.result;
  return result.flatMap(({ values }) => values);
}

describe('query_range for lines', () => {
  it('gives the newest first and no other tenant', async () => {
    const found = await lines({});
    expect(found).toHaveLength(4);
    expect(found.some(([, line]) => line.includes('b only'))).toBe(false);
  });

  it('limits after the pipeline, from the end or the start of the range', async () => {
    const info = { query: `${web} | json | level="info"`, limit: '2' };
    const messages = async (direction: string) =>
      (await lines({ ...info, direction })).map(([, line]) => JSON.parse(line).message).sort();
    expect(await messages('backward')).toEqual(['four', 'two']);
    expect(await messages('forward')).toEqual(['one', 'two']);
  });

  it('orders the lines of a stream in the direction', async () => {
    const times = async (direction: string) =>
      (await lines({ query: '{pod="p2"}', direction })).map(([time]) => BigInt(time));
    const [newest, oldest] = await times('backward');
    expect(newest > oldest).toBe(true);
    expect(await times('forward')).toEqual([oldest, newest]);
  });

  it.each<[string, Record<string, string>, number]>([
    ['start included, end excluded', { start: seconds(30_000), end: seconds(10_000) }, 2],
    ['seconds with a fraction', { start: `${seconds(20_000)}.0`, end: seconds(0) }, 2],
    ['nanoseconds', { start: `${testNow - 20_000}000000`, end: `${testNow}000000` }, 2],
    ['RFC 3339', { start: '2026-11-23T09:59:25Z', end: '2026-11-23T10:00:00Z' }, 3],
    ['since', { since: '25s' }, 2],
    ['since before an end', { since: '25s', end: seconds(15_000) }, 3],
    ['interval', { interval: '20s' }, 2],
  ])('honours %s', async (_, parameters, count) => {
    expect(await lines(parameters)).toHaveLength(count);
  });

  it('takes a form by POST as well', async () => {
    const response = await request(loki.app)
      .post('/loki/api/v1/query_range')
      .set('X-Scope-OrgID', 'tenant-a')
      .type('form')
      .send({ query: '{pod="p1"}' })
      .expect(200);
    expect(response.body.data.result[0].values).toHaveLength(1);
  });

  it.each([
    ['query_range', 'tenant-b|tenant-a', 500, 'multiple org IDs present'],
    ['labels', 'tenant-b|tenant-a', 500, 'multiple org IDs present'],
    [
      'query_range',
      'a/b',
      400,
      "rpc error: code = Code(400) desc = tenant ID 'a/b' contains unsupported character '/'",
    ],
    ['labels', 'a/b', 400, "tenant ID 'a/b' contains unsupported character '/'"],
    ['labels', '..', 400, "tenant ID is '.' or '..'"],
    ['labels', '', 401, 'no org id\n'],
  ])('of %s for the tenant %j answers %d', async (path, tenant, status, text) => {
    const response = await loki.get(path, { query: web }, tenant);
    expect([response.status, response.text]).toEqual([status, text]);
  });

  it.each<[Record<string, string>, string]>([
    [
      { limit: '5001' },
      'max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 > 5000)',
    ],
    [{ limit: '0' }, 'limit must be a positive value'],
    [{ limit: '-1' }, 'limit must be a positive value'],
    [{ limit: 'ten' }, 'strconv.Atoi: parsing "ten": invalid syntax'],
    [
      { start: 'yesterday' },
      `could not parse 'start' parameter: strconv.ParseInt: parsing "yesterday": invalid syntax`,
    ],
    [{ since: 'x' }, `could not parse 'since' parameter: not a valid duration string: "x"`],
    [{ start: '20', end: '10' }, 'end timestamp must not be before or equal to start time'],
    [{ start: '0', end: '1795405166' }, 'the query time range exceeds the limit'],
    [{ step: '-5' }, 'zero or negative query resolution'],
    [{ step: '0.01' }, 'exceeded maximum resolution of 11,000 points'],
    [{ step: 'often' }, 'cannot parse "often" to a valid duration'],
    [{ direction: 'sideways' }, "invalid direction 'sideways'"],
    [{ query: '{app=~".*"}' }, 'parse error : queries require at least one'],
    [
      { query: '{app="web"} |~ "(" |= "x"' },
      'parse error : stage \'|~ "(" |= "x"\' : error parsing regexp: missing closing ): `(`',
    ],
    [{ query: '{app="web"} | x=~"("' }, 'parse error : error parsing regexp: missing closing )'],
    [{ query: '{app="web"} | line_format "x"' }, 'parse error : the stage'],
  ])('answers %j with 400 and plain text', async (parameters, text) => {
    const response = await loki.get('query_range', { query: web, ...parameters });
    expect(response.status).toBe(400);
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(response.text).toContain(text);
  });
});

describe('query_range for numbers', () => {
  interface Result {
    metric: Record<string, string>;
    values: [number, string][];
  }
  async function matrix(query: string, step = '20'): Promise<Result[]> {
    const range = { start: seconds(60_000), end: seconds(0), step };
    const response = await loki.get('query_range', { query, ...range }).expect(200);
    expect(response.body.data.resultType).toBe('matrix');
    return response.body.data.result;
  }
  const at = (age: number) => (testNow - age) / 1000;

  it('counts the lines in the window before each step, its start excluded', async () => {
    expect(await matrix(`sum(count_over_time(${web}[20s]))`)).toEqual([
      {
        metric: {},
        values: [
          [at(40_000), '1'],
          [at(20_000), '2'],
          [at(0), '1'],
        ],
      },
    ]);
  });

  it('groups by labels of the text', async () => {
    const result = await matrix(`sum by (level) (count_over_time(${web} | json [1m]))`, '60');
    expect(result).toEqual([
      { metric: { level: 'error' }, values: [[at(0), '1']] },
      { metric: { level: 'info' }, values: [[at(0), '3']] },
    ]);
  });

  it.each<[query: string, value: string]>([
    [`sum(rate(${web}[40s]))`, '0.075'],
    [`sum(bytes_over_time(${web} |= "one" [1m]))`, '32'],
    [`sum(bytes_rate(${web} |= "one" [1m]))`, '0.5333333333333333'],
    [`avg(count_over_time(${web}[1m]))`, '1.3333333333333333'],
    [`max(count_over_time(${web}[1m]))`, '2'],
    [`min(count_over_time(${web}[1m]))`, '1'],
    [`count(count_over_time(${web}[1m]))`, '3'],
    [`sum(count_over_time(${web}[1m])) without (pod, detected_level, app)`, '4'],
    [`sum(count_over_time(${web}[15s] offset 11s))`, '1'],
    [`sum(count_over_time(${web}[1m])) > bool 5`, '0'],
    [`3 < sum(count_over_time(${web}[1m]))`, '4'],
  ])('%s is %s', async (query, value) => {
    const [series] = await matrix(query, '60');
    expect(series.values.at(-1)).toEqual([at(0), value]);
  });

  it('leaves out what a comparison does not hold for', async () => {
    expect(await matrix(`sum(count_over_time(${web}[1m])) > 5`)).toEqual([]);
  });

  it('keeps all labels without an aggregation', async () => {
    const result = await matrix(`count_over_time({pod="p1"} | json [1m])`, '60');
    expect(result.map(({ metric }) => metric.message)).toEqual(['three', 'one']);
    expect(result[0].metric).toMatchObject({ detected_level: 'error', pod: 'p1', app: 'web' });
  });

  it('refuses a line that cannot be read, and takes it with the error filtered', async () => {
    await loki.push('tenant-a', [{ stream: { app: 'web' }, lines: [[1000, 'plain']] }]);
    const query = (filter: string) => `sum(count_over_time(${web} | json ${filter} [1m]))`;
    const response = await loki.get('query_range', { query: query('') }).expect(400);
    expect(response.text).toMatch(/^pipeline error: 'JSONParserErr' for series/);
    await loki.get('query_range', { query: query('| __error__=""') }).expect(200);
  });

  it('refuses more series than Loki gives', async () => {
    const lines500 = Array.from(
      { length: 501 },
      (_, id) => [1000, `{"id":${id}}`] as [number, string],
    );
    await loki.push('tenant-a', [{ stream: { app: 'many' }, lines: lines500 }]).expect(204);
    const query = 'count_over_time({app="many"} | json [1m])';
    const response = await loki.get('query_range', { query }).expect(400);
    expect(response.text).toMatch(/^maximum number of series \(500\) reached/);
  });
});

describe('query', () => {
  it('gives numbers at one time', async () => {
    const query = `sum by (pod) (count_over_time(${web}[1m]))`;
    const response = await loki.get('query', { query }).expect(200);
    expect(response.body.data).toMatchObject({
      resultType: 'vector',
      result: [
        { metric: { pod: 'p1' }, value: [testNow / 1000, '2'] },
        { metric: { pod: 'p2' }, value: [testNow / 1000, '2'] },
      ],
    });
  });

  it('gives no lines', async () => {
    const response = await loki.get('query', { query: web }).expect(400);
    expect(response.text).toMatch(/^log queries are not supported as an instant query type/);
  });
});

describe('labels and series', () => {
  it('lists names, values and streams of the tenant', async () => {
    const names = await loki.get('labels', {}).expect(200);
    expect(names.body.data).toEqual(['app', 'pod', 'service_name']);
    const values = await loki.get('label/pod/values', {}).expect(200);
    expect(values.body.data).toEqual(['p1', 'p2']);
    const filtered = await loki.get('label/pod/values', { query: '{pod="p2"}' }).expect(200);
    expect(filtered.body.data).toEqual(['p2']);
    const series = await loki.get('series', { 'match[]': '{pod="p1"}' }).expect(200);
    expect(series.body.data).toEqual([{ app: 'web', pod: 'p1', service_name: 'web' }]);
  });

  it('leaves out an empty list', async () => {
    expect((await loki.get('labels', {}, 'nobody')).body).toEqual({ status: 'success' });
    expect((await loki.get('label/nope/values', {})).body).toEqual({ status: 'success' });
  });

  it('wants a selector for series', async () => {
    const without = await loki.get('series', {});
    expect([without.status, without.text]).toEqual([400, '0 matcher groups supplied']);
    const more = await loki.get('series', { 'match[]': '{app="web"} | json' });
    expect([more.status, more.text]).toEqual([400, 'only label matchers are supported']);
  });
});

it('knows no other path', async () => {
  const response = await loki.get('nope', {}).expect(404);
  expect(response.text).toBe('404 page not found\n');
});
