/** Somebody as a commit names them. */
export interface GitPerson {
  name: string;
  email: string;
}

/** What a commit says of itself. */
export interface CommitFacts {
  sha: string;
  parents: readonly string[];
  author: GitPerson;
  /** RFC 3339, UTC. */
  authoredAt: string;
  committer: GitPerson;
  /** RFC 3339, UTC. */
  committedAt: string;
  /** Of `Co-authored-by:` lines. */
  coAuthors: readonly GitPerson[];
  message: string;
}

/** Of a longer message the beginning is enough for everybody. Characters. */
const maxMessage = 64 * 1024;
const epoch = new Date(0).toISOString();

/**
 * Reads a commit object. Whatever people wrote into it, it is a commit: a time that no calendar has is that of 1970.
 *
 * @see https://git-scm.com/docs/user-manual#commit-object
 */
export function parseCommit(sha: string, content: Buffer): CommitFacts {
  const headEnd = content.indexOf('\n\n');
  const head = headEnd < 0 ? content : content.subarray(0, headEnd);
  const encoding = /^encoding (.+)$/m.exec(head.toString('latin1'))?.[1];
  const decode = decoderOf(encoding);
  const lines = decode(head).split('\n');
  const field = (name: string) =>
    lines.find(line => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  const author = parsePerson(field('author'));
  const committer = parsePerson(field('committer'));
  const message = headEnd < 0 ? '' : decode(content.subarray(headEnd + 2)).slice(0, maxMessage);
  return {
    sha,
    parents: lines.flatMap(line => /^parent ([0-9a-f]+)$/.exec(line)?.[1] ?? []),
    author: author.person,
    authoredAt: author.at,
    committer: committer.person,
    committedAt: committer.at,
    coAuthors: coAuthorsOf(message),
    message: message.replace(/\n+$/, ''),
  };
}

/** https://docs.github.com/en/pull-requests/committing-changes-to-your-project/creating-and-editing-commits/creating-a-commit-with-multiple-authors */
function coAuthorsOf(message: string): GitPerson[] {
  const lines = message.matchAll(/^co-authored-by:[ \t]*(.*?)[ \t]*<([^<>\n]*)>[ \t]*$/gim);
  return [...lines].map(([, name, email]) => ({ name: name || email, email }));
}

function parsePerson(line: string): { person: GitPerson; at: string } {
  const [, name = '', email = '', seconds] = /^(.*?) ?<([^>]*)>(?: (-?\d+))?/.exec(line) ?? [];
  const time = new Date(Number(seconds) * 1000);
  const at = Number.isNaN(time.getTime()) ? epoch : time.toISOString();
  return { person: { name: name || email || 'unknown', email }, at };
}

function decoderOf(encoding = 'utf-8'): (bytes: Buffer) => string {
  try {
    const decoder = new TextDecoder(encoding);
    return bytes => decoder.decode(bytes);
  } catch {
    // An encoding that nobody knows: the letters that all have in common are right.
    return bytes => bytes.toString('latin1');
  }
}
