import type { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import { GitopsConfigError, type GitopsConfig } from '@internal/plugin-tenant-releases-common';

/**
 * Looks at the repository once, so that a wrong address, branch or token stops the start with what to do about it.
 * A host that cannot be reached does not: it may come back, and the catalog still has what it knew.
 *
 * @throws GitopsConfigError
 */
export async function proveReadable(
  urlReader: UrlReaderService,
  gitops: GitopsConfig,
  logger: LoggerService,
): Promise<void> {
  const { repository, branch } = gitops;
  try {
    const tree = await urlReader.readTree(gitops.treeUrl(gitops.valuesFolder), {
      filter: () => false,
    });
    // Reads the archive to its end, so that no connection stays open.
    await tree.files();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.name === 'NotFoundError') {
      throw new GitopsConfigError(
        'tenantReleases.gitops.repository',
        `${repository.url} has no branch ${branch} that the token can read; check the address, tenantReleases.gitops.branch and what the token of integrations.github for ${repository.host} may read`,
      );
    }
    // The reader's errors carry the status only in their text: "Request failed for <url>, 401 Unauthorized".
    if (/, 40[13] /.test(message) && !/rate limit/.test(message)) {
      throw new GitopsConfigError(
        'integrations.github',
        `has a token for ${repository.host} that is refused; set a token that may read ${repository.url}`,
      );
    }
    logger.warn(`Cannot reach ${repository.url} yet; the catalog keeps what it has: ${message}`);
  }
}
