import type { TelemetryServer } from '../config/telemetryConfig';
import type { UpstreamError } from '../upstream/UpstreamError';

/** What a refused query means and the cure, to follow the class of the error; '' where the class says it all. */
export function explainRefusal(
  kind: TelemetryServer['kind'],
  { errorClass, refusal }: UpstreamError,
): string {
  const key = `tenantReleases.telemetry[].${kind}`;
  if (errorClass === 'forbidden') {
    return `: it does not allow the queries of this tenant. Let it, or correct ${key}.orgId`;
  }
  if (errorClass === 'bad-answer' && refusal?.status === 400) {
    return `: it refused the query. Where a tenancy proxy wants a parameter, set it in ${key}.query`;
  }
  return '';
}
