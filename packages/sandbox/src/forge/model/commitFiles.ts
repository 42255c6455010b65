import type { Signature } from '../git/commit';
import { moveBranch } from './branches';
import { defaultBranch, type Change } from './hosted';
import { personByEmail } from '../people';

/** What {@link commitFiles} takes. */
export interface CommitFilesOptions {
  branch: string;
  /** Path to text or bytes; `null` removes the file. */
  files: Record<string, string | Buffer | null>;
  message: string;
  author: Omit<Signature, 'date'>;
  /** Default now. */
  date?: Date;
  /** Paths that are to be executable. */
  executable?: string[];
}

/** Commits files on a branch, which begins at `main` (or empty) if it is new. Returns the commit's SHA-1. */
export async function commitFiles(change: Change, options: CommitFilesOptions): Promise<string> {
  const { git } = change;
  const date = options.date ?? new Date();
  const before = await git.branch(options.branch);
  const parent = before ?? (await git.branch(defaultBranch));
  const base = parent && (await git.commit(parent))?.tree;
  const changes = [];
  const contents = Object.values(options.files).filter(content => content !== null);
  const written = await git.writeBlobs(contents);
  for (const [path, content] of Object.entries(options.files)) {
    const mode = options.executable?.includes(path) ? '100755' : '100644';
    changes.push({ path, mode, sha: content === null ? undefined : written.shift() });
  }
  const tree = await git.writeTree(base, changes);
  const sha = await git.writeCommit({
    tree,
    parents: parent ? [parent] : [],
    message: options.message,
    author: { ...options.author, date },
  });
  const actor = personByEmail(options.author.email)?.login ?? options.author.name;
  await moveBranch(change, options.branch, before, sha, { actor, at: date });
  return sha;
}
