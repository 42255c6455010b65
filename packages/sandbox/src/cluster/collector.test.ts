import http from 'node:http';
import { Collector, StreamLabels, collectorDefaults, pushBody } from './collector';
import { systemClock } from './model/clock';
import { eventually } from './testing/eventually';

const labels = (namespace: string, pod = 'web-1'): StreamLabels => ({
  namespace,
  pod,
  container: 'web',
  app: 'demo-api',
  version: 'sha-1',
  cluster: 'in-cluster',
});

interface Push {
  url: unknown;
  tenant: unknown;
  body: ReturnType<typeof pushBody>;
}

const pushes: Push[] = [];
let status = 204;
const loki = http.createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  if (status === 204) {
    pushes.push({
      url: request.url,
      tenant: request.headers['x-scope-orgid'],
      body: JSON.parse(text),
    });
  }
  response.writeHead(status).end(status === 204 ? undefined : 'no thanks');
});
let url: string;

beforeAll(async () => {
  await new Promise<void>(resolve => loki.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(loki.address() as { port: number }).port}`;
});
afterAll(async () => {
  loki.closeAllConnections();
  await new Promise(resolve => loki.close(resolve));
});
beforeEach(() => {
  pushes.length = 0;
  status = 204;
});

function start(change: Partial<ConstructorParameters<typeof Collector>[0]> = {}) {
  const lines: string[] = [];
  const collector = new Collector(
    { ...collectorDefaults, url, batchDelay: 20, firstRetry: 20, lastRetry: 50, ...change },
    systemClock,
    line => lines.push(line),
  );
  return { collector, lines };
}

it('groups lines into streams', () => {
  expect(
    pushBody([
      { labels: labels('a', 'p1'), time: 1n, text: 'x' },
      { labels: labels('a', 'p2'), time: 2n, text: 'y' },
      { labels: labels('a', 'p1'), time: 3n, text: 'z' },
    ]),
  ).toEqual({
    streams: [
      {
        stream: labels('a', 'p1'),
        values: [
          ['1', 'x'],
          ['3', 'z'],
        ],
      },
      { stream: labels('a', 'p2'), values: [['2', 'y']] },
    ],
  });
});

it('sends the lines of each namespace under its name', async () => {
  const { collector } = start();
  collector.add(labels('tenant-a'), 1n, 'one');
  collector.add(labels('tenant-b'), 2n, 'two');
  collector.add(labels('tenant-a'), 3n, 'three');
  await eventually(() => expect(pushes).toHaveLength(2));
  expect(new Set(pushes.map(push => push.url))).toEqual(new Set(['/loki/api/v1/push']));
  expect(pushes.map(push => [push.tenant, push.body.streams[0].values])).toEqual([
    [
      'tenant-a',
      [
        ['1', 'one'],
        ['3', 'three'],
      ],
    ],
    ['tenant-b', [['2', 'two']]],
  ]);
  await collector.close();
});

it('keeps lines while Loki is away and says so once', async () => {
  status = 503;
  const { collector, lines } = start();
  collector.add(labels('tenant-a'), 1n, 'one');
  const away = ['collector: Loki is away, keeping lines: 503 no thanks'];
  await eventually(() => expect(lines).toEqual(away));
  await new Promise(resolve => setTimeout(resolve, 200));
  collector.add(labels('tenant-a'), 2n, 'two');
  expect(lines).toEqual(away);
  status = 204;
  await eventually(() =>
    expect(pushes.flatMap(push => push.body.streams[0].values)).toHaveLength(2),
  );
  await eventually(() => expect(lines.at(-1)).toBe('collector: Loki takes lines again'));
  expect(collector.dropped).toBe(0);
  await collector.close();
});

it('drops the oldest lines when there are too many, and counts them', async () => {
  const { collector } = start({ url: 'http://127.0.0.1:1', maximumLines: 3 });
  for (let count = 0; count < 5; count += 1) {
    collector.add(labels('tenant-a'), BigInt(count), String(count));
  }
  expect(collector.dropped).toBe(2);
  await collector.close();
});

it('gives up on lines that Loki refuses for good', async () => {
  status = 400;
  const { collector, lines } = start();
  collector.add(labels('tenant-a'), 1n, 'one');
  await eventually(() => expect(collector.dropped).toBe(1));
  expect(lines[0]).toContain('refuses 1 lines of tenant-a: 400 no thanks');
  await collector.close();
});

it('sends what is left when it is closed', async () => {
  const { collector } = start({ batchDelay: 60_000 });
  collector.add(labels('tenant-a'), 1n, 'last');
  await collector.close();
  expect(pushes).toHaveLength(1);
});
