import { createHash } from 'node:crypto';

/**
 * A name of a repository as one that addresses, catalog and Kubernetes take: a DNS label that begins with a letter. One that is
 * such a label stays as it is; one that is too long keeps its beginning and is told apart by a digest of the whole.
 *
 * @param max - characters
 */
export function portalName(name: string, max: number): string {
  const plain = name
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const begun = /^[a-z]/.test(plain) ? plain : `t-${plain}`.replace(/-+$/, '');
  if (begun.length <= max) return begun;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${begun.slice(0, max - 9).replace(/-+$/, '')}-${digest}`;
}
