import { shorten, shortenError } from '@internal/gitops';
import { ahead, hasNewSettings, mergeOf, otherVersion, skipped } from './gitAhead';
import { defaultGraceSeconds, finding, isWithin, type Finding } from './releaseFindings';
import type { ApplicationState, ReleaseParts } from './releaseParts';
import { runningSync } from './runningSync';

/** For a moment after a sync Argo CD still shows the comparison from before it. */
const comparisonSeconds = 15;

/** Whether Argo CD has only looked at it so far: nothing was ever synced, nor is anything there that could be compared. */
export function isUntouched({ sync, operation, version }: ApplicationState): boolean {
  return sync.status === 'OutOfSync' && operation === undefined && version === undefined;
}

/** A sync that did not come to its end as it should have, as far as it still matters. */
export function failedSync(parts: ReleaseParts): Finding | undefined {
  const { sync, operation, problem, problemSince, isComparisonProblem, destinationProblem } =
    parts.application!;
  if (problem !== undefined && destinationProblem === undefined) {
    const { graceSeconds = defaultGraceSeconds, now } = parts;
    return finding(
      // Argo CD's own restart makes every Application fail for a moment.
      isWithin(problemSince, graceSeconds, now) ? 'progressing' : 'degraded',
      'SYNC_FAILED',
      `Argo CD cannot ${
        isComparisonProblem === false ? 'sync it' : 'compare Git with the cluster'
      }: ${shortenError(problem)}`,
      problemSince,
    );
  }
  if (!operation || (operation.phase !== 'Failed' && operation.phase !== 'Error')) return undefined;
  // A failed operation is history once another revision, or the same one by another way, is in sync.
  const stillMatters =
    sync.status !== 'Synced' ||
    (sync.revision !== undefined && sync.revision === operation.revision);
  if (!stillMatters) return undefined;
  const { finishedAt } = operation;
  if (/\boperation (was )?terminated\b/i.test(operation.message ?? '')) {
    return finding(
      'progressing',
      'SYNC_TERMINATED',
      'The sync was ended before it was done, by a person or by its time limit: it waits for the next one.',
      finishedAt,
    );
  }
  return finding(
    'degraded',
    'SYNC_FAILED',
    `Argo CD could not sync${operation.message ? `: ${shortenError(operation.message)}` : '.'}`,
    finishedAt,
  );
}

/** How far Argo CD is with what Git wants. */
export function syncFindings(parts: ReleaseParts, failed: Finding | undefined): Finding[] {
  if (!parts.application) return [];
  const found = comparedFindings(parts, failed);
  const isTold = found.some(({ reason }) => reason.code === 'RECONCILE_SKIPPED');
  if (!parts.application.isSkipped || isTold) return found;
  return [
    ...found,
    finding('unknown', 'RECONCILE_SKIPPED', `${skipped} Sync and health may be out of date.`),
  ];
}

/** What Argo CD's comparison and its operation tell. */
function comparedFindings(parts: ReleaseParts, failed: Finding | undefined): Finding[] {
  const application = parts.application!;
  const { sync, operation } = application;
  if (operation?.phase === 'Running' || operation?.phase === 'Terminating') {
    return runningSync(parts, operation);
  }
  if (isUntouched(application) && !failed) {
    return [ahead(parts, 'Argo CD has not synced it for the first time yet.', mergeOf(parts))];
  }
  const waiting = otherVersion(parts);
  if (waiting !== undefined) return [ahead(parts, waiting, mergeOf(parts))];
  if (failed) return [];
  if (sync.status === 'OutOfSync') return [outOfSync(parts)];
  if (sync.status === 'Unknown' && application.problem === undefined) {
    return [
      finding('unknown', 'SYNC_UNKNOWN', 'Argo CD does not say whether it is in sync with Git.'),
    ];
  }
  return [];
}

/** The version is the same, and yet the cluster is not as Git wants it. */
function outOfSync(parts: ReleaseParts): Finding {
  const { application, now } = parts;
  const { operation, inputs, driftedResources, leftovers = [] } = application!;
  if (hasNewSettings(application!)) {
    return ahead(parts, 'Git has changed settings that are not synced yet.', inputs?.at);
  }
  if (isWithin(operation?.finishedAt, comparisonSeconds, now)) {
    return finding(
      'progressing',
      'ROLLING_OUT',
      'Argo CD has applied a change and is looking at the result.',
      operation?.finishedAt,
    );
  }
  if (leftovers.length > 0 && !driftedResources) {
    return finding(
      'in-sync',
      'LEFTOVERS',
      `What Git no longer holds waits to be pruned: ${namesOf(leftovers)}.`,
    );
  }
  const named = driftedResources && namesOf(driftedResources);
  return finding(
    'drifted',
    'MANUAL_CHANGE',
    `The cluster differs from Git although the version is the same${named ? `: ${named}` : ''}.`,
  );
}

function namesOf(resources: readonly string[]): string {
  return resources
    .slice(0, 3)
    .map(name => shorten(name, 100))
    .join(', ');
}
