import { execFileSync } from 'node:child_process';
import { makeCheckout, type Checkout } from './checkout';

/** Output of one call of Git. Bytes. */
const maxBytes = 256 * 1024 * 1024;
const maxFileBytes = 2 * 1024 * 1024;
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
    const listed = git(root, ['ls-tree', '-r', '-z', '--full-tree', name]);
    if (listed === undefined) continue;
    const blobs = new Map(listed.split('\0').flatMap(entryOf));
    return makeCheckout([...blobs.keys()], file => contentOf(root, blobs.get(file)));
  }
  return undefined;
}

/** `100644 blob <sha>\t<path>`; links and submodules are no files. */
function entryOf(line: string): Array<[path: string, blob: string]> {
  const [, blob, path] = /^100(?:644|755) blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
  return blob === undefined ? [] : [[path, blob]];
}

function contentOf(root: string, blob: string | undefined): string | undefined {
  const text = blob === undefined ? undefined : git(root, ['cat-file', 'blob', blob]);
  return text === undefined || text.includes('\0') || text.length > maxFileBytes ? undefined : text;
}

function git(root: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', ['-C', root, ...args], {
      encoding: 'utf8',
      maxBuffer: maxBytes,
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'ignore'],
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
