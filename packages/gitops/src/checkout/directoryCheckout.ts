import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeCheckout, type Checkout } from './checkout';
import { readIdentity } from './readIdentity';
import { revisionCheckout } from './revisionCheckout';

/** Files larger than this are no manifests. Bytes. */
const maxFileBytes = 2 * 1024 * 1024;
/** A repository of more files is looked at folder by folder, which this does not do. */
const maxFiles = 200_000;
/** Folders that hold what tools put there. */
const skipped = new Set(['.git', 'node_modules', '.terraform', '.venv', '__pycache__']);

/** A repository that is too large to be looked at as a whole. */
export class CheckoutError extends Error {
  override name = 'CheckoutError';
}

/**
 * The checkout in a folder of this machine. Symbolic links are not followed.
 *
 * @param root - absolute path
 * @throws CheckoutError when it holds too many files
 */
export function directoryCheckout(root: string): Checkout {
  const read = (file: string) => {
    const absolute = path.join(root, file);
    const stats = lstatSync(absolute, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > maxFileBytes) return undefined;
    const content = readFileSync(absolute);
    return content.includes(0) ? undefined : content.toString('utf8');
  };
  const others = new Map<string, Checkout | undefined>();
  const at = (revision: string) => {
    if (!others.has(revision)) others.set(revision, revisionCheckout(root, revision));
    return others.get(revision);
  };
  const { files, links } = listFiles(root);
  return { ...makeCheckout(files, read, readIdentity(root)), links, at };
}

function listFiles(root: string): { files: string[]; links: string[] } {
  const files: string[] = [];
  const links: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.push(name);
      else if (entry.isSymbolicLink()) links.push(name);
      else if (entry.isDirectory() && !skipped.has(entry.name)) folders.push(name);
    }
    if (files.length > maxFiles) {
      throw new CheckoutError(
        `the checkout holds more than ${maxFiles} files; name a folder of it with --dir`,
      );
    }
  }
  return { files, links };
}
