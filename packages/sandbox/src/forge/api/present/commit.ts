import type { Commit, Signature } from '../../git/commit';
import type { FileChange } from '../../git/diff';
import { personByEmail } from '../../people';
import { encodePath, nodeId, type Links } from '../links';
import { presentCommitUser } from './user';

const unsigned = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
};

/** Time as GitHub writes it: whole seconds, UTC. */
export function presentTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function presentSignature(signature: Signature) {
  return { name: signature.name, email: signature.email, date: presentTime(signature.date) };
}

/**
 * GitHub's "git commit", as the git database API tells it.
 *
 * @see https://docs.github.com/en/rest/git/commits
 */
export function presentGitCommit(links: Links, name: string, commit: Commit) {
  const api = links.repositoryApi(name);
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: links.commit(name, commit.sha),
    author: presentSignature(commit.author),
    committer: presentSignature(commit.committer),
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: links.commit(name, sha),
    })),
    verification: unsigned,
  };
}

/**
 * GitHub's commit, as in lists.
 *
 * @see https://docs.github.com/en/rest/commits/commits
 */
export function presentCommit(links: Links, name: string, commit: Commit) {
  const api = links.repositoryApi(name);
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    commit: {
      author: presentSignature(commit.author),
      committer: presentSignature(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: links.commit(name, commit.sha),
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: presentCommitUser(links, personByEmail(commit.author.email)?.login),
    committer: presentCommitUser(links, personByEmail(commit.committer.email)?.login),
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: links.commit(name, sha),
    })),
  };
}

/** A changed file, as in commits, comparisons and pull requests. `ref` is the commit after the change. */
export function presentFile(links: Links, name: string, ref: string, change: FileChange) {
  const path = encodePath(change.path);
  return {
    sha: change.blob,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${links.repository(name)}/blob/${ref}/${path}`,
    raw_url: `${links.repository(name)}/raw/${ref}/${path}`,
    contents_url: `${links.repositoryApi(name)}/contents/${path}?ref=${ref}`,
    ...(change.patch === undefined ? {} : { patch: change.patch }),
    ...(change.previousPath === undefined ? {} : { previous_filename: change.previousPath }),
  };
}

/** Lines added, removed and both. */
export function changeTotals(changes: FileChange[]) {
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return { additions, deletions, total: additions + deletions };
}
