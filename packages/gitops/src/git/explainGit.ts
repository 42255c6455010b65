import { GitFault, type GitFaultKind } from './GitFault';
import { GitExit } from './runGit';

/** What a fault says of the repository. */
export interface GitSubject {
  /** Name of the repository for people, without credentials. */
  repository: string;
  branch: string;
}

/**
 * What Git, curl and the hosts say, in the order in which it counts. From Git 2.39 and 2.47 (remote-curl.c, http.c, connect.c,
 * fetch-pack.c, packfile.c) and the answers of GitHub, GitLab and Gitea.
 */
const words: ReadonlyArray<readonly [RegExp, GitFaultKind]> = [
  [/No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/i, 'full-disk'],
  [/File size limit exceeded|died of signal 25|File too large/i, 'too-large'],
  [/pack exceeds maximum allowed size/i, 'too-large'],
  [
    /requested URL returned error: 30[12378]|unable to update url base from redirection/i,
    'redirected',
  ],
  [/returned error: 429/, 'rate-limited'],
  [
    /returned error: 401|Authentication failed|could not read (Username|Password)|invalid credentials/i,
    'unauthorized',
  ],
  [/returned error: 403|access denied|not allowed to/i, 'forbidden'],
  [
    /returned error: (404|410)|repository .*not found|does not appear to be a git repository/i,
    'not-found',
  ],
  [/returned error: 5\d\d|internal server error/i, 'server-error'],
  [/couldn't find remote ref|Remote branch .* not found/i, 'no-branch'],
  // Before what follows from it: the host ends the connection.
  [/not our ref|unadvertised object|remote error/i, 'bad-answer'],
  [/Operation too slow|timed out|Operation timed out|early EOF|transfer closed with/i, 'timeout'],
  [
    /Could not resolve|Failed to connect|Couldn't connect|Connection (refused|reset)|SSL|certificate|RPC failed|unexpected disconnect|hung up|Empty reply|gnutls|proxy/i,
    'unreachable',
  ],
  [
    /not valid: is this a git repository|bad (pack|line|header)|protocol error|did not send all necessary|index-pack failed|bad object|expected|not something we can|filter/i,
    'bad-answer',
  ],
  // Ended by a signal it says nothing itself: the limit of its files.
  [/invalid index-pack output/, 'too-large'],
  [
    /Permission denied|Read-only file system|unable to create|cannot (create|lock|update)|dubious ownership/i,
    'bad-folder',
  ],
];

/** What a damaged repository makes Git say, when nobody else is spoken to. */
const damage =
  /not a git repository|bad (object|tree|config|ref|revision)|corrupt|unable to (read|find|parse|open)|missing (blob|tree|commit)|could not (read|fetch|parse)|invalid (object|sha1|pack)|inflate|packfile|pack(ed)? .*index|broken|unknown repository extension|ambiguous argument|object [0-9a-f]+ not found|does not match index|expected .* version/i;

/** The same, in words that are never about a remote. */
const ownDamage =
  /fatal: not a git repository|bad config|unknown repository extension|object [0-9a-f]+ not found|does not match index/;

/**
 * Git's end as a {@link GitFault} that names the repository and the cure.
 *
 * @param isLocal - nobody was spoken to: what is wrong is here
 */
export function explainGit(error: unknown, subject: GitSubject, isLocal = false): GitFault {
  return error instanceof GitFault ? error : gitFault(kindOf(error, isLocal), subject);
}

/** A fault in a sentence that names the repository and the cure. */
export function gitFault(kind: GitFaultKind, subject: GitSubject): GitFault {
  return new GitFault(kind, `${subject.repository} ${sentenceOf(kind, subject)}`);
}

function kindOf(error: unknown, isLocal: boolean): GitFaultKind {
  if (!(error instanceof GitExit)) return kindOfCode((error as NodeJS.ErrnoException).code);
  const { reason, said } = error;
  if (reason === 'not-started') return 'no-git';
  if (reason === 'timeout' || reason === 'aborted') return reason;
  if (reason === 'output') return 'too-large';
  if (/No space left|Disk quota/i.test(said)) return 'full-disk';
  if (isLocal) return damage.test(said) ? 'corrupt' : 'failed';
  if (ownDamage.test(said)) return 'corrupt';
  return words.find(([pattern]) => pattern.test(said))?.[1] ?? 'failed';
}

function kindOfCode(code: string | undefined): GitFaultKind {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full-disk';
  // Something of the mirror is gone.
  if (code === 'ENOENT') return 'corrupt';
  return code === undefined ? 'failed' : 'bad-folder';
}

/** @returns the rest of a sentence that begins with the repository's name */
function sentenceOf(kind: GitFaultKind, { branch }: GitSubject): string {
  switch (kind) {
    case 'no-git':
      return 'cannot be mirrored: git cannot be run; install git 2.38 or newer where the backend runs, or set tenantReleases.gitops.reader to api';
    case 'timeout':
      return 'cannot be read: its host does not answer in time, or stopped in the middle; it is tried again';
    case 'unreachable':
      return 'cannot be read: its host cannot be reached; see whether the backend may connect to it, also through a proxy and by its certificate';
    case 'server-error':
      return 'cannot be read: its host is overloaded or out of order; it is tried again';
    case 'rate-limited':
      return 'is not read for a while: its host wants fewer requests; set tenantReleases.gitops.pollSeconds to more';
    case 'unauthorized':
      return 'cannot be read: the credentials of integrations for its host are missing or refused; set valid ones';
    case 'forbidden':
      return 'cannot be read: the credentials of integrations for its host may not read it; give them the right to read contents';
    case 'not-found':
      return 'is not there, or the credentials of integrations for its host may not see it; correct tenantReleases.gitops.repository or the credentials';
    case 'no-branch':
      return `has no branch "${branch}"; correct tenantReleases.gitops.branch`;
    case 'empty':
      return `holds no commit yet; push the first one to branch "${branch}"`;
    case 'redirected':
      return 'was moved: its host leads to another address; set tenantReleases.gitops.repository to that';
    case 'bad-answer':
      return 'cannot be read: its host does not answer as a Git host does; see whether the address is that of a repository';
    case 'too-large':
      return 'cannot be mirrored: it sends more than is taken; set tenantReleases.gitops.reader to api';
    case 'full-disk':
      return 'cannot be mirrored: the disk of tenantReleases.gitops.mirrorDirectory is full; make room, or set another place';
    case 'bad-folder':
      return 'cannot be mirrored: the backend may not write in the folder of tenantReleases.gitops.mirrorDirectory, or it is of another user; make it writable, or set another place';
    case 'corrupt':
      return 'has a damaged mirror, which is made anew at the next look';
    case 'locked':
      return 'is being mirrored by another backend for too long; give each backend a tenantReleases.gitops.mirrorDirectory of its own';
    case 'aborted':
      return 'was not read to the end: the reading was stopped';
    default:
      return 'cannot be read with git; the log at level debug has what git says';
  }
}
