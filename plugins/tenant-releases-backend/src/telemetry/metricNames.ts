import type { MetricPreset } from '../config/telemetryServer';

/** How a service counts its requests, and what it uses. */
export interface MetricNames {
  labels: { namespace: string; service: string };
  /** Further matchers of each selector of requests. */
  matchers: string[];
  /** Counter of requests. */
  requests: string;
  /** Histogram of durations, without `_bucket`: as a native histogram it has no such series. */
  durations: string;
  /** Whether `requests` is the histogram's own count: then a native histogram counts them too. */
  isCountOfDurations: boolean;
  /** Durations are multiplied by it to be seconds. */
  seconds: number;
  /** Matchers of the requests that the service failed, and of the others. */
  failed: string;
  served: string;
  /** Gauge of resident bytes and rate of CPU seconds, where the preset has them. */
  memory?: string;
  cpu?: { counter: string } | { usage: string; cores: string };
}

const usual = { namespace: 'namespace', service: 'service' };

/**
 * The names by preset.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 * @see https://docs.spring.io/spring-boot/reference/actuator/metrics.html
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export const metricNames: Record<MetricPreset, MetricNames> = {
  'prom-client': {
    labels: usual,
    matchers: [],
    ...histogram('http_request_duration_seconds'),
    ...byStatus('status'),
    cpu: { counter: 'process_cpu_seconds_total' },
    memory: 'process_resident_memory_bytes',
  },
  opentelemetry: {
    labels: usual,
    matchers: [],
    ...histogram('http_server_request_duration_seconds'),
    ...byStatus('http_response_status_code'),
    cpu: { counter: 'process_cpu_time_seconds_total' },
    memory: 'process_memory_usage_bytes',
  },
  spring: {
    labels: usual,
    matchers: [],
    ...histogram('http_server_requests_seconds'),
    failed: 'outcome="SERVER_ERROR"',
    served: 'outcome!="SERVER_ERROR"',
    cpu: { usage: 'process_cpu_usage', cores: 'system_cpu_count' },
    memory: 'jvm_memory_used_bytes',
  },
  istio: {
    labels: {
      namespace: 'destination_service_namespace',
      service: 'destination_workload',
    },
    // Both ends report a request; the caller's report would count it twice.
    matchers: ['reporter!="source"'],
    requests: 'istio_requests_total',
    durations: 'istio_request_duration_milliseconds',
    isCountOfDurations: false,
    seconds: 0.001,
    ...byStatus('response_code'),
  },
};

function histogram(name: string) {
  return { requests: `${name}_count`, durations: name, isCountOfDurations: true, seconds: 1 };
}

function byStatus(label: string) {
  return { failed: `${label}=~"5.."`, served: `${label}!~"5.."` };
}
