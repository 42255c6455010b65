import { flatTree, kindOfMode, type TreeSource } from '@internal/gitops';
import type { HostedRepository } from '../model/hosted';

/** The tree of a commit. */
export async function hostedTree({ git }: HostedRepository, commit: string): Promise<TreeSource> {
  const files = (await git.tree(commit, { recursive: true })).filter(({ type }) => type !== 'tree');
  const entries = files.map(
    ({ path, mode, sha: blob, size = 0 }) =>
      [path, { kind: kindOfMode(mode), blob, size }] as const,
  );
  return flatTree(new Map(entries), async ({ blob, size }, limit) =>
    size > limit ? undefined : (await git.object(blob))?.content,
  );
}
