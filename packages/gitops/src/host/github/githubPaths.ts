import { encodedPath } from '../../http/encodedPath';

/** A repository, as GitHub names it. */
export interface RepositoryName {
  owner: string;
  name: string;
}

/** Path of a repository in GitHub's API. */
export function pathOf({ owner, name }: RepositoryName): string {
  return encodedPath`/repos/${owner}/${name}`;
}

/** The query of the next page; the address itself leads past the one that is configured. */
export function nextPage(link: string | string[] | undefined): Record<string, string> | undefined {
  const [, address] = /<([^>]+)>; rel="next"/.exec(String(link)) ?? [];
  const url = address === undefined ? undefined : URL.parse(address);
  return url ? Object.fromEntries(url.searchParams) : undefined;
}

/** The repository's part of a path that leads to its commits. */
export function repositoryOf(path: string): string | undefined {
  return /^(.+)\/commits$/.exec(path)?.[1];
}

/** A path inside the repository, each part encoded by itself. */
export function segmentsOf(path: string): string {
  return path
    .split('/')
    .map(part => encodedPath`/${part}`)
    .join('');
}
