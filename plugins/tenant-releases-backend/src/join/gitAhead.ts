import { finding, isWithin, mergedAt, syncGraceSeconds, type Finding } from './releaseFindings';
import type { ApplicationState, ReleaseParts } from './releaseParts';

/** Says so when Git wants another version than the one that Argo CD has synced. */
export function otherVersion({ desired, application }: ReleaseParts): string | undefined {
  const { version, override, follows } = application!;
  // What overrules the file, or the other branch, is what the Application goes by.
  if (override) return undefined;
  const wanted = follows ? follows.version : desired?.file?.version;
  if (wanted === undefined || version === undefined || wanted === version) return undefined;
  return `Git wants ${wanted}; Argo CD has synced ${version} so far.`;
}

/** When what it follows was changed; of another branch nobody knows. */
export function mergeOf({ desired, application }: ReleaseParts): string | undefined {
  return application?.follows ? undefined : mergedAt(desired);
}

/** Argo CD's words for an asked-for sync that waits for its window. */
export function isBlocked(operation: ApplicationState['operation']): boolean {
  return operation?.phase === 'Running' && /blocked by sync window/i.test(operation.message ?? '');
}

/** Why Argo CD does nothing, where somebody told it so. */
export const skipped =
  'An annotation of the Application tells Argo CD to leave it alone (argocd.argoproj.io/skip-reconcile).';

/** Git is ahead: somebody may want it so, and only else is it late after a while. */
export function ahead({ application, now }: ReleaseParts, what: string, since?: string): Finding {
  const { isByHand, isSkipped, closedWindow, operation } = application!;
  if (isSkipped) return finding('progressing', 'RECONCILE_SKIPPED', `${what} ${skipped}`, since);
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
  return finding(isLate(since, now) ? 'drifted' : 'progressing', 'GIT_AHEAD', what, since);
}

/** Whether a merge has waited for its sync for longer than it takes when all is well. */
export function isLate(since: string | undefined, now: Date): boolean {
  return since !== undefined && !isWithin(since, syncGraceSeconds, now);
}

/** What the Application reads has changed since the last sync, as far as anybody knows. */
export function hasNewSettings({ operation, sync, inputs }: ApplicationState): boolean {
  const isOtherRevision =
    operation?.revision !== undefined &&
    sync.revision !== undefined &&
    operation.revision !== sync.revision;
  return isOtherRevision && inputs?.changed !== false;
}

/** Git is ahead of what is synced, and a person or a window keeps it so. */
export function isAheadByWish(parts: ReleaseParts): boolean {
  const { isByHand, closedWindow, isSkipped, sync } = parts.application!;
  const isWish = isByHand || isSkipped || closedWindow !== undefined;
  const isAhead = otherVersion(parts) !== undefined || hasNewSettings(parts.application!);
  return isWish === true && sync.status === 'OutOfSync' && isAhead;
}
