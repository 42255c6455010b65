import { imageTag, repositoryFit } from '../running/imageReference';
import type { ApplicationRecord } from '../sync/ApplicationRecord';

/**
 * The version that Argo CD synced last: what the tenant file said at the synced revision; when that is not known, the
 * tag of the service's image, as long as Argo CD names only one (during a rollout it names the old and the new).
 *
 * @param repository - the service's image without tag
 * @param versionAt - the tenant file's version at a revision, if it is known
 */
export function syncedVersion(
  record: ApplicationRecord,
  repository: string | undefined,
  versionAt: (revision: string) => string | undefined,
): string | undefined {
  const revision = syncedRevision(record);
  const fromGit = revision === undefined ? undefined : versionAt(revision);
  if (fromGit !== undefined) return fromGit;
  const tags = new Set(
    record.images
      .filter(image => repository === undefined || repositoryFit(image, repository) > 0)
      .map(imageTag),
  );
  return tags.size === 1 ? [...tags][0] : undefined;
}

/**
 * The revision that the last operation was to apply as a whole: of one that was a dry run, or of some resources only, what
 * was applied before it.
 */
export function askedRevision({ operation, details }: ApplicationRecord): string | undefined {
  return operation?.isPartial ? details?.history.at(-1)?.revision : operation?.revision;
}

/** The revision whose manifests are in the cluster. */
function syncedRevision({ sync, operation, details }: ApplicationRecord): string | undefined {
  // In sync means that the revision compared with is the one applied, whichever operation did it.
  if (sync.status === 'Synced' && sync.revision) return sync.revision;
  if (operation?.phase === 'Succeeded' && operation.revision) return operation.revision;
  return details?.history.at(-1)?.revision;
}
