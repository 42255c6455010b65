import type { Request, RequestHandler, Response } from 'express';
import type { Log, LogLevel } from './log';
import type { Metrics } from './metrics';
import { requestIdFrom } from './requestId';

/**
 * Routes that machines call every few seconds. They are logged only when they fail, and not
 * measured: a rollout's "not ready" answers are no errors of the service, and quick probes would
 * make its latency look better than callers find it.
 */
const operationalRoutes = new Set(['/healthz', '/readyz', '/metrics']);

/** The matched pattern and never the path itself: a label must not take values that callers choose. */
function routeOf(request: Request): string {
  const route: { path?: unknown } | undefined = request.route;
  return typeof route?.path === 'string' ? route.path : 'unmatched';
}

function levelOf(status: number, route: string): LogLevel {
  if (status >= 500 && route !== '/readyz') return 'error';
  if (status >= 400) return 'warn';
  return operationalRoutes.has(route) ? 'debug' : 'info';
}

/** Why a request failed, as the error handler left it for the log line of the request. */
export function setFailure(response: Response, message: string): void {
  response.locals.failure = message;
}

/** Gives each request an id, measures it and writes one log line when it has ended. */
export function observe(options: {
  log: Log;
  metrics: Metrics;
  /** Milliseconds of a clock that never goes back. */
  clock?: () => number;
}): RequestHandler {
  const { log, metrics } = options;
  const clock = options.clock ?? (() => performance.now());
  return (request, response, next) => {
    const startedAt = clock();
    const requestId = requestIdFrom(request.get('x-request-id'));
    response.locals.requestId = requestId;
    response.setHeader('X-Request-Id', requestId);
    metrics.requestsInFlight.inc();

    // 'close' comes after every request, also when the caller has gone away before the answer.
    response.once('close', () => {
      const durationMs = clock() - startedAt;
      const route = routeOf(request);
      // 499 is nginx's code for a caller that did not wait.
      const status = response.writableFinished ? response.statusCode : 499;
      const { method } = request;
      metrics.requestsInFlight.dec();
      if (!operationalRoutes.has(route)) {
        const labels = { method, route, status: String(status) };
        metrics.requestDuration.observe(labels, durationMs / 1000);
      }

      const failure: string | undefined = response.locals.failure;
      const message = `${method} ${route === 'unmatched' ? '(unmatched)' : route} ${status}`;
      log(levelOf(status, route), failure ? `${message}: ${failure}` : message, {
        requestId,
        method,
        route,
        status,
        durationMs: Math.round(durationMs * 10) / 10,
      });
    });
    next();
  };
}
