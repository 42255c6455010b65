/** Who wrote or committed, and when. */
export interface Signature {
  name: string;
  email: string;
  date: Date;
}

/** A commit object, read. */
export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  /** Subject, blank line, body; without the line break at the end. */
  message: string;
}

function parseSignature(text: string): Signature {
  const match = /^(.*?) ?<([^>]*)> (\d+) [+-]\d{4}$/.exec(text);
  return match
    ? { name: match[1], email: match[2], date: new Date(Number(match[3]) * 1000) }
    : { name: text, email: '', date: new Date(0) };
}

/**
 * Reads a commit object.
 *
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function parseCommit(sha: string, content: Buffer): Commit {
  const text = content.toString('utf8');
  const blank = text.indexOf('\n\n');
  const head = blank < 0 ? text : text.slice(0, blank);
  const message = blank < 0 ? '' : text.slice(blank + 2).replace(/\n+$/, '');
  const value = (key: string) =>
    head
      .split('\n')
      .filter(line => line.startsWith(`${key} `))
      .map(line => line.slice(key.length + 1));
  return {
    sha,
    tree: value('tree')[0] ?? '',
    parents: value('parent'),
    author: parseSignature(value('author')[0] ?? ''),
    committer: parseSignature(value('committer')[0] ?? ''),
    message,
  };
}

/** First line of a commit's message. */
export function subject(commit: Commit): string {
  return commit.message.split('\n', 1)[0];
}
