import type { PodState } from './releaseParts';

/** Everything that a pod runs of the service: one version, unless its containers differ. */
export function versionsOf({ version, otherVersions = [] }: PodState): string[] {
  return version === undefined ? [] : [version, ...otherVersions];
}

/** What the pods run, for people; `target` is left out. */
export function versions(pods: readonly PodState[], target?: string): string {
  const found = new Set(pods.flatMap(versionsOf));
  return [...found]
    .filter(version => version !== target)
    .sort()
    .join(', ');
}

/** The first of some times, RFC 3339; undefined when none is known. */
export function earliest(times: ReadonlyArray<string | undefined>): string | undefined {
  return times.flatMap(time => time ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

/** Since when a pod has not been ready; one that never was began with that. */
export function unreadySince({ unreadySince: since, startedAt }: PodState): string | undefined {
  return since ?? startedAt;
}
