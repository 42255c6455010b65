import { finding, isWithin, mergedAt, syncGraceSeconds, type Finding } from './releaseFindings';
import type { ApplicationState, ReleaseParts } from './releaseParts';
import { shortenError } from './shorten';

/** For a moment after a sync Argo CD still shows the comparison from before it. */
const comparisonSeconds = 15;

/** Whether Argo CD has only looked at it so far: nothing was ever synced, nor is anything there that could be compared. */
export function isUntouched({ sync, operation, version }: ApplicationState): boolean {
  return sync.status === 'OutOfSync' && operation === undefined && version === undefined;
}

/** A sync that did not come to its end as it should have, as far as it still matters. */
export function failedSync(application: ApplicationState): Finding | undefined {
  const { sync, operation, problem, problemSince, isComparisonProblem, destinationProblem } =
    application;
  if (problem !== undefined && destinationProblem === undefined) {
    return finding(
      'degraded',
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
      'Somebody ended the sync before it was done: it waits for the next one.',
      finishedAt,
    );
  }
  return finding(
    'degraded',
    'SYNC_FAILED',
    `Argo CD could not sync${because(operation)}`,
    finishedAt,
  );
}

/** How far Argo CD is with what Git wants. */
export function syncFindings(parts: ReleaseParts, failed: Finding | undefined): Finding[] {
  const { application } = parts;
  if (!application) return [];
  const { sync, operation } = application;
  if (operation?.phase === 'Running' || operation?.phase === 'Terminating') {
    return runningSync(parts);
  }
  if (isUntouched(application) && !failed) {
    return [ahead(parts, 'Argo CD has not synced it for the first time yet.', mergeOf(parts))];
  }
  const waiting = otherVersion(parts);
  if (waiting) return [waiting];
  if (failed) return [];
  if (sync.status === 'OutOfSync') return [outOfSync(parts)];
  if (sync.status === 'Unknown' && application.problem === undefined) {
    return [
      finding('unknown', 'SYNC_UNKNOWN', 'Argo CD does not say whether it is in sync with Git.'),
    ];
  }
  return [];
}

function because({ message }: { message?: string }): string {
  return message ? `: ${shortenError(message)}` : '.';
}

function runningSync(parts: ReleaseParts): Finding[] {
  const { sync, operation } = parts.application!;
  const { message = '', startedAt, phase, hooks = [] } = operation!;
  const told = otherVersion(parts);
  const also = told ? [told] : [];
  if (phase === 'Terminating') {
    return [
      finding('progressing', 'SYNC_TERMINATED', 'Somebody is ending the sync.', startedAt),
      ...also,
    ];
  }
  if (isBlocked(operation)) {
    return [ahead(parts, 'Somebody asked for a sync.', startedAt)];
  }
  if (/retrying attempt/i.test(message)) {
    return [
      finding(
        'progressing',
        'SYNC_RETRYING',
        `Argo CD could not sync and tries again${because(operation!)}`,
        startedAt,
      ),
      ...also,
    ];
  }
  const hook = hooks[0] ?? /waiting for completion of hook (?:\S*\/)?(\w+\/\S+)/.exec(message)?.[1];
  if (hook !== undefined) {
    return [
      finding(
        'progressing',
        'HOOKS_RUNNING',
        `Argo CD waits for the hook ${shortenError(hook, 80)} to end.`,
        startedAt,
      ),
      ...also,
    ];
  }
  if (told) return also;
  if (sync.status === 'Synced') return [];
  return [finding('progressing', 'ROLLING_OUT', 'Argo CD is applying a change.', startedAt)];
}

/** Git wants another version than the one that Argo CD has synced. */
function otherVersion(parts: ReleaseParts): Finding | undefined {
  const { desired, application } = parts;
  const { version, override, follows } = application!;
  // What overrules the file, or the other branch, is what the Application goes by.
  if (override) return undefined;
  const wanted = follows ? follows.version : desired?.file?.version;
  if (wanted === undefined || version === undefined || wanted === version) return undefined;
  const what = `Git wants ${wanted}; Argo CD has synced ${version} so far.`;
  return ahead(parts, what, mergeOf(parts));
}

/** When what it follows was changed; of another branch nobody knows. */
function mergeOf({ desired, application }: ReleaseParts): string | undefined {
  return application?.follows ? undefined : mergedAt(desired);
}

/** Argo CD's words for an asked-for sync that waits for its window. */
function isBlocked(operation: ApplicationState['operation']): boolean {
  return operation?.phase === 'Running' && /blocked by sync window/i.test(operation.message ?? '');
}

/** Git is ahead: somebody may want it so, and only else is it late after a while. */
function ahead({ application, now }: ReleaseParts, what: string, since?: string): Finding {
  const { isByHand, closedWindow, operation } = application!;
  if (isByHand && !isBlocked(operation)) {
    const text = `${what} Sync is by hand: it waits for a person.`;
    return finding('progressing', 'SYNC_BY_HAND', text, since);
  }
  if (closedWindow) {
    const { kind, schedule, until } = closedWindow;
    const shut = kind === 'deny' ? 'A sync window forbids it' : 'The sync window is closed';
    const text = `${what} ${shut}${until ? ` until ${until}` : ` (schedule ${schedule})`}.`;
    return finding('progressing', 'SYNC_WINDOW_CLOSED', text, since);
  }
  if (isBlocked(operation)) {
    return finding('progressing', 'SYNC_WINDOW_CLOSED', `${what} A sync window forbids it.`, since);
  }
  const late = since !== undefined && !isWithin(since, syncGraceSeconds, now);
  return finding(late ? 'drifted' : 'progressing', 'GIT_AHEAD', what, since);
}

/** The version is the same, and yet the cluster is not as Git wants it. */
function outOfSync(parts: ReleaseParts): Finding {
  const { application, now } = parts;
  const { operation, sync, inputs, driftedResources } = application!;
  const isOtherRevision =
    operation?.revision !== undefined &&
    sync.revision !== undefined &&
    operation.revision !== sync.revision;
  if (isOtherRevision && inputs?.changed !== false) {
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
  const named = driftedResources?.slice(0, 3).join(', ');
  return finding(
    'drifted',
    'MANUAL_CHANGE',
    `The cluster differs from Git although the version is the same${named ? `: ${named}` : ''}.`,
  );
}
