import { shorten } from '../text/shorten';
import { PathError, SigningError } from './commitBuilder';
import { explainGit } from './explainGit';
import type { GitFaultKind } from './GitFault';
import { GitExit } from './runGit';

/** What went wrong when a branch was written. */
export type PushFaultKind =
  /** The branch is not where it was seen. */
  | 'moved'
  /** The host does not take this change: a rule, a hook, a permission of its own. */
  | 'refused'
  /** The credentials may not write to the repository. */
  | 'forbidden'
  /** The host did not answer to the end. */
  | 'unanswered'
  /** The host did not answer, and does not say what became of the branch either. */
  | 'unknown'
  | 'signing'
  /** A file is to be where none may be. */
  | 'path'
  | GitFaultKind;

/** What a fault says of the branch. */
export interface PushSubject {
  /** Name of the repository for people, without credentials. */
  repository: string;
  branch: string;
}

/**
 * A branch was not written. The message is one line that names the repository and the cure. It holds no credential, no address
 * and no path of this machine.
 */
export class PushFault extends Error {
  override name = 'PushFault';

  constructor(readonly kind: PushFaultKind, subject: PushSubject, cause?: unknown) {
    super(sentenceOf(kind, subject, cause), { cause });
  }
}

/** Of Git's send-pack.c and refs.c, and of the hosts' own updates of references. */
const moved =
  /\(stale info\)|\(fetch first\)|\(non-fast-forward\)|reference already exists|but expected [0-9a-f]{40}|failed to update ref|incorrect old value provided/i;
/** A branch `a` stands in the way of a branch `a/b`. */
const inTheWay = /cannot lock ref[^\n]*'refs\/heads\/([^']+)' exists/;
const refused = /\[remote rejected\]|refusing to allow|\bGH\d{3}\b|pre-receive hook declined/i;
const denied =
  /Permission to \S+ denied|Write access to repository not granted|not allowed to push|returned error: 403/i;

const unanswered: ReadonlySet<GitFaultKind> = new Set([
  'timeout',
  'unreachable',
  'server-error',
  'bad-answer',
  'aborted',
  'failed',
]);

/** Whatever ended a push, as a {@link PushFault}. */
export function explainPush(error: unknown, subject: PushSubject): PushFault {
  return error instanceof PushFault ? error : new PushFault(kindOf(error, subject), subject, error);
}

function kindOf(error: unknown, subject: PushSubject): PushFaultKind {
  if (error instanceof SigningError) return 'signing';
  if (error instanceof PathError) return 'path';
  if (error instanceof GitExit && error.reason === 'status') {
    if (inTheWay.test(error.said)) return 'refused';
    if (moved.test(error.said)) return 'moved';
    if (denied.test(error.said)) return 'forbidden';
    if (refused.test(error.said)) return 'refused';
  }
  const { kind } = explainGit(error, subject);
  const isOfPush = error instanceof GitExit && error.command === 'push';
  return isOfPush && unanswered.has(kind) ? 'unanswered' : kind;
}

function sentenceOf(kind: PushFaultKind, { repository, branch }: PushSubject, cause: unknown) {
  const start = `branch ${branch} of ${repository}`;
  switch (kind) {
    case 'moved':
      return `${start} was changed by somebody else meanwhile, and nothing was written: do it again`;
    case 'refused':
      return `${start} was not written: ${whyRefused(cause)}`;
    case 'forbidden':
      return `${start} was not written: the token or GitHub App may not push to it; give it the right to write contents (GitHub: contents: write)`;
    case 'unauthorized':
      return `${start} was not written: the token or GitHub App is missing or refused; set a valid one`;
    case 'not-found':
      return `${start} was not written: the repository is not there, or the token or GitHub App may not see it`;
    case 'unanswered':
      return `${start} was not written: its host did not answer to the end; do it again`;
    case 'unknown':
      return `the host of ${repository} stopped answering while branch ${branch} was written, and whether it was is not known: do it again, which finds what is there`;
    case 'signing':
    case 'path':
      return `${start} was not written: ${(cause as Error).message}`;
    case 'rate-limited':
      return `${start} was not written: the host limits how much this token may do; wait, and do it again`;
    case 'full-disk':
      return `${start} was not written: the disk of temporary files is full`;
    case 'no-git':
      return `${start} was not written: git cannot be run; install git 2.38 or newer`;
    case 'redirected':
      return `${start} was not written: the repository was moved; set its new address`;
    default:
      return `${start} was not written (${kind}); do it again`;
  }
}

/** What hosts refuse, with what helps: docs.github.com, "About protected branches" and "Troubleshooting rules". */
const cures: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /workflow/i,
    'give the token or GitHub App the permission "workflows", or keep the change out of .github/workflows',
  ],
  [/signature|signed/i, 'set the key that commits are signed with'],
  [
    /protected|GH006|GH013|rule/i,
    'let the rules of the repository allow the account to make and update this branch',
  ],
  [/large|exceeds|GH001/i, 'make the file smaller'],
  [/shallow|unpack|index-pack|missing/i, 'do it again'],
];

function whyRefused(cause: unknown): string {
  const said = cause instanceof GitExit ? cause.said : '';
  const [, other] = inTheWay.exec(said) ?? [];
  if (other)
    return `there is a branch ${shorten(
      other,
      60,
    )}, so that no name may go on below it; delete that`;
  const words = said
    .split('\n')
    .flatMap(line => /^remote: ?(?:error: )?(.*\S)/.exec(line)?.[1] ?? [])
    .concat(/\[remote rejected\].*\((.+)\)$/m.exec(said)?.[1] ?? [])
    // Addresses may be internal ones.
    .map(line => line.replace(/\b[a-z]+:\/\/\S+/g, '').trim())
    .filter(line => /\w/.test(line));
  const [, cure] = cures.find(([pattern]) => pattern.test(words.join(' '))) ?? [];
  const told = shorten([...new Set(words)].join(' '), 300) || 'the host refuses it';
  return `the host says "${told}"${cure ? `; ${cure}` : ''}`;
}
