import {
  ApplicationSpec,
  ApplicationStatus,
  Condition,
  Operation,
  isMultiSource,
  ResourceStatus,
  revisionsOf,
  sourcesOf,
  SyncStatus,
} from '../application';
import { deepEqual, withoutUndefined } from '../json/json';

/**
 * Seconds between attempts to heal the same revision: 0, 2, 6, 18 ... and how long after the last one it starts anew.
 * Argo CD's own are the same but for the cooldown (330 s), which is too long to watch.
 */
const heal = { first: 2, factor: 3, longest: 300, cooldown: 30 };

/** What automation wants to do. */
export type AutoSyncDecision =
  | { kind: 'nothing' }
  | { kind: 'wait'; milliseconds: number }
  | { kind: 'condition'; condition: Condition }
  | { kind: 'operation'; operation: Operation };

/** Decides, by the rules of Argo CD's `autoSync`, whether an application that was just compared is synced. */
export function decideAutoSync(input: {
  spec: ApplicationSpec;
  status: ApplicationStatus | undefined;
  sync: SyncStatus;
  resources: ResourceStatus[];
  operationPending: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}): AutoSyncDecision {
  const { spec, status, sync, resources } = input;
  const automated = spec.syncPolicy?.automated;
  const revisions = revisionsOf(sync);
  if (!automated || automated.enabled === false || input.operationPending) {
    return { kind: 'nothing' };
  }
  if (revisions.length === 0) return { kind: 'nothing' };
  const named = `[${revisions.join(' ')}]`;
  if (sync.status !== 'OutOfSync') return { kind: 'nothing' };
  const onlyPruning = resources.every(each => each.status === 'Synced' || each.requiresPruning);
  if (!automated.prune && onlyPruning) return { kind: 'nothing' };

  const operation: Operation = withoutUndefined({
    sync: {
      ...(isMultiSource(spec)
        ? { revisions, sources: spec.sources }
        : { revision: revisions[0], source: spec.source }),
      prune: automated.prune || undefined,
      syncOptions: spec.syncPolicy?.syncOptions,
    },
    initiatedBy: { automated: true },
    retry: spec.syncPolicy?.retry ?? { limit: 5 },
  });
  const last = status?.operationState;
  if (wasAttempted(spec, status, revisions)) {
    if (last?.phase !== 'Succeeded') {
      return failure(`Failed last sync attempt to ${named}: ${last?.message ?? ''}`);
    }
    if (!automated.selfHeal) return { kind: 'nothing' };
    const finishedAt = last.finishedAt ? Date.parse(last.finishedAt) : 0;
    const since = (input.now - finishedAt) / 1_000;
    const count = since > heal.cooldown ? 0 : last.operation.sync?.autoHealAttemptsCount ?? 0;
    const remaining = healDelay(count) - since;
    if (remaining > 0) return { kind: 'wait', milliseconds: Math.ceil(remaining * 1_000) };
    operation.sync = {
      ...operation.sync,
      autoHealAttemptsCount: count + 1,
      resources: resources
        .filter(each => each.status !== 'Synced')
        .map(({ group, kind, name }) => ({ ...(group ? { group } : {}), kind, name })),
    };
  }
  if (automated.prune && !automated.allowEmpty && resources.every(each => each.requiresPruning)) {
    return failure(`Skipping sync attempt to ${named}: auto-sync will wipe out all resources`);
  }
  return { kind: 'operation', operation };
}

function healDelay(attempts: number): number {
  return attempts === 0 ? 0 : Math.min(heal.longest, heal.first * heal.factor ** (attempts - 1));
}

/** Whether the last operation already synced these revisions of these sources. */
function wasAttempted(
  spec: ApplicationSpec,
  status: ApplicationStatus | undefined,
  revisions: string[],
): boolean {
  const last = status?.operationState;
  if (!last) return false;
  if (!last.syncResult) return ['Succeeded', 'Failed', 'Error'].includes(last.phase);
  return (
    deepEqual(revisionsOf(last.syncResult), revisions) &&
    deepEqual(sourcesOf(last.syncResult), sourcesOf(spec))
  );
}

function failure(message: string): AutoSyncDecision {
  return { kind: 'condition', condition: { type: 'SyncError', message } };
}
