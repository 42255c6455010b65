import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Config } from './config';
import { createFaults, InjectedFault } from './faults';
import type { Log } from './log';
import { createMetrics, type Metrics } from './metrics';
import { observe, setFailure } from './observe';
import { logNormalDuration, longestWork, work, type Random } from './work';

/** Where the process is in its life; only a `ready` one wants traffic. */
export type Phase = 'starting' | 'ready' | 'draining';

/** What {@link createApp} needs. */
export interface AppOptions {
  config: Pick<Config, 'tenant' | 'version' | 'commit' | 'faultRatio'>;
  log: Log;
  /** Asked on every request. */
  phase: () => Phase;
  metrics?: Metrics;
  random?: Random;
}

/** Parses `?ms=`: undefined when absent, 'invalid' when it is no number from 0 to {@link longestWork}. */
function parseMilliseconds(value: unknown): number | undefined | 'invalid' {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d{1,5}$/.test(value)) return 'invalid';
  return Number(value) <= longestWork ? Number(value) : 'invalid';
}

/** The service's routes. All answers are JSON but those of `/metrics`. */
export function createApp(options: AppOptions): Express {
  const { config, log, phase } = options;
  const random = options.random ?? Math.random;
  const metrics = options.metrics ?? createMetrics(config);
  const mayFail = createFaults(config.faultRatio, random);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(observe({ log, metrics }));
  app.use((_request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    // A kept connection would come back to a process that is about to end.
    if (phase() === 'draining') response.setHeader('Connection', 'close');
    next();
  });

  app.get('/', async (_request, response) => {
    await mayFail();
    const { tenant, version, commit } = config;
    response.json({ service: 'demo-api', tenant, version, commit });
  });

  app.get('/work', async (request, response) => {
    const milliseconds = parseMilliseconds(request.query.ms);
    if (milliseconds === 'invalid') {
      response.status(400).json({ error: `ms must be a whole number from 0 to ${longestWork}` });
      return;
    }
    await mayFail();
    response.json(await work(milliseconds ?? logNormalDuration(25, random)));
  });

  // Liveness says only that the event loop turns: a draining process must not be killed for it.
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });

  app.get('/readyz', (_request, response) => {
    const current = phase();
    response.status(current === 'ready' ? 200 : 503).json({ status: current });
  });

  app.get('/metrics', async (_request, response) => {
    const text = await metrics.registry.metrics();
    response.setHeader('Content-Type', metrics.registry.contentType);
    response.end(text);
  });

  app.use((_request, response) => {
    response.status(404).json({ error: 'no such route', requestId: response.locals.requestId });
  });

  // Express knows an error handler by its four parameters.
  const onError: ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { requestId } = response.locals;
    if (error instanceof InjectedFault) {
      setFailure(response, error.message);
    } else {
      setFailure(response, 'unexpected error');
      log('error', 'unexpected error', { requestId, stack: String(error?.stack ?? error) });
    }
    response.status(500).json({ error: 'internal error', requestId });
  };
  app.use(onError);
  return app;
}
