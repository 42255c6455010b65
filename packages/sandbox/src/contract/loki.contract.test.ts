/** Holds our Loki to answers that a real Loki 3.7.6 gave, oddities included. */
import request from 'supertest';
import { createLoki, testNow } from '../loki/__testUtils__/lokiFixture';
import emptyMatcher from './recorded/loki/empty-matcher.json';
import labels from './recorded/loki/labels.json';
import noTenant from './recorded/loki/no-tenant.json';
import parseError from './recorded/loki/parse-error.json';
import push from './recorded/loki/push.json';
import pushTooOld from './recorded/loki/push-too-old.json';
import queryRange from './recorded/loki/query-range.json';
import queryRangeEmpty from './recorded/loki/query-range-empty.json';
import queryRangeMetric from './recorded/loki/query-range-metric.json';
import { shapeOf } from './shape';

let loki: ReturnType<typeof createLoki>;

/** What was pushed before the recordings were made, at the time of the test. */
const pushed = {
  streams: [
    {
      stream: { namespace: 'smoke', app: 'web', level: 'info' },
      values: [
        [`${testNow - 2000}000000`, 'level=info msg="listening" port=8080'],
        [`${testNow - 1000}000000`, 'level=info msg="request" path=/ status=200'],
      ],
    },
    {
      stream: { namespace: 'smoke', app: 'web', level: 'error' },
      values: [[`${testNow - 500}000000`, 'level=error msg="upstream refused" status=503']],
    },
  ],
};

interface Recording {
  request: string;
  status: number;
  contentType: string;
}

function send(recording: Recording, body?: object) {
  const [method, url] = recording.request.split(' ');
  const sent = method === 'POST' ? request(loki.app).post(url) : request(loki.app).get(url);
  return body ? sent.send(body) : sent;
}

const asTenant = (recording: Recording, body?: object) =>
  send(recording, body).set('X-Scope-OrgID', 'record');

function expectHead(
  response: { status: number; headers: Record<string, string> },
  recording: Recording,
) {
  expect(response.status).toBe(recording.status);
  expect(response.headers['content-type'] ?? '').toBe(recording.contentType);
}

let pushAnswer: request.Response;
beforeAll(async () => {
  loki = createLoki();
  pushAnswer = await asTenant(push, pushed);
});
afterAll(() => loki.close());

describe('Loki answers as recorded:', () => {
  it('a push with nothing', () => {
    expectHead(pushAnswer, push);
    expect(pushAnswer.text).toBe('');
  });

  it.each<[string, Recording & { body: string }]>([
    ['a parse error', parseError],
    ['a selector that matches everything', emptyMatcher],
  ])('%s with its exact text', async (_, recording) => {
    const response = await asTenant(recording);
    expectHead(response, recording);
    expect(response.text).toBe(recording.body);
  });

  it('a request without a tenant with 401', async () => {
    const response = await send(noTenant);
    expectHead(response, noTenant);
    expect(response.text).toBe(noTenant.body);
  });

  it('a line that is too old with the limit that it misses', async () => {
    const streams = [{ stream: { app: 'web' }, values: [['1000000000000000000', 'old']] }];
    const response = await asTenant(pushTooOld, { streams });
    expectHead(response, pushTooOld);
    const withoutLimit = (text: string) => text.replace(/[^ ]+Z\n$/, '');
    expect(withoutLimit(response.text)).toBe(withoutLimit(pushTooOld.body));
    expect(response.text).toContain('oldest acceptable timestamp is: 2026-11-16T10:00:00Z\n');
  });

  it('labels with those of streams, service_name included', async () => {
    const response = await asTenant(labels);
    expectHead(response, labels);
    expect(response.body).toEqual(labels.body);
  });

  it('lines with detected_level, and with clashing labels renamed', async () => {
    const response = await asTenant(queryRange);
    expectHead(response, queryRange);
    expect(shapeOf(response.body)).toEqual(shapeOf(queryRange.body));
    const { result } = response.body.data;
    const streams = (all: { stream: object }[]) => all.map(({ stream }) => stream);
    expect(streams(result)).toEqual(streams(queryRange.body.data.result));
    const text = (all: { values: string[][] }[]) => all.map(({ values }) => values.map(v => v[1]));
    expect(text(result)).toEqual(text(queryRange.body.data.result));
  });

  it('nothing found with an empty list and all statistics', async () => {
    const response = await asTenant(queryRangeEmpty);
    expectHead(response, queryRangeEmpty);
    expect(shapeOf(response.body)).toEqual(shapeOf(queryRangeEmpty.body));
  });

  it('numbers at whole multiples of the step', async () => {
    const response = await asTenant(queryRangeMetric);
    expectHead(response, queryRangeMetric);
    expect(shapeOf(response.body)).toEqual(shapeOf(queryRangeMetric.body));
    const values = (all: { metric: object; values: unknown[][] }[]) =>
      all.map(each => ({ metric: each.metric, values: each.values.map(([, value]) => value) }));
    expect(values(response.body.data.result)).toEqual(values(queryRangeMetric.body.data.result));
    expect(response.body.data.result[0].values[0][0] % 60).toBe(0);
  });
});
