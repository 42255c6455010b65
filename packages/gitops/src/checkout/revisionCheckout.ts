import { execFileSync } from 'node:child_process';
import { makeCheckout, type Checkout } from './checkout';

/** Output of one call of Git. Bytes. */
const maxBytes = 256 * 1024 * 1024;
const maxFileBytes = 2 * 1024 * 1024;
/** Files of which thousands are read: all of these together, the others when they are asked for. Bytes. */
const maxAheadBytes = 128 * 1024;
const maxAllBytes = 200 * 1024 * 1024;
const timeoutMs = 20_000;

/**
 * The checkout that a branch, tag or commit of a repository would give, read from Git's own store without a work tree.
 *
 * @param root - absolute path of a checkout
 * @returns undefined when Git does not have the revision here
 */
export function revisionCheckout(root: string, revision: string): Checkout | undefined {
  if (!/^[\w][\w./-]*$/.test(revision) || revision.includes('..')) return undefined;
  const names = [
    `refs/remotes/origin/${revision}`,
    `refs/heads/${revision}`,
    `refs/tags/${revision}`,
  ];
  if (/^[0-9a-f]{7,64}$/.test(revision)) names.push(revision);
  for (const name of names) {
    const listed = git(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', name])?.toString();
    if (listed === undefined) continue;
    const blobs = new Map(listed.split('\0').flatMap(entryOf));
    let known: ReadonlyMap<string, string | undefined> | undefined;
    return makeCheckout([...blobs.keys()], file => {
      const { blob } = blobs.get(file)!;
      known ??= readAhead(root, [...blobs.values()]);
      return known.has(blob) ? known.get(blob) : contentOf(root, blob);
    });
  }
  return undefined;
}

interface Entry {
  blob: string;
  size: number;
}

/** `100644 blob <sha> <size>\t<path>`; links and submodules are no files. */
function entryOf(line: string): Array<[path: string, entry: Entry]> {
  const [, blob, size, path] = /^100(?:644|755) blob ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(line) ?? [];
  return blob === undefined ? [] : [[path, { blob, size: Number(size) }]];
}

/** The small files of a revision by one question: thousands of processes would take minutes. */
function readAhead(root: string, entries: readonly Entry[]): Map<string, string | undefined> {
  let total = 0;
  const blobs = entries.flatMap(({ blob, size }) => {
    total += size;
    return size <= maxAheadBytes && total <= maxAllBytes ? blob : [];
  });
  const contents = new Map<string, string | undefined>();
  const answer = git(root, ['cat-file', '--batch'], `${blobs.join('\n')}\n`);
  if (!answer) return contents;
  for (let at = 0, end = answer.indexOf(10); end >= 0; end = answer.indexOf(10, at)) {
    const [, blob, size] =
      /^([0-9a-f]+) blob (\d+)$/.exec(answer.toString('latin1', at, end)) ?? [];
    if (blob === undefined) break;
    const start = end + 1;
    contents.set(blob, textOf(answer.subarray(start, start + Number(size))));
    at = start + Number(size) + 1;
  }
  return contents;
}

function contentOf(root: string, blob: string): string | undefined {
  const content = git(root, ['cat-file', 'blob', blob]);
  return content && textOf(content);
}

function textOf(content: Buffer): string | undefined {
  return content.includes(0) || content.length > maxFileBytes
    ? undefined
    : content.toString('utf8');
}

function git(root: string, args: readonly string[], input?: string): Buffer | undefined {
  try {
    return execFileSync('git', ['-C', root, ...args], {
      input,
      maxBuffer: maxBytes,
      timeout: timeoutMs,
      stdio: ['pipe', 'pipe', 'ignore'],
      // Nothing is fetched, and nobody is asked.
      env: {
        PATH: process.env.PATH,
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_NO_LAZY_FETCH: '1',
      },
    });
  } catch {
    // Git is not there, or does not have it: either way the revision is not known here.
    return undefined;
  }
}
