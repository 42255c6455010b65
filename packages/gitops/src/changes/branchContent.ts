import { parseDocument } from 'yaml';
import { blobId } from '../git/blobId';
import { mergeText } from '../git/mergeText';
import type {
  Commit,
  CommitTree,
  GithubRepository,
  ListingEntry,
} from '../host/github/GithubRepository';
import { fileAt, isSame, treeChanges, type TreeChange } from '../host/github/treeChanges';
import type { BumpChange } from './planBump';
import { bumpMark, fingerprint } from './proposalText';
import { setHold } from './setHold';

/** What a branch holds that the branch it goes to does not. */
export interface BranchContent {
  /** The commit where the histories part; the branch's own when all of it is merged. */
  fork: string;
  /** By path. */
  files: ReadonlyMap<string, TreeChange>;
}

/** Files that both branches changed: each costs two calls, and so many have not met by chance. */
const maxMerges = 100;

/**
 * Reads what a branch brings, from the ids of its trees alone.
 *
 * @param head - of the branch that it goes to
 * @returns `undefined` when it is more than a bump ever makes, or a history of its own
 */
export async function contentOf(
  repository: GithubRepository,
  head: Commit,
  tip: Commit,
): Promise<BranchContent | undefined> {
  const fork = await forkOf(repository, head, tip);
  const files = fork && (await treeChanges(repository, fork.tree.sha, tip.tree.sha));
  return files && { fork: fork.sha, files };
}

async function forkOf(
  repository: GithubRepository,
  head: Commit,
  tip: Commit,
): Promise<CommitTree | undefined> {
  const follows = tip.sha === head.sha || tip.parents.some(({ sha }) => sha === head.sha);
  return follows ? head : repository.mergeBase(head.sha, tip.sha);
}

/**
 * Whether merging a branch now, without a conflict, does what a bump wants, and nothing else. So a proposal stays good, with
 * its reviews, when the branch that it goes to moves on in other files or in other lines.
 */
export async function bringsJust(
  repository: GithubRepository,
  head: CommitTree,
  { files }: BranchContent,
  changes: readonly BumpChange[],
): Promise<boolean> {
  const wanted = new Map(changes.map(change => [change.path, change]));
  if (changes.some(({ path }) => !files.has(path))) return false;
  let merges = 0;
  for (const [path, { before, after }] of files) {
    const now = await fileAt(repository, head.tree.sha, path);
    const change = wanted.get(path);
    const isUntouched = isSame(now, before);
    if (!change) {
      // What the base has by now is brought by nobody; anything else is more than was asked for.
      if (!isSame(now, after)) return false;
    } else if (isUntouched || isSame(now, after)) {
      const merged = isUntouched ? after : now;
      if (!merged || merged.mode !== now?.mode) return false;
      if (!(await isWanted(repository, change, merged.sha))) return false;
    } else {
      merges += 1;
      const merged = merges <= maxMerges && (await merge(repository, { before, after, now }));
      if (!merged || !says(change, merged.toString())) return false;
    }
  }
  return true;
}

/** The text of a file that two branches changed; `undefined` when that is a conflict. */
async function merge(
  repository: GithubRepository,
  { before, after, now }: TreeChange & { now?: ListingEntry },
): Promise<Buffer | undefined> {
  const entries = [after, before, now];
  if (entries.some(entry => entry?.mode !== after?.mode)) return undefined;
  const [ours, base, theirs] = await Promise.all(
    entries.map(entry => (entry ? repository.blob(entry.sha) : undefined)),
  );
  return ours && base && theirs && mergeText(ours, base, theirs);
}

async function isWanted(
  repository: GithubRepository,
  change: BumpChange,
  blob: string,
): Promise<boolean> {
  if (blob === blobId(Buffer.from(change.text), blob.length)) return true;
  if (!change.hold) return false;
  return says(change, Buffer.from(await repository.blob(blob)).toString());
}

/** Whether a text is the wanted one; since when a tenant is held is not asked again. */
function says({ text, hold }: BumpChange, there: string): boolean {
  if (there === text) return true;
  const since = hold && sinceOf(there);
  return hold !== undefined && since !== undefined && setHold(text, { ...hold, since }) === there;
}

function sinceOf(text: string): string | undefined {
  const since: unknown = parseDocument(text).getIn(['tenant', 'hold', 'since']);
  return typeof since === 'string' ? since : undefined;
}

/**
 * Whether all that a branch holds was made by a bump: its commit still changes what the bump wrote, and merges on top of it
 * added nothing. What a person amended, resolved or put on top is that person's.
 */
export async function isOurs(
  repository: GithubRepository,
  tip: Commit,
  content: BranchContent | undefined,
): Promise<boolean> {
  if (!content) return false;
  if (content.fork === tip.sha) return true;
  let commit = tip;
  let merges = 0;
  for (; commit.parents.length > 1 && merges < 20; merges += 1) {
    commit = await repository.commit(commit.parents[0].sha);
  }
  const mark = bumpMark(commit.message);
  if (!mark || commit.parents.length !== 1) return false;
  const parent = await repository.commit(commit.parents[0].sha);
  const own = await treeChanges(repository, parent.tree.sha, commit.tree.sha);
  if (!own || (mark.files !== undefined && mark.files !== fingerprintOf(own))) return false;
  for (const [path, { before: now, after }] of content.files) {
    const made = own.get(path);
    if (!made) return false;
    if (isSame(made.after, after)) continue;
    // "Update branch": the base changed the same file, and the merge of both is what Git makes of it.
    merges += 1;
    const merged = merges <= maxMerges && (await merge(repository, { ...made, now }));
    if (!merged || blobId(merged, after?.sha.length) !== after?.sha) return false;
  }
  return true;
}

function fingerprintOf(files: BranchContent['files']): string {
  return fingerprint([...files].map(([path, { after }]) => [path, after?.sha ?? '']));
}
