import { shortenError } from '@internal/gitops';
import { ahead, isBlocked, isLate, mergeOf, otherVersion } from './gitAhead';
import { finding, isWithin, type Finding } from './releaseFindings';
import type { ApplicationState, ReleaseParts } from './releaseParts';

/** A sync that takes longer than this, with its hooks and all that it tries again, has come to a stop. Seconds. */
const operationSeconds = 7_200;

type Operation = NonNullable<ApplicationState['operation']>;

/** What a sync does that has not come to its end. */
export function runningSync(parts: ReleaseParts, operation: Operation): Finding[] {
  const { sync } = parts.application!;
  const { message = '', startedAt, phase, hooks = [] } = operation;
  if (isBlocked(operation)) return [ahead(parts, 'Somebody asked for a sync.', startedAt)];
  const isLong = startedAt !== undefined && !isWithin(startedAt, operationSeconds, parts.now);
  const waiting = otherVersion(parts);
  const also = waiting === undefined ? [] : [onItsWay(parts, waiting, isLong)];
  const still = isLong ? 'drifted' : 'progressing';
  if (phase === 'Terminating') {
    const text = /\btimeout\b/i.test(message)
      ? 'The sync has reached its time limit and is being ended.'
      : 'Somebody is ending the sync.';
    return [finding(still, 'SYNC_TERMINATED', text, startedAt), ...also];
  }
  if (/retrying attempt/i.test(message)) {
    const text = `Argo CD could not sync and tries again${because(operation)}`;
    return [
      finding(isLong ? 'degraded' : 'progressing', 'SYNC_RETRYING', text, startedAt),
      ...also,
    ];
  }
  const hook = hooks[0] ?? /waiting for completion of hook (?:\S*\/)?(\w+\/\S+)/.exec(message)?.[1];
  if (hook !== undefined) {
    const text = `Argo CD waits for the hook ${shortenError(hook, 80)} to end.`;
    return [finding(still, 'HOOKS_RUNNING', text, startedAt), ...also];
  }
  if (also.length > 0) return also;
  if (sync.status === 'Synced') return [];
  return [finding(still, 'ROLLING_OUT', 'Argo CD is applying a change.', startedAt)];
}

/** The version that a running sync brings: nobody waits for it in vain unless the sync stands still. */
function onItsWay(parts: ReleaseParts, what: string, isLong: boolean): Finding {
  const since = mergeOf(parts);
  // Of a part of the resources, or of a dry run, nothing comes.
  if (parts.application!.operation?.isPartial) return ahead(parts, what, since);
  return finding(
    isLong && isLate(since, parts.now) ? 'drifted' : 'progressing',
    'GIT_AHEAD',
    what,
    since,
  );
}

function because({ message }: { message?: string }): string {
  return message ? `: ${shortenError(message)}` : '.';
}
