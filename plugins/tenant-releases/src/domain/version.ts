import type { Release } from '@internal/plugin-tenant-releases-common';

/** Longest version that is shown in full. */
const maxLength = 20;

/**
 * A version short enough for a table: `sha-` and seven digits for a commit, `@` and seven for a digest, else its beginning and its end.
 */
export function shortVersion(version: string): string {
  const [, digest] = /^sha(?:256|512):([0-9a-f]{7})[0-9a-f]{32,}$/.exec(version) ?? [];
  if (digest) return `@${digest}`;
  const commit = /^(sha-)?([0-9a-f]{7})[0-9a-f]*$/.exec(version);
  // Digits alone are a date or the number of a build, which are something else when they are cut.
  const isCommit = commit && (commit[1] || /[a-f]/.test(version) || version.length >= 40);
  if (isCommit) return `${commit[1] ?? ''}${commit[2]}`;
  if (version.length <= maxLength) return version;
  // Tags of builds differ at their end, those of branches at their beginning.
  const half = Math.floor(maxLength / 2);
  return `${version.slice(0, maxLength - half - 1)}…${version.slice(-half)}`;
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
