import type { LoggerService } from '@backstage/backend-plugin-api';
import { GitFault, unreadableRepository, type GitopsConfig } from '@internal/gitops';
import type { TreeReader } from '@internal/plugin-tenant-releases-node';

/**
 * Looks at the repository once, so that a wrong address, branch or token stops the start with what to do about it.
 * A host that cannot be reached does not: it may come back, and the catalog still has what it knew.
 *
 * @throws GitopsConfigError
 */
export async function proveReadable(
  urlReader: TreeReader,
  gitops: GitopsConfig,
  logger: LoggerService,
): Promise<void> {
  const { repository } = gitops;
  try {
    const tree = await urlReader.readTree(gitops.treeUrl(gitops.valuesFolder), {
      filter: () => false,
    });
    // Reads the archive to its end, so that no connection stays open.
    await tree.files();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.name === 'NotFoundError') {
      throw unreadableRepository(gitops, 'not-found');
    }
    if (error instanceof GitFault && isRefusal(error.kind)) {
      throw unreadableRepository(gitops, error.kind);
    }
    // The reader's errors carry the status only in their text: "Request failed for <url>, 401 Unauthorized".
    const refused = /, (40[13]) /.exec(message);
    if (refused && !/rate limit/.test(message)) {
      throw unreadableRepository(gitops, refused[1] === '401' ? 'unauthorized' : 'forbidden');
    }
    logger.warn(`Cannot reach ${repository.url} yet; the catalog keeps what it has: ${message}`);
  }
}

function isRefusal(kind: GitFault['kind']): kind is 'unauthorized' | 'forbidden' | 'empty' {
  return kind === 'unauthorized' || kind === 'forbidden' || kind === 'empty';
}
