/**
 * A repository's address in one form, so that the ways to write it can be compared: scheme, user, `.git`, a trailing slash
 * and the case of the host say nothing of which repository it is. Forms as in git-clone(1), "GIT URLS", and Argo CD's
 * NormalizeGitURL: https://github.com/argoproj/argo-cd/blob/v3.2.11/util/git/git.go
 */
export function normalizeRepository(address: string): string {
  const text = address.trim();
  // scp's form: git@github.com:owner/name.git
  const scp = /^(?:[^@/\s]+@)?([^:/\s]+):(?!\/\/)(.+)$/.exec(text);
  let host: string;
  let path: string;
  if (scp && !/^\d+\//.test(scp[2]) && !text.includes('://')) {
    [, host, path] = scp;
  } else {
    let url: URL;
    try {
      url = new URL(text);
    } catch {
      return text.toLowerCase();
    }
    // Of SSH the port says nothing; over port 443 GitHub's has a host of its own.
    host = /\bssh\b/.test(url.protocol)
      ? url.hostname.replace(/^ssh\.(?=github\.com$)/i, '')
      : url.host;
    path = url.pathname;
  }
  const plain = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/i, '');
  // Hosts take names of owners and repositories without regard to case.
  return `${host}/${plain}`.toLowerCase();
}

/** Tells the addresses of one repository from all others. */
export function repositoryMatcher(addresses: readonly string[]): (address: string) => boolean {
  const known = new Set(addresses.map(normalizeRepository));
  const seen = new Map<string, boolean>();
  return address => {
    const verdict = seen.get(address) ?? known.has(normalizeRepository(address));
    // Thousands of Applications name a few repositories.
    if (seen.size < 1_000) seen.set(address, verdict);
    return verdict;
  };
}

/** What tells repositories apart: their addresses, and the branch where one is read by several. */
export interface ToldRepository {
  id: string;
  gitops: { addresses: readonly string[]; branch: string };
}

/** Tells which of several repositories an address is. Of one that is read by several branches, the revision decides. */
export function repositoryTeller(repositories: readonly ToldRepository[]) {
  const told = repositories.map(({ id, gitops: { addresses, branch } }) => ({
    id,
    branch,
    isOne: repositoryMatcher(addresses),
  }));
  return (address: string, revision: string): string | undefined => {
    const found = told.filter(({ isOne }) => isOne(address));
    const asked = revision.replace(/^refs\/heads\//, '');
    return (found.find(({ branch }) => branch === asked) ?? found[0])?.id;
  };
}
