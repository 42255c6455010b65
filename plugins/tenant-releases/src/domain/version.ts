import type { Release } from '@internal/plugin-tenant-releases-common';

/** Longest version that is shown in full. */
const maxLength = 20;

/**
 * A version short enough for a table: `sha-` and seven digits for a commit, else the first characters.
 */
export function shortVersion(version: string): string {
  const commit = /^(sha-)?([0-9a-f]{7})[0-9a-f]*$/.exec(version);
  if (commit) return `${commit[1] ?? ''}${commit[2]}`;
  return version.length > maxLength ? `${version.slice(0, maxLength - 1)}…` : version;
}

/** The versions that run: what has never been ready has yet to run. */
export function startedVersions({ running }: Pick<Release, 'running'>): Release['running'] {
  return running.filter(({ neverReady }) => !neverReady);
}

/**
 * The version that most pods of a release run, and of two the one that is no canary; `undefined` when nothing is known
 * to run.
 */
export function mainRunningVersion(release: Pick<Release, 'running'>): string | undefined {
  return [...startedVersions(release)].sort(
    (a, b) => b.pods - a.pods || Number(a.canary ?? false) - Number(b.canary ?? false),
  )[0]?.version;
}
