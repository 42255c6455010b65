/** The name of "no object" in ref updates. */
export const zeroSha = '0'.repeat(40);

/** The tree without entries; Git knows it without storing it. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Whether a text is a whole SHA-1 in lower case. */
export function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** Whether a text can be an abbreviated SHA-1. */
export function isAbbreviatedSha(text: string): boolean {
  return /^[0-9a-f]{4,40}$/.test(text);
}

/**
 * Whether a text may be a branch or tag.
 * The rules of git-check-ref-format, and no leading dash, so that a name is never read as an option.
 */
export function isRefName(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= 200 &&
    text !== '@' &&
    text !== 'HEAD' &&
    !text.startsWith('-') &&
    !text.endsWith('.') &&
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    !/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{/.test(text) &&
    text.split('/').every(part => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
  );
}

/** Whether a text is the path of a file or folder inside a tree: relative, normalised, nothing of Git's own. */
export function isTreePath(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= 1024 &&
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    !/[\x00-\x1f\x7f]/.test(text) &&
    text
      .split('/')
      .every(part => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git')
  );
}

/** Whether a text can be the name of a repository. */
export function isRepositoryName(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,99}$/.test(text) && !text.endsWith('.git') && !text.includes('..');
}

/** Returns the SHA-1, or throws: what reaches Git has been checked before, so this is a bug of ours. */
export function requireSha(sha: string): string {
  if (!isSha(sha)) {
    throw new Error(`not a SHA-1: ${JSON.stringify(sha.slice(0, 60))}`);
  }
  return sha;
}

/** Returns the branch name, or throws. */
export function requireBranch(name: string): string {
  if (!isRefName(name)) {
    throw new Error(`not a branch name: ${JSON.stringify(name.slice(0, 60))}`);
  }
  return name;
}
