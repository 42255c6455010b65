import { CommandError } from '../commands/commandError';

/** The part of GitHub's REST API that CI uses, on the forge. */
export interface ForgeApi {
  /** Text of a file on main, or undefined when it is not there. */
  readFile(repository: string, path: string): Promise<string | undefined>;
  /** Makes one commit on top of main, on no branch yet. Answers its SHA-1. */
  commit(repository: string, commit: NewCommit): Promise<string>;
  /** Moves main forward to a commit; throws a {@link CommandError} when main has moved meanwhile. */
  advanceMain(repository: string, sha: string): Promise<void>;
}

/** A commit to be made. */
export interface NewCommit {
  files: Record<string, string>;
  message: string;
  author: { name: string; email: string };
}

const owner = 'acme';

/**
 * @param url - of the forge, for example http://localhost:7101
 * @param token - of the account that acts
 */
export function forgeApi(url: string, token: string): ForgeApi {
  const call = async (method: string, target: string, body?: unknown): Promise<Response> => {
    let response;
    try {
      response = await fetch(`${url}/api/v3/repos/${owner}/${target}`, {
        method,
        headers: {
          authorization: `token ${token}`,
          accept: 'application/vnd.github+json',
          'content-type': 'application/json',
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(15_000),
      });
    } catch (error) {
      throw new CommandError(`The forge at ${url} does not answer (${(error as Error).message}).`);
    }
    return response;
  };
  const json = async <T>(method: string, target: string, body?: unknown): Promise<T> => {
    const response = await call(method, target, body);
    if (!response.ok) {
      const { message } = (await response.json()) as { message?: string };
      throw new CommandError(
        `The forge refused ${method} ${target}: ${message} (HTTP ${response.status}).`,
      );
    }
    return (await response.json()) as T;
  };
  const encode = (path: string) => path.split('/').map(encodeURIComponent).join('/');
  const contents = (repository: string, path: string) =>
    call('GET', `${repository}/contents/${encode(path)}?ref=main`);

  return {
    async readFile(repository, path) {
      const response = await contents(repository, path);
      if (response.status === 404) return undefined;
      const file = (await response.json()) as { content: string };
      return Buffer.from(file.content, 'base64').toString('utf8');
    },
    async commit(repository, { files, message, author }) {
      const main = await json<{ object: { sha: string } }>(
        'GET',
        `${repository}/git/ref/heads/main`,
      );
      const parent = main.object.sha;
      const entries = Object.entries(files);
      const tree = await json<{ sha: string }>('POST', `${repository}/git/trees`, {
        base_tree: parent,
        tree: entries.map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })),
      });
      const commit = await json<{ sha: string }>('POST', `${repository}/git/commits`, {
        message,
        tree: tree.sha,
        parents: [parent],
        author,
      });
      return commit.sha;
    },
    async advanceMain(repository, sha) {
      await json('PATCH', `${repository}/git/refs/heads/main`, { sha });
    },
  };
}
