import request from 'supertest';
import { createApp, type AppOptions, type Phase } from './app';
import { createLog } from './log';
import { createMetrics } from './metrics';

interface Line {
  level: string;
  message: string;
  requestId: string;
  route: string;
  status: number;
  durationMs: number;
}

function start(options: Partial<AppOptions> & { faultRatio?: number } = {}) {
  const lines: Line[] = [];
  const { faultRatio = 0, ...rest } = options;
  const config = { tenant: 'tenant-a', version: 'sha-1a2b3c4', commit: 'c0ffee', faultRatio };
  const app = createApp({
    config,
    phase: () => 'ready',
    log: createLog({
      level: 'debug',
      constant: { tenant: config.tenant, version: config.version },
      write: line => lines.push(JSON.parse(line)),
    }),
    ...rest,
  });
  const samples = async () => (await request(app).get('/metrics')).text.split('\n');
  return { app, lines, samples };
}

describe('routes', () => {
  it('says at / who it is', async () => {
    const response = await request(start().app).get('/').expect(200);
    expect(response.body).toEqual({
      service: 'demo-api',
      tenant: 'tenant-a',
      version: 'sha-1a2b3c4',
      commit: 'c0ffee',
    });
    expect(response.headers['x-powered-by']).toBeUndefined();
    expect(response.headers['x-content-type-options']).toBe('nosniff');
  });

  it('works for as long as asked', async () => {
    const startedAt = performance.now();
    await request(start().app).get('/work?ms=30').expect(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(28);
  });

  it.each(['-1', '2001', '1e3', '5.5', 'abc', '', '5&ms=6', '999999999999'])(
    'refuses /work?ms=%s and names the parameter',
    async value => {
      const response = await request(start().app).get(`/work?ms=${value}`).expect(400);
      expect(response.body.error).toMatch(/^ms must be /);
    },
  );

  it('answers an unknown route with JSON', async () => {
    const response = await request(start().app).get('/nope').expect(404);
    expect(response.type).toBe('application/json');
    expect(response.body).toEqual({
      error: 'no such route',
      requestId: response.headers['x-request-id'],
    });
  });

  it.each<[Phase, number]>([
    ['starting', 503],
    ['ready', 200],
    ['draining', 503],
  ])('while %s is alive and answers /readyz with %d', async (phase, status) => {
    const { app } = start({ phase: () => phase });
    await request(app).get('/healthz').expect(200);
    const response = await request(app).get('/readyz').expect(status);
    expect(response.body).toEqual({ status: phase });
  });

  it('asks callers to leave while draining', async () => {
    const { app } = start({ phase: () => 'draining' });
    const response = await request(app).get('/work?ms=0').expect(200);
    expect(response.headers.connection).toBe('close');
  });
});

describe('request ids', () => {
  it('keeps a harmless one and puts it in the log', async () => {
    const { app, lines } = start();
    const response = await request(app).get('/').set('X-Request-Id', 'abc-1.2_3');
    expect(response.headers['x-request-id']).toBe('abc-1.2_3');
    expect(lines[0].requestId).toBe('abc-1.2_3');
  });

  it.each([['a b'], ['"}'], ['x'.repeat(65)], ['<script>']])('replaces %j', async given => {
    const { app, lines } = start();
    const response = await request(app).get('/').set('X-Request-Id', given);
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines[0].requestId).toBe(response.headers['x-request-id']);
  });
});

describe('logs', () => {
  it('has one line for a request with the fields that the log view reads', async () => {
    const { app, lines } = start();
    await request(app).get('/work?ms=5');
    expect(lines).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        level: 'info',
        message: 'GET /work 200',
        tenant: 'tenant-a',
        version: 'sha-1a2b3c4',
        requestId: expect.any(String),
        method: 'GET',
        route: '/work',
        status: 200,
        durationMs: expect.any(Number),
      },
    ]);
    expect(lines[0].durationMs).toBeGreaterThanOrEqual(4);
  });

  it('does not repeat paths that callers choose', async () => {
    const { app, lines } = start();
    await request(app).get('/secret-token-in-a-path');
    expect(lines[0]).toMatchObject({ level: 'warn', message: 'GET (unmatched) 404' });
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('mentions probes only at level debug', async () => {
    const { app, lines } = start();
    await request(app).get('/healthz');
    expect(lines[0]).toMatchObject({ level: 'debug', message: 'GET /healthz 200' });
  });
});

describe('faults', () => {
  it('answers 500 without a cause and logs the cause as an error', async () => {
    const { app, lines } = start({ faultRatio: 1 });
    const response = await request(app).get('/work').expect(500);
    expect(response.body).toEqual({
      error: 'internal error',
      requestId: response.headers['x-request-id'],
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'error', route: '/work', status: 500 });
    expect(lines[0].message).toMatch(/^GET \/work 500: .*order store/);
  });

  it('leaves probes and metrics alone', async () => {
    const { app } = start({ faultRatio: 1 });
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await request(app).get(path)).status).toBe(200);
    }
  });

  it('answers an unexpected error without its stack, which the log has', async () => {
    const metrics = createMetrics({ version: 'v', commit: 'c' });
    metrics.registry.metrics = () => Promise.reject(new Error('registry is broken'));
    const { app, lines } = start({ metrics });
    const response = await request(app).get('/metrics').expect(500);
    expect(response.text).not.toContain('registry is broken');
    expect(lines[0]).toMatchObject({ level: 'error', message: 'unexpected error' });
    expect(JSON.stringify(lines[0])).toContain('registry is broken');
  });
});

describe('metrics', () => {
  it('counts requests by route pattern and status', async () => {
    const { app, samples } = start();
    await request(app).get('/work?ms=1');
    await request(app).get('/work?ms=x');
    await request(app).get('/some/path/42');
    const text = await samples();
    const count = 'http_request_duration_seconds_count';
    expect(text).toContain(`${count}{method="GET",route="/work",status="200"} 1`);
    expect(text).toContain(`${count}{method="GET",route="/work",status="400"} 1`);
    expect(text).toContain(`${count}{method="GET",route="unmatched",status="404"} 1`);
    expect(text.join('\n')).not.toContain('/some/path');
  });

  it('does not count probes and scrapes as traffic', async () => {
    const { app, samples } = start({ phase: () => 'draining' });
    await request(app).get('/readyz');
    await samples();
    expect((await samples()).join('\n')).not.toMatch(/route="\/(readyz|metrics|healthz)"/);
  });

  it('says which build runs, what is in flight and how the process is', async () => {
    const { samples } = start();
    const text = await samples();
    expect(text).toContain('demo_api_build_info{version="sha-1a2b3c4",commit="c0ffee"} 1');
    // The scrape itself.
    expect(text).toContain('http_requests_in_flight 1');
    expect(text.some(line => /^process_resident_memory_bytes \d+/.test(line))).toBe(true);
    expect(text.some(line => /^nodejs_eventloop_lag_seconds /.test(line))).toBe(true);
  });
});
