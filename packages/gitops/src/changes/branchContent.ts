import { blobId } from '../git/blobId';
import { mergeText } from '../git/mergeText';
import type { Mirror } from '../git/Mirror';
import type { TreeChange, TreeEntry } from '../git/treeFiles';
import { bumpMark, fingerprint } from './proposalText';

/** What a branch holds that the branch it goes to does not. */
export interface BranchContent {
  /** The commit where the histories part; the branch's own when all of it is merged. */
  fork: string;
  /** By path. */
  files: ReadonlyMap<string, TreeChange>;
}

/** A file as a change wants it. */
export interface WantedFile {
  path: string;
  text: string;
  /** Whether another text will do as well; none does by default. */
  accepts?(there: string): boolean;
}

/** Files that both branches changed: so many have not met by chance. */
const maxMerges = 100;
/** Git's mode of a new file. */
const plainFile = '100644';
/** Larger files are none that a bump changes. Bytes. */
const maxFileBytes = 2 * 1024 * 1024;

/**
 * Reads what a branch brings.
 *
 * @param head - of the branch that it goes to
 * @returns `undefined` when it is a history of its own
 */
export async function contentOf(
  mirror: Mirror,
  head: string,
  tip: string,
): Promise<BranchContent | undefined> {
  const fork = await mirror.mergeBase(head, tip);
  return fork === undefined ? undefined : { fork, files: await mirror.compare(fork, tip) };
}

/** The file at a path of a commit; `undefined` when nothing or a folder is there. */
export async function fileAt(
  mirror: Mirror,
  commit: string,
  path: string,
): Promise<TreeEntry | undefined> {
  const entry = await mirror.objectAt(commit, path);
  return entry?.type === 'tree' ? undefined : entry;
}

/** Whether two entries are the same content in the same mode, or both absent. */
function isSame(one: TreeEntry | undefined, other: TreeEntry | undefined): boolean {
  return one?.id === other?.id && one?.mode === other?.mode;
}

/**
 * Whether merging a branch now, without a conflict, does what a change wants, and nothing else. So a proposal stays good, with
 * its reviews, when the branch that it goes to moves on in other files or in other lines.
 */
export async function bringsJust(
  mirror: Mirror,
  head: string,
  { files }: BranchContent,
  changes: readonly WantedFile[],
): Promise<boolean> {
  const wanted = new Map(changes.map(change => [change.path, change]));
  if (changes.some(({ path }) => !files.has(path))) return false;
  let merges = 0;
  for (const [path, { before, after }] of files) {
    const now = await fileAt(mirror, head, path);
    const change = wanted.get(path);
    const isUntouched = isSame(now, before);
    if (!change) {
      // What the base has by now is brought by nobody; anything else is more than was asked for.
      if (!isSame(now, after)) return false;
    } else if (isUntouched || isSame(now, after)) {
      const merged = isUntouched ? after : now;
      if (!merged || (now && merged.mode !== now.mode)) return false;
      if (!now && merged.mode !== plainFile) return false;
      if (!(await isWanted(mirror, change, merged.id))) return false;
    } else {
      merges += 1;
      const merged = merges <= maxMerges && (await merge(mirror, { before, after, now }));
      if (!merged || !says(change, merged.toString())) return false;
    }
  }
  return true;
}

/** The text of a file that two branches changed; `undefined` when that is a conflict. */
async function merge(
  mirror: Mirror,
  { before, after, now }: TreeChange & { now?: TreeEntry },
): Promise<Buffer | undefined> {
  const entries = [after, before, now];
  if (entries.some(entry => entry?.mode !== after?.mode)) return undefined;
  const ids = entries.flatMap(entry => entry?.id ?? []);
  const contents = await mirror.contents(ids, maxFileBytes);
  const [ours, base, theirs] = ids.map(id => contents.get(id));
  return ours && base && theirs && mergeText(ours, base, theirs);
}

async function isWanted(mirror: Mirror, change: WantedFile, blob: string): Promise<boolean> {
  if (blob === blobId(Buffer.from(change.text))) return true;
  if (!change.accepts) return false;
  const content = (await mirror.contents([blob], maxFileBytes)).get(blob);
  return content !== undefined && says(change, content.toString());
}

/** Whether a text is the wanted one. */
function says({ text, accepts }: WantedFile, there: string): boolean {
  return there === text || (accepts?.(there) ?? false);
}

/**
 * Whether all that a branch holds was made by a bump: its commit still changes what the bump wrote, and merges on top of it
 * added nothing. What a person amended, resolved or put on top is that person's.
 */
export async function isOurs(
  mirror: Mirror,
  tip: string,
  content: BranchContent | undefined,
): Promise<boolean> {
  if (!content) return false;
  if (content.fork === tip) return true;
  let commit = await mirror.commit(tip);
  let merges = 0;
  for (; commit && commit.parents.length > 1 && merges < 20; merges += 1) {
    commit = await mirror.commit(commit.parents[0]);
  }
  const mark = bumpMark(commit?.message ?? '');
  if (!commit || !mark || commit.parents.length !== 1) return false;
  const own = await mirror.compare(commit.parents[0], commit.sha);
  if (mark.files !== undefined && mark.files !== fingerprintOf(own)) return false;
  for (const [path, { before: now, after }] of content.files) {
    const made = own.get(path);
    if (!made) return false;
    if (isSame(made.after, after)) continue;
    // "Update branch": the base changed the same file, and the merge of both is what Git makes of it.
    merges += 1;
    const merged = merges <= maxMerges && (await merge(mirror, { ...made, now }));
    if (!merged || blobId(merged) !== after?.id) return false;
  }
  return true;
}

function fingerprintOf(files: BranchContent['files']): string {
  return fingerprint([...files].map(([path, { after }]) => [path, after?.id ?? '']));
}
