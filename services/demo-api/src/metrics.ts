import { isMainThread } from 'node:worker_threads';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { measureThread, unusedPrecision } from './threadMetrics';

/** What the service measures about itself. */
export interface Metrics {
  registry: Registry;
  /** Seconds from the first byte of a request to the end of its answer. */
  requestDuration: Histogram<'method' | 'route' | 'status'>;
  /** Requests that are being answered now. */
  requestsInFlight: Gauge;
}

/**
 * Upper bounds in seconds. `/work` takes 10 to 60 ms and failing requests some tenths of a second,
 * so the buckets are narrow there; 5 s is more than any request is allowed.
 */
const durationBuckets = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5];

/** The metrics of one instance, in a registry of their own. */
export function createMetrics(build: { version: string; commit: string }): Metrics {
  const registry = new Registry();
  if (isMainThread) {
    collectDefaultMetrics({ register: registry });
  } else {
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: unusedPrecision });
    measureThread(registry);
  }
  new Gauge({
    name: 'demo_api_build_info',
    help: 'Always 1; the labels say which build runs.',
    labelNames: ['version', 'commit'],
    registers: [registry],
  }).set({ version: build.version, commit: build.commit }, 1);
  return {
    registry,
    requestDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Duration of HTTP requests by method, route pattern and status code.',
      labelNames: ['method', 'route', 'status'],
      buckets: durationBuckets,
      registers: [registry],
    }),
    requestsInFlight: new Gauge({
      name: 'http_requests_in_flight',
      help: 'HTTP requests that are being answered.',
      registers: [registry],
    }),
  };
}
