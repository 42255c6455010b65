import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  emptyReleasePolicy,
  parseReleasePolicy,
  type ReleasePolicy,
  toUpstreamError,
  type GitFile,
  type GithubApi,
  type GitText,
} from '@internal/gitops';
import { type LeftOut } from '@internal/plugin-tenant-releases-common';
import { fileLeftOut, problemOf } from './strangers';

const missing =
  'It is missing, so that nothing is frozen and no version is bad: add it, with the empty lists rings, badVersions and freezes, or correct tenantReleases.gitops.policyPath.';

/** The release policy at the head of the branch; the last one that could be read stays until the file is gone. */
export class PolicyFile {
  readonly #api: Pick<GithubApi, 'blob'>;
  readonly #path: string;
  readonly #logger: LoggerService;
  #policy: ReleasePolicy = emptyReleasePolicy;
  #sha: string | undefined;
  #isUnread = false;
  /** Why the rules are not those of the file, as a sentence. */
  #problem: string | undefined;

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

  /** What people have to know who rely on the rules: that the file is missing, or cannot be read. */
  leftOut(): LeftOut[] {
    return this.#problem === undefined ? [] : [fileLeftOut(this.#path, this.#problem)];
  }

  /**
   * Reads the policy of a commit, if it is another than the one known.
   *
   * @param files - every file of the commit
   * @returns whether the rules are others
   * @throws UpstreamError when Git does not answer
   */
  async read(files: readonly GitFile[]): Promise<boolean> {
    const file = files.find(({ path }) => path === this.#path);
    if (!file) return this.#forget();
    if (file.sha === this.#sha) return false;
    const content = await this.#content(file);
    this.#isUnread = content === undefined;
    if (!content)
      return this.#refuse('is not handed out by Git', 'see whether it is far too large');
    this.#sha = file.sha;
    const { problem, text } = content;
    if (problem) return this.#refuse(problem.problem, problem.cure);
    const result = parseReleasePolicy(text);
    if (!result.ok) {
      const [{ line, key, text: why }] = result.problems;
      return this.#refuse(`cannot be read (line ${line}: ${key} ${why})`, 'correct it');
    }
    this.#problem = undefined;
    this.#policy = result.policy;
    return true;
  }

  /** Takes the rules of a tree without a policy, as `gitops check` does. */
  #forget(): boolean {
    const isOther = this.#policy !== emptyReleasePolicy;
    if (isOther) this.#logger.warn(`${this.#path}: ${missing}`);
    this.#sha = undefined;
    this.#isUnread = false;
    this.#policy = emptyReleasePolicy;
    this.#problem = missing;
    return isOther;
  }

  /** Keeps the rules that are known. */
  #refuse(problem: string, cure: string): false {
    const rules =
      this.#policy === emptyReleasePolicy
        ? 'nothing is known to be frozen or bad'
        : 'the rules that were read last stay';
    const sentence = `It ${problem}: ${cure}; until then ${rules}.`;
    if (sentence !== this.#problem) this.#logger.warn(`${this.#path}: ${sentence}`);
    this.#problem = sentence;
    return false;
  }

  /** `undefined` when Git does not want to hand out this one content. */
  async #content({ sha, kind }: GitFile): Promise<GitText | undefined> {
    if (kind) return { text: '', problem: problemOf(kind) };
    try {
      return await this.#api.blob(sha);
    } catch (error) {
      const { errorClass } = toUpstreamError(error);
      if (errorClass !== 'bad-answer' && errorClass !== 'not-found') throw error;
      return undefined;
    }
  }
}
