import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  emptyReleasePolicy,
  parseReleasePolicy,
  type ReleasePolicy,
} from '@internal/plugin-tenant-releases-common';
import { toUpstreamError } from '../upstream/UpstreamError';
import type { GitFile, GithubApi } from './GithubClient';

/** The release policy at the head of the branch; the last one that could be read stays. */
export class PolicyFile {
  readonly #api: Pick<GithubApi, 'blob'>;
  readonly #path: string;
  readonly #logger: LoggerService;
  #policy: ReleasePolicy = emptyReleasePolicy;
  #sha: string | undefined;

  constructor(api: Pick<GithubApi, 'blob'>, path: string, logger: LoggerService) {
    this.#api = api;
    this.#path = path;
    this.#logger = logger;
  }

  get policy(): ReleasePolicy {
    return this.#policy;
  }

  /**
   * Reads the policy of a commit, if it is another than the one known.
   *
   * @param files - every file of the commit
   * @returns whether it is another one
   * @throws UpstreamError when Git does not answer
   */
  async read(files: readonly GitFile[]): Promise<boolean> {
    const sha = files.find(({ path }) => path === this.#path)?.sha;
    if (sha === this.#sha) return false;
    const text = sha === undefined ? '' : await this.#content(sha);
    this.#sha = sha;
    const result = text === undefined ? undefined : parseReleasePolicy(text);
    if (result?.ok) {
      this.#policy = result.policy;
      return true;
    }
    const problems = result?.problems.map(({ line, key, text: why }) => `${line}: ${key} ${why}`);
    const why = problems?.join('; ') ?? 'Git does not hand it out';
    this.#logger.warn(`${this.#path} cannot be read, the rules before it stay: ${why}`);
    return false;
  }

  /** `undefined` when Git does not want to hand out this one content. */
  async #content(sha: string): Promise<string | undefined> {
    try {
      return await this.#api.blob(sha);
    } catch (error) {
      const { errorClass } = toUpstreamError(error);
      if (errorClass !== 'bad-answer' && errorClass !== 'not-found') throw error;
      return undefined;
    }
  }
}
