import { finding, isWithin, type Finding } from './releaseFindings';
import type { ApplicationState, DesiredState, ReleaseParts } from './releaseParts';
import { shortenError } from './shorten';

/** A merge is synced within this many seconds when all is well: Argo CD polls Git every three minutes by default. */
const syncGraceSeconds = 300;

/** For a moment after a sync Argo CD still shows the comparison from before it. */
const comparisonSeconds = 15;

/** What comparing Git with Argo CD tells. */
export function argocdFindings(parts: ReleaseParts): Finding[] {
  const { desired, application, freshness, now } = parts;
  if (freshness.argocd.state === 'unknown') return [];
  if (!application) {
    // While Argo CD is away, a new Application would not be seen: nothing is said then.
    return desired?.file && freshness.argocd.state === 'ok' ? [notDeployed(desired, now)] : [];
  }
  const failed = syncFailed(application);
  if (!failed && isUntouched(application)) return [notSynced(desired, now)];
  return [
    ...(failed ? [failed] : []),
    ...behindGit(desired, application, failed !== undefined, now),
    ...health(application),
  ];
}

/** Whether Argo CD has only looked at it so far: nothing was ever synced, nor is anything there that could be compared. */
export function isUntouched({ sync, operation, version }: ApplicationState): boolean {
  return sync.status === 'OutOfSync' && operation === undefined && version === undefined;
}

function notSynced(desired: DesiredState | undefined, now: Date): Finding {
  const since = mergedAt(desired);
  const late = since !== undefined && !isWithin(since, syncGraceSeconds, now);
  return finding(
    late ? 'drifted' : 'progressing',
    'GIT_AHEAD',
    'Argo CD has not synced it for the first time yet.',
    since,
  );
}

function mergedAt(desired: DesiredState | undefined): string | undefined {
  if (desired && desired.problems.length > 0) return undefined;
  return desired?.change?.pullRequest?.mergedAt ?? desired?.change?.committedAt;
}

function notDeployed(desired: DesiredState, now: Date): Finding {
  const since = mergedAt(desired);
  const state =
    since === undefined || isWithin(since, syncGraceSeconds, now) ? 'progressing' : 'drifted';
  return finding(
    state,
    'NOT_DEPLOYED',
    'Git holds the tenant, but Argo CD has no Application for it yet.',
    since,
  );
}

function syncFailed({
  sync,
  operation,
  problem,
  problemSince,
}: ApplicationState): Finding | undefined {
  if (problem !== undefined) {
    return finding(
      'degraded',
      'SYNC_FAILED',
      `Argo CD cannot compare Git with the cluster: ${shortenError(problem)}`,
      problemSince,
    );
  }
  if (!operation) return undefined;
  const message = operation.message ? `: ${shortenError(operation.message)}` : '.';
  const failed = operation.phase === 'Failed' || operation.phase === 'Error';
  // A failed operation is history once another revision, or the same one by another way, is in sync.
  const stillMatters =
    sync.status !== 'Synced' ||
    (sync.revision !== undefined && sync.revision === operation.revision);
  if (failed && stillMatters) {
    return finding(
      'degraded',
      'SYNC_FAILED',
      `Argo CD could not sync${message}`,
      operation.finishedAt,
    );
  }
  if (operation.phase === 'Running' && /retrying attempt/i.test(operation.message ?? '')) {
    return finding(
      'progressing',
      'SYNC_FAILED',
      `Argo CD could not sync and tries again${message}`,
      operation.startedAt,
    );
  }
  return undefined;
}

function behindGit(
  desired: DesiredState | undefined,
  application: ApplicationState,
  failed: boolean,
  now: Date,
): Finding[] {
  const { sync, operation, version } = application;
  const wanted = desired?.file?.version;
  const since = mergedAt(desired);
  if (wanted !== undefined && version !== undefined && wanted !== version) {
    const late = since !== undefined && !isWithin(since, syncGraceSeconds, now);
    return [
      finding(
        late ? 'drifted' : 'progressing',
        'GIT_AHEAD',
        `Git wants ${wanted}; Argo CD has synced ${version} so far.`,
        since,
      ),
    ];
  }
  if (sync.status !== 'OutOfSync' || failed) return [];
  if (operation?.phase === 'Running') {
    return [
      finding('progressing', 'ROLLING_OUT', 'Argo CD is applying a change.', operation.startedAt),
    ];
  }
  const newRevision =
    operation?.revision !== undefined &&
    sync.revision !== undefined &&
    operation.revision !== sync.revision;
  if (newRevision) {
    return [
      finding('progressing', 'GIT_AHEAD', 'Git has changed settings that are not synced yet.'),
    ];
  }
  if (isWithin(operation?.finishedAt, comparisonSeconds, now)) {
    return [
      finding(
        'progressing',
        'ROLLING_OUT',
        'Argo CD has applied a change and is looking at the result.',
        operation?.finishedAt,
      ),
    ];
  }
  const named = application.driftedResources?.slice(0, 3).join(', ');
  return [
    finding(
      'drifted',
      'MANUAL_CHANGE',
      `The cluster differs from Git although the version is the same${named ? `: ${named}` : ''}.`,
    ),
  ];
}

function health({
  health: { status, message },
  healthSince,
  operation,
}: ApplicationState): Finding[] {
  const because = message ? `: ${shortenError(message)}` : '.';
  if (status === 'Degraded') {
    return [
      finding('degraded', 'HEALTH_DEGRADED', `Argo CD calls it Degraded${because}`, healthSince),
    ];
  }
  if (status === 'Missing' && operation?.phase !== 'Running') {
    return [
      finding(
        'degraded',
        'HEALTH_DEGRADED',
        `Parts of it are missing in the cluster${because}`,
        healthSince,
      ),
    ];
  }
  return [];
}
