import { splitTag, versionPattern, type GitopsConfig } from '@internal/gitops';
import type { ChangedFile, GitopsForge } from './GitopsForge';
import type { Snapshot } from './snapshot';

/** How far back versions are looked for. */
const limits = { commits: 60, pullRequests: 20 };

/**
 * The versions that a tenant can be started with: those that tenant files name on the branch, that open pull requests
 * (bumps) would set, and that the newest commits to tenant files set or replaced.
 *
 * @param wanted - stops looking when this version is found
 */
export async function listVersions(
  snapshot: Pick<Snapshot, 'tenantFiles'>,
  forge: Pick<
    GitopsForge,
    'openPullRequests' | 'changedFilesOf' | 'recentCommits' | 'changedFilesIn'
  >,
  gitops: GitopsConfig,
  wanted?: string,
): Promise<Set<string>> {
  const versions = currentVersions(snapshot);
  const add = (files: ChangedFile[]) => {
    for (const file of files) {
      if (gitops.matchTenantFile(file.path)) {
        for (const version of versionsInPatch(file.patch)) versions.add(version);
      }
    }
  };
  const found = () => wanted !== undefined && versions.has(wanted);
  if (found()) return versions;
  for (const pullRequest of await forge.openPullRequests(limits.pullRequests)) {
    if (found()) return versions;
    add(await forge.changedFilesOf(pullRequest));
  }
  for (const commit of await forge.recentCommits(gitops.valuesFolder, limits.commits)) {
    if (found()) return versions;
    add(await forge.changedFilesIn(commit));
  }
  return versions;
}

/** The versions that tenant files name on the branch: tags, and versions that tenants are held on. */
export function currentVersions(snapshot: Pick<Snapshot, 'tenantFiles'>): Set<string> {
  return new Set(
    snapshot.tenantFiles.flatMap(file => [
      file.image.tag,
      file.tenant.hold?.version ?? file.image.tag,
    ]),
  );
}

/** Values of `tag:` in the added and removed lines of a unified diff. */
export function versionsInPatch(patch: string): string[] {
  return [...patch.matchAll(/^[+-]\s+tag:\s*["']?([^\s"'#]+)["']?\s*(?:#.*)?$/gm)]
    .map(([, text]) => splitTag(text).tag)
    .filter(version => versionPattern.test(version));
}
