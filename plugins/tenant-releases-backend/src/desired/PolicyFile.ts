import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  emptyReleasePolicy,
  parseReleasePolicy,
  type ReleasePolicy,
} from '@internal/plugin-tenant-releases-common';
import { toUpstreamError } from '../upstream/UpstreamError';
import type { GitFile, GithubApi } from './GithubApi';

/** The release policy at the head of the branch; the last one that could be read stays. */
export class PolicyFile {
  readonly #api: Pick<GithubApi, 'blob'>;
  readonly #path: string;
  readonly #logger: LoggerService;
  #policy: ReleasePolicy = emptyReleasePolicy;
  #sha: string | undefined;
  #isUnread = false;

  constructor(api: Pick<GithubApi, 'blob'>, path: string, logger: LoggerService) {
    this.#api = api;
    this.#path = path;
    this.#logger = logger;
  }

  get policy(): ReleasePolicy {
    return this.#policy;
  }

  /** Whether Git has not handed out the policy's content; {@link PolicyFile.read} asks for it again. */
  get isUnread(): boolean {
    return this.#isUnread;
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
    if (text === undefined) {
      if (!this.#isUnread) this.#warn('Git does not hand it out');
      this.#isUnread = true;
      return false;
    }
    this.#isUnread = false;
    this.#sha = sha;
    const result = parseReleasePolicy(text);
    if (!result.ok) {
      this.#warn(
        result.problems.map(({ line, key, text: why }) => `${line}: ${key} ${why}`).join('; '),
      );
      return false;
    }
    this.#policy = result.policy;
    return true;
  }

  #warn(why: string): void {
    this.#logger.warn(`${this.#path} cannot be read, the rules before it stay: ${why}`);
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
