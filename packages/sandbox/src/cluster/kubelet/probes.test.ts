import http from 'node:http';
import { systemClock } from '../model/clock';
import { Container } from '../model/workloads';
import { eventually } from '../testing/eventually';
import { check, probePort, runProbe } from './probes';

let status = 200;
const server = http.createServer((request, response) => {
  if (request.url !== '/slow') {
    response.writeHead(status).end();
  }
});
let target = { port: 0, podIP: '10.244.0.2', containerPort: 8000 };

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  target = { ...target, port: (server.address() as { port: number }).port };
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});
beforeEach(() => {
  status = 200;
});

const get = (path: string) => ({ httpGet: { path, port: 8000 } });

it.each([
  [200, { healthy: true }],
  [204, { healthy: true }],
  [302, { healthy: true }],
  [404, { healthy: false, why: 'HTTP probe failed with statuscode: 404' }],
  [503, { healthy: false, why: 'HTTP probe failed with statuscode: 503' }],
])('an answer %d', async (code, expected) => {
  status = code;
  await expect(check(get('/x'), target)).resolves.toEqual(expected);
});

it('says what the kubelet says of a port that is closed and of an answer that does not come', async () => {
  await expect(check(get('/x'), { ...target, port: 1 })).resolves.toEqual({
    healthy: false,
    why: 'Get "http://10.244.0.2:8000/x": dial tcp 10.244.0.2:8000: connect: connection refused',
  });
  await expect(check({ ...get('/slow'), timeoutSeconds: 0.1 }, target)).resolves.toEqual({
    healthy: false,
    why: 'Get "http://10.244.0.2:8000/slow": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
  });
});

it('knows TCP probes, and lets pass what it cannot run', async () => {
  const tcp = { tcpSocket: { port: 8000 } };
  await expect(check(tcp, target)).resolves.toEqual({ healthy: true });
  await expect(check(tcp, { ...target, port: 1 })).resolves.toMatchObject({ healthy: false });
  await expect(check({}, target)).resolves.toEqual({ healthy: true });
});

it('reports a change only when the threshold is reached', async () => {
  const changes: boolean[] = [];
  const failures: string[] = [];
  const stop = new AbortController();
  const running = runProbe(
    systemClock,
    { ...get('/x'), periodSeconds: 0.05, failureThreshold: 3 },
    target,
    stop.signal,
    { onChange: healthy => changes.push(healthy), onFailure: why => failures.push(why) },
  );
  await eventually(() => expect(changes).toContain(true));
  status = 500;
  await eventually(() => expect(changes).toContain(false));
  expect(failures.length).toBeGreaterThanOrEqual(3);
  status = 200;
  await eventually(() => expect(changes.at(-1)).toBe(true));
  stop.abort();
  await running;
});

it('comes first when the process listens, not a period later', async () => {
  const late = http.createServer((_request, response) => response.end('ok'));
  const probe = await new Promise<http.Server>(resolve => {
    const free = http.createServer().listen(0, '127.0.0.1', () => resolve(free));
  });
  const { port } = probe.address() as { port: number };
  await new Promise(resolve => probe.close(resolve));
  const begun = Date.now();
  const stop = new AbortController();
  let healthyAfter = 0;
  const running = runProbe(
    systemClock,
    { ...get('/'), periodSeconds: 10 },
    { ...target, port },
    stop.signal,
    {
      onChange: () => {
        healthyAfter = Date.now() - begun;
      },
      onFailure: () => undefined,
      until: () => true,
    },
  );
  setTimeout(() => late.listen(port, '127.0.0.1'), 200);
  await running;
  expect(healthyAfter).toBeGreaterThanOrEqual(190);
  expect(healthyAfter).toBeLessThan(5000);
  late.closeAllConnections();
  await new Promise(resolve => late.close(resolve));
});

it.each([
  ['http', 8000],
  ['metrics', 9000],
  [1234, 1234],
])('finds the port %s', (port, expected) => {
  const container: Container = {
    name: 'web',
    image: 'web:1',
    ports: [
      { name: 'http', containerPort: 8000 },
      { name: 'metrics', containerPort: 9000 },
    ],
  };
  expect(probePort(container, { httpGet: { port } })).toBe(expected);
});
