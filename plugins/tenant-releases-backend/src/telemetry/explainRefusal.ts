import type { TelemetryServer } from '../config/telemetryConfig';
import type { UpstreamError } from '@internal/gitops';

/**
 * The words of Prometheus, Thanos, Mimir, VictoriaMetrics and Loki for a query that reads or returns more than they allow:
 * "the query time range exceeds the limit", "would load too many samples", "maximum number of series".
 */
const tooLarge = /exceed|too many|maximum (number )?of|\bmax[\w-]*per-?query/i;

/** What a refused query means and the cure, to follow the class of the error; '' where the class says it all. */
export function explainRefusal(
  kind: TelemetryServer['kind'],
  { errorClass, refusal }: UpstreamError,
): string {
  const key = `tenantReleases.telemetry[].${kind}`;
  if (errorClass === 'forbidden') {
    return `: it does not allow the queries of this tenant. Let it, or correct ${key}.orgId`;
  }
  const status = refusal?.status;
  if ((status === 400 || status === 422) && tooLarge.test(refusal!.text)) {
    return ': the query reads more than it allows. Choose a shorter range';
  }
  if (status === 400) {
    return `: it refused the query. Where a tenancy proxy wants a parameter, set it in ${key}.query`;
  }
  return '';
}
