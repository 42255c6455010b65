/** What a commit did to one path. */
export interface FileChange {
  path: string;
  /** Name of the content before it; absent for a file that is new. */
  from?: string;
  /** Name of the content that it left; absent for a file that is gone. */
  to?: string;
  /** The path that it had before, when it was moved. */
  movedFrom?: string;
}

/** A commit with what it did to files. */
export interface CommitChanges {
  sha: string;
  changes: FileChange[];
}

interface RawMeta {
  from: string;
  to: string;
  status: string;
}

/** For `git log`: the commit's name between two NULs. */
export const rawFormat = '--format=tformat:%x00%H';

const isNone = /^0+$/;

/**
 * Reads what `git log --raw -z --no-abbrev` prints with {@link rawFormat}, as it comes in. A commit is told once the next one
 * has begun, or at {@link RawParser.end}.
 *
 * @see https://git-scm.com/docs/git-diff#_raw_output_format
 */
export class RawParser {
  readonly #onCommit: (commit: CommitChanges) => void;
  #rest: Buffer = Buffer.alloc(0);
  #commit: CommitChanges | undefined;
  #meta: RawMeta | undefined;
  #movedFrom: string | undefined;

  constructor(onCommit: (commit: CommitChanges) => void) {
    this.#onCommit = onCommit;
  }

  take(part: Buffer): void {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, part]) : part;
    let start = 0;
    for (let end = all.indexOf(0); end >= 0; end = all.indexOf(0, start)) {
      this.#token(all.toString('utf8', start, end));
      start = end + 1;
    }
    this.#rest = Buffer.from(all.subarray(start));
  }

  end(): void {
    if (this.#commit) this.#onCommit(this.#commit);
    this.#commit = undefined;
  }

  #token(token: string): void {
    if (this.#meta) {
      this.#path(token, this.#meta);
      return;
    }
    const [, from, to, status] =
      /^\n?:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(token) ?? [];
    if (status) this.#meta = { from, to, status };
    else if (/^[0-9a-f]{40,64}$/.test(token)) {
      this.end();
      this.#commit = { sha: token, changes: [] };
    }
  }

  #path(path: string, { from, to, status }: RawMeta): void {
    if ((status === 'R' || status === 'C') && this.#movedFrom === undefined) {
      this.#movedFrom = path;
      return;
    }
    this.#commit?.changes.push({
      path,
      ...(isNone.test(from) ? {} : { from }),
      ...(isNone.test(to) ? {} : { to }),
      ...(status === 'R' ? { movedFrom: this.#movedFrom } : {}),
    });
    this.#meta = undefined;
    this.#movedFrom = undefined;
  }
}
