import { blobId } from '../git/blobId';
import type { CommitFile, SigningKey } from '../git/commitBuilder';
import type { GitPerson } from '../git/commitFacts';
import { PushFault } from '../git/explainPush';
import type { Mirror } from '../git/Mirror';
import type { Pull, PullRequestHost } from '../host/PullRequestHost';
import { bringsJust, contentOf, fileAt, isOurs, type WantedFile } from './branchContent';
import type { Proposal } from './proposal';
import { bodyMark, fingerprint } from './proposalText';

/** A change that is to be a pull request. */
export interface ChangeDraft {
  branch: string;
  /** Nothing is left to change when there is none. */
  files: readonly WantedFile[];
  title: string;
  /** Markdown with a mark: see `bodyMark`. */
  body: string;
  /** @param files - fingerprint of the files, which the message tells, so that a commit that a person amended is told from ours */
  message(files: string): string;
  /** Why the pull request is closed when there are no files. */
  nothingLeft: string;
}

/** What became of a {@link ChangeDraft}. */
export type ProposedChange = Omit<Proposal, 'tenants'>;

/** Where and as whom pull requests are opened. */
export interface ProposalTarget {
  pulls: PullRequestHost;
  /** The repository, in which the changes are committed. */
  mirror: Mirror;
  /** The branch that they go to, and its head that the plan was made from. */
  base: string;
  head: string;
  author: GitPerson;
  committer: GitPerson;
  /** The key that commits are signed with. */
  signing?: SigningKey;
}

/** Whoever changes the branch each time in between is no accident. */
const maxAttempts = 3;

/**
 * Opens a pull request, brings the open one of its branch up to date, or closes it when there is nothing left to change.
 * Run again it changes nothing, so that reviews and checks stay. A branch that holds somebody else's work is left alone.
 *
 * @param attempt - which one it is: of two who write one branch at once, one looks again
 */
export async function proposeChange(
  target: ProposalTarget,
  draft: ChangeDraft,
  attempt = 1,
): Promise<ProposedChange | undefined> {
  const { pulls, mirror, base, head } = target;
  const { branch, files, title, body } = draft;
  const pull = await pulls.openPull(branch, base);
  if (files.length === 0 && !pull) return undefined;
  const proposal = { branch, title };
  const leftAlone = (reason: string): ProposedChange => ({
    ...proposal,
    ...(pull ? refOf(pull) : {}),
    outcome: 'left-alone',
    reason: `its branch ${branch} ${reason}`,
  });
  const tip = await mirror.branches.tip(branch);
  const content = tip === undefined ? undefined : await contentOf(mirror, head, tip);
  const texts = { title, body };
  const isCurrent =
    files.length > 0 && content !== undefined && (await bringsJust(mirror, head, content, files));
  if (!isCurrent) {
    if (tip !== undefined && !(await isOurs(mirror, tip, content))) {
      return leftAlone('holds commits of somebody else: merge or delete it first');
    }
    if (files.length === 0) return pull && close(pulls, pull, draft);
    const isWritten = await write(target, draft, tip);
    // Who was faster may have asked for the same.
    if (!isWritten && attempt < maxAttempts) return proposeChange(target, draft, attempt + 1);
    if (!isWritten)
      return leftAlone('was changed by somebody else meanwhile: run the command again');
  }
  if (!pull) {
    const opened = await pulls
      .createPull({ head: branch, base, ...texts })
      .catch(async (error: unknown) => {
        // Somebody who asked for the same was faster.
        const there = await pulls.openPull(branch, base);
        if (there) return there;
        throw error;
      });
    return { ...proposal, ...refOf(opened), outcome: 'opened' };
  }
  if (bodyMark(pull.body) !== bodyMark(body)) await pulls.updatePull(pull.number, texts);
  return { ...proposal, ...refOf(pull), outcome: isCurrent ? 'unchanged' : 'updated' };
}

/**
 * Commits the changes of a draft on top of the base, and points its branch there.
 *
 * @param tip - where the branch is; `undefined` when there is none
 * @returns `false` when it is somewhere else by now
 */
async function write(
  { mirror, head, author, committer, signing }: ProposalTarget,
  draft: ChangeDraft,
  tip: string | undefined,
): Promise<boolean> {
  const files: CommitFile[] = [];
  for (const { path, text } of draft.files) {
    // One after another: the folder of the first is known for the others.
    const mode = (await fileAt(mirror, head, path))?.mode;
    files.push({ path, text, ...(mode ? { mode } : {}) });
  }
  const marks = draft.files.map(({ path, text }) => [path, blobId(Buffer.from(text))] as const);
  const commit = {
    base: head,
    files,
    message: draft.message(fingerprint(marks)),
    author,
    committer,
    ...(signing ? { signing } : {}),
  };
  try {
    await mirror.branches.write(commit, {
      branch: draft.branch,
      ...(tip === undefined ? {} : { expected: tip }),
    });
    return true;
  } catch (error) {
    if (error instanceof PushFault && error.kind === 'moved') return false;
    throw error;
  }
}

function refOf({ number, url }: Pull) {
  return { number, url };
}

async function close(
  pulls: PullRequestHost,
  pull: Pull,
  { branch, title, nothingLeft: reason }: ChangeDraft,
): Promise<ProposedChange> {
  await pulls.comment(pull.number, `Closed by \`gitops bump\`: ${reason}.`);
  await pulls.updatePull(pull.number, { state: 'closed' });
  return { branch, title, ...refOf(pull), outcome: 'closed', reason };
}
