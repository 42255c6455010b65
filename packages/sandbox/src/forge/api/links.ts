import { owner } from '../model/hosted';

/** The addresses that the forge's answers and pages name. */
export class Links {
  /** @param url - base URL of the forge, without a slash at the end */
  constructor(readonly url: string) {}

  /** Base of the REST API. */
  get api(): string {
    return `${this.url}/api/v3`;
  }

  /** A repository in the REST API. */
  repositoryApi(name: string): string {
    return `${this.api}/repos/${owner}/${name}`;
  }

  /** A repository's page. */
  repository(name: string): string {
    return `${this.url}/${owner}/${name}`;
  }

  /** What `git clone` takes. */
  clone(name: string): string {
    return `${this.repository(name)}.git`;
  }

  commit(name: string, sha: string): string {
    return `${this.repository(name)}/commit/${sha}`;
  }

  pull(name: string, number: number): string {
    return `${this.repository(name)}/pull/${number}`;
  }

  blob(name: string, ref: string, path: string): string {
    return `${this.repository(name)}/blob/${encodePath(ref)}/${encodePath(path)}`;
  }

  tree(name: string, ref: string, path = ''): string {
    return `${this.repository(name)}/tree/${encodePath(ref)}${path && `/${encodePath(path)}`}`;
  }
}

/** Percent-encodes each part of a path. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** GitHub's opaque ids: here a kind and a number or name in base64url. */
export function nodeId(kind: string, id: string | number): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`;
}
