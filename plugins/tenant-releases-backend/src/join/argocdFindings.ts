import { applicationFindings } from './applicationFindings';
import { healthFindings } from './healthFindings';
import { finding, isWithin, mergedAt, syncGraceSeconds, type Finding } from './releaseFindings';
import type { DesiredState, ReleaseParts } from './releaseParts';
import { failedSync, isUntouched, syncFindings } from './syncFindings';

/** What comparing Git with Argo CD tells. */
export function argocdFindings(parts: ReleaseParts): Finding[] {
  const { desired, application, freshness, mismatches = [], now } = parts;
  if (freshness.argocd.state === 'unknown') return [];
  if (!application) {
    if (mismatches.length > 0) return [mismatch(mismatches)];
    // While Argo CD is away, a new Application would not be seen.
    if (!desired?.file) return [];
    return freshness.argocd.state === 'ok' ? [notDeployed(desired, now)] : [notTold()];
  }
  const failed = failedSync(parts);
  const found = applicationFindings(parts);
  if (!failed && isUntouched(application)) return [...found, ...syncFindings(parts, failed)];
  return [
    ...found,
    ...(failed ? [failed] : []),
    ...syncFindings(parts, failed),
    ...healthFindings(parts),
  ];
}

function notDeployed(desired: DesiredState, now: Date): Finding {
  const since = mergedAt(desired);
  const isYoung = since === undefined || isWithin(since, syncGraceSeconds, now);
  return finding(
    isYoung ? 'progressing' : 'drifted',
    'NOT_DEPLOYED',
    'Git holds the tenant, but Argo CD has no Application for it yet.',
    since,
  );
}

function notTold(): Finding {
  return finding(
    'unknown',
    'SYNC_UNKNOWN',
    'Nobody knows whether it is deployed: Argo CD has not told of an Application before it went away.',
  );
}

/** Says nothing of whose the other Application is: who reads it may own this tenant only. */
function mismatch(clauses: readonly string[]): Finding {
  return finding(
    'unknown',
    'APPLICATION_MISMATCH',
    `Argo CD has an Application that looks like this tenant's and is not counted for it: ${clauses.join(
      ', ',
    )}.`,
  );
}
