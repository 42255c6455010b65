import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { RepositoryIdentity } from './checkout';

/**
 * Reads from `.git` where a checkout comes from and what is checked out, without running Git.
 *
 * @param root - absolute path of the checkout
 */
export function readIdentity(root: string): RepositoryIdentity {
  const git = gitFolder(root);
  if (git === undefined) return { revisions: [] };
  const common = path.resolve(git, textOf(path.join(git, 'commondir'))?.trim() ?? '.');
  const config = textOf(path.join(common, 'config')) ?? '';
  const origin = /\[remote "origin"\][^[]*?^\s*url\s*=\s*(.+)$/m.exec(config)?.[1].trim();
  return { ...(origin ? { origin } : {}), revisions: revisionsAt(git, common) };
}

/** `.git` is a folder, or in a work tree of its own a file that names one. */
function gitFolder(root: string): string | undefined {
  const place = path.join(root, '.git');
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return place;
  const named = stats?.isFile() ? /^gitdir: (.+)$/m.exec(textOf(place) ?? '')?.[1] : undefined;
  return named === undefined ? undefined : path.resolve(root, named.trim());
}

function revisionsAt(git: string, common: string): string[] {
  const head = textOf(path.join(git, 'HEAD'))?.trim() ?? '';
  const branch = /^ref: refs\/heads\/(.+)$/.exec(head)?.[1];
  const refs = refsOf(common);
  const commit = branch === undefined ? head : refs.get(`refs/heads/${branch}`);
  const names = [...refs]
    .filter(([, sha]) => sha === commit)
    .map(([name]) => name.replace(/^refs\/(heads|tags|remotes\/origin)\//, ''));
  return [...new Set([...(branch === undefined ? [] : [branch]), ...names])];
}

/** Branches and tags with their commits, packed and loose. */
function refsOf(common: string): Map<string, string> {
  const refs = new Map<string, string>();
  for (const line of (textOf(path.join(common, 'packed-refs')) ?? '').split('\n')) {
    const [sha, name] = line.split(' ');
    if (name?.startsWith('refs/')) refs.set(name, sha);
  }
  const folders = ['refs/heads', 'refs/tags', 'refs/remotes/origin'];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const place = path.join(common, folder);
    if (!existsSync(place)) continue;
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(name);
      else refs.set(name, textOf(path.join(common, name))?.trim() ?? '');
    }
  }
  return refs;
}

function textOf(file: string): string | undefined {
  return statSync(file, { throwIfNoEntry: false })?.isFile()
    ? readFileSync(file, 'utf8')
    : undefined;
}
