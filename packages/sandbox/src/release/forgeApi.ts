import { GithubClient, GithubError, toUpstreamError } from '@internal/gitops';
import { z } from 'zod';
import { CommandError } from '../commands/commandError';

/** The part of GitHub's REST API that CI uses, on the forge. */
export interface ForgeApi {
  /** Text of a file on main, or undefined when it is not there. */
  readFile(repository: string, path: string): Promise<string | undefined>;
  /** Makes one commit on top of main, on no branch yet. Answers its SHA-1. */
  commit(repository: string, commit: NewCommit): Promise<string>;
  /** Moves main forward to a commit; throws a GithubError when main has moved meanwhile. */
  advanceMain(repository: string, sha: string): Promise<void>;
}

/** A commit to be made. */
export interface NewCommit {
  files: Record<string, string>;
  message: string;
  author: { name: string; email: string };
}

const owner = 'acme';
/** Milliseconds. */
const timeoutMs = 15_000;

const shaSchema = z.object({ sha: z.string() });
const refSchema = z.object({ object: shaSchema });
const contentSchema = z.object({ content: z.string() });

/**
 * @param url - of the forge, for example http://localhost:7101
 * @param token - of the account that acts
 */
export function forgeApi(url: string, token: string): ForgeApi {
  const client = new GithubClient({
    apiUrl: `${url}/api/v3`,
    headers: async () => ({ authorization: `token ${token}` }),
  });
  const call = async <T>(
    route: string,
    parameters: Record<string, unknown>,
    schema: z.ZodType<T>,
  ): Promise<T> => {
    try {
      return await client.call(route, { owner, ...parameters }, schema, { timeoutMs });
    } catch (thrown) {
      const error = toUpstreamError(thrown);
      if (error.refusal || error.errorClass === 'bad-answer') throw GithubError.of(route, error);
      throw new CommandError(`The forge at ${url} does not answer (${error.message}).`);
    }
  };

  return {
    async readFile(repo, path) {
      const route = 'GET /repos/{owner}/{repo}/contents/{path}';
      try {
        const { content } = await call(route, { repo, path, ref: 'main' }, contentSchema);
        return Buffer.from(content, 'base64').toString('utf8');
      } catch (error) {
        if (error instanceof GithubError && error.status === 404) return undefined;
        throw error;
      }
    },
    async commit(repo, { files, message, author }) {
      const where = { repo, ref: 'heads/main' };
      const main = await call('GET /repos/{owner}/{repo}/git/ref/{ref}', where, refSchema);
      const parent = main.object.sha;
      const entries = Object.entries(files).map(([path, content]) => ({
        path,
        mode: '100644',
        type: 'blob',
        content,
      }));
      const trees = 'POST /repos/{owner}/{repo}/git/trees';
      const { sha: tree } = await call(
        trees,
        { repo, base_tree: parent, tree: entries },
        shaSchema,
      );
      const commit = { repo, message, tree, parents: [parent], author };
      return (await call('POST /repos/{owner}/{repo}/git/commits', commit, shaSchema)).sha;
    },
    async advanceMain(repo, sha) {
      const where = { repo, ref: 'heads/main', sha };
      await call('PATCH /repos/{owner}/{repo}/git/refs/{ref}', where, refSchema);
    },
  };
}
