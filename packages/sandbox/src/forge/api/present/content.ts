import type { TreeEntry } from '../../git/tree';
import { encodePath, type Links } from '../links';

/** What the addresses of a file or folder are made of. */
export interface Place {
  repository: string;
  ref: string;
  path: string;
}

/**
 * A file or folder as the contents API tells it, without the contents.
 *
 * @see https://docs.github.com/en/rest/repos/contents
 */
export function presentEntry(links: Links, place: Place, entry: Omit<TreeEntry, 'path' | 'mode'>) {
  const { repository, ref, path } = place;
  const api = links.repositoryApi(repository);
  const isFile = entry.type === 'blob';
  const self = `${api}/contents/${encodePath(path)}?ref=${encodeURIComponent(ref)}`;
  const git = `${api}/git/${isFile ? 'blobs' : 'trees'}/${entry.sha}`;
  const html = isFile ? links.blob(repository, ref, path) : links.tree(repository, ref, path);
  return {
    name: path.split('/').pop() ?? '',
    path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: isFile
      ? `${links.repository(repository)}/raw/${encodePath(ref)}/${encodePath(path)}`
      : null,
    type: entry.type === 'tree' ? 'dir' : 'file',
    _links: { self, git, html },
  };
}
