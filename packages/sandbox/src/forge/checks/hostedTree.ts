import { githubTree, type TreeSource } from '@internal/gitops';
import type { HostedRepository } from '../model/hosted';

/** The tree of a commit, read as the API would give it. */
export function hostedTree({ git }: HostedRepository, commit: string): TreeSource {
  const api = {
    listing: async (sha: string) =>
      new Map((await git.tree(sha)).map(entry => [entry.path, entry] as const)),
    blob: async (sha: string) => (await git.object(sha))?.content ?? Buffer.alloc(0),
  };
  return githubTree(api, commit);
}
