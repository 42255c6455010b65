import { type Serving, percent } from '@internal/plugin-tenant-releases-common';
import { shorten, shortenError } from '@internal/gitops';
import { finding, type Finding } from './releaseFindings';
import type { PodState, ReleaseParts, ServingState } from './releaseParts';

/** Alerts that are told one by one; of more, how many there are. */
const maxAlerts = 3;
const longestName = 120;
const tooOld = 'Prometheus does not answer, and what it said last is too old to go by.';

/**
 * What the requests of a release and the alerts of its tenant say. After a roll-back with a hold, trouble of a version that
 * runs no more is still told, and alarms nobody.
 */
export function servingFindings(parts: ReleaseParts): Finding[] {
  const { serving, pods, desired } = parts;
  if (!serving) return [];
  const stateAfter = (isOver: boolean) => (isOver && desired?.file?.hold ? 'held' : 'degraded');
  const lastKnown = serving.freshness.state === 'ok' ? '' : ' (last known)';
  const found: Finding[] = [];
  const { requests } = serving;
  if (requests?.failing) {
    const { since, version } = requests.failing;
    const isOver = version !== undefined && pods.length > 0 && !runs(pods, version);
    const begun = version === undefined ? '' : ` since ${shorten(version, longestName)}`;
    const [fails, may] = [percent(requests.errorRatio), percent(requests.objective)];
    const part = fails === may ? `A little more than ${fails}` : fails;
    const text = `${part} of the requests fail${begun}, ${may} may${lastKnown}.`;
    found.push(finding(stateAfter(isOver), 'ERRORS_ABOVE_OBJECTIVE', text, since));
  }
  for (const { name, severity, summary, since } of serving.alerts.slice(0, maxAlerts)) {
    const told = summary ? `: ${shortenError(summary)}` : '';
    const kind = severity ? ` (${shorten(severity, 40)})` : '';
    const text = `Alert ${shorten(name, longestName)}${kind} fires${told}${lastKnown}`;
    found.push(finding(stateAfter(beganBefore(pods, since)), 'ALERT_FIRING', text, since));
  }
  const more = serving.alerts.length - maxAlerts;
  if (more > 0) {
    const text = `${more} more ${more === 1 ? 'alert fires' : 'alerts fire'}${lastKnown}.`;
    // One of them may have begun after those that are over.
    const areOver = serving.alerts.slice(maxAlerts).every(({ since }) => beganBefore(pods, since));
    found.push(finding(stateAfter(areOver), 'ALERT_FIRING', text));
  }
  return found;
}

/** The second truth of a release; absent where the caller knows of no telemetry at all. */
export function servingOf({ serving }: ReleaseParts): Serving | undefined {
  if (!serving) return undefined;
  const { requests, alerts, freshness, notMeasured, alertsUnknown } = serving;
  const stale = freshness.state === 'stale' ? { staleSeconds: freshness.ageSeconds } : {};
  const firing = alerts.length > 0 ? { alerts: alerts.length } : {};
  if (requests?.failing || alerts.length > 0) {
    return { status: 'failing', ...measured(requests), ...firing, ...stale };
  }
  // What was fine a while ago need not be so now.
  const why = freshness.state === 'stale' ? tooOld : notMeasured;
  if (why !== undefined) return { status: 'not-measured', why };
  const known = alertsUnknown === undefined ? {} : { why: alertsUnknown };
  return { status: requests ? 'serving' : 'idle', ...measured(requests), ...known };
}

function measured(requests: ServingState['requests']): Partial<Serving> {
  if (!requests) return {};
  const { errorRatio, objective, failing } = requests;
  return { errorRatio, objective, ...failing };
}

function runs(pods: readonly PodState[], version: string): boolean {
  return pods.some(pod => pod.version === version);
}

/** Whether every pod has started since: what began before is of pods that are gone. */
function beganBefore(pods: readonly PodState[], since: string | undefined): boolean {
  if (since === undefined || pods.length === 0) return false;
  return pods.every(({ startedAt }) => startedAt && Date.parse(startedAt) > Date.parse(since));
}
