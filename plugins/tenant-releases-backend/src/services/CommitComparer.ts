import type { Config } from '@backstage/config';
import {
  compareCommits,
  shorten,
  toUpstreamError,
  type CommitComparison,
  type GithubClient,
  type RepositoryAddress,
} from '@internal/gitops';
import { type ServiceCommit, type ServiceCommits } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { githubClientOf } from '../desired/createGithubClient';
import { inTime, answerMs } from '../upstream/inTime';

/** What two versions differ by never changes, but for a tag that is moved. Milliseconds. */
const freshMs = 600_000;
/** Characters of a title that are told. */
const titleLength = 200;

type Comparison = Exclude<ServiceCommits, { unavailable: string }>;

/** The commits between two versions of a service, from the repository that it is built from. */
export class CommitComparer {
  readonly #config: Config;
  readonly #repositories: ReadonlyMap<string, RepositoryAddress>;
  readonly #clients = new Map<string, GithubClient | undefined>();
  readonly #known: LRUCache<string, Comparison>;

  constructor(config: Config, repositories: ReadonlyMap<string, RepositoryAddress>) {
    this.#config = config;
    this.#repositories = repositories;
    this.#known = new LRUCache<string, Comparison>({
      max: 500,
      ttl: freshMs,
      fetchMethod: key => {
        const [service, from, to] = key.split('\n');
        return this.#ask(service, from, to);
      },
    });
  }

  /**
   * @param from - a version of the service: `sha-` and the beginning of a commit, or the name of a tag
   * @param to - the same
   */
  async compare(service: string, from: string, to: string): Promise<ServiceCommits> {
    const unavailable = (why: string) => ({ service, from, to, unavailable: why });
    const repository = this.#repositories.get(service);
    if (!repository) {
      return unavailable(
        `Nobody has said which repository ${service} is built from. The platform team can: tenantReleases.services.`,
      );
    }
    if (!this.#client(repository)) {
      return unavailable(
        'The portal may not read the repository. The platform team can change that: integrations.github.',
      );
    }
    const until = Date.now() + answerMs;
    try {
      const asked = this.#known.fetch([service, from, to].join('\n'));
      return (await inTime(asked, until))!;
    } catch (error) {
      const { errorClass } = toUpstreamError(error);
      return unavailable(
        errorClass === 'not-found'
          ? 'The repository of the service does not know both versions: they are found by their commit (sha-1a2b3c4) or by a tag of their name.'
          : `The host of the service’s repository does not answer (${errorClass}).`,
      );
    }
  }

  async #ask(service: string, from: string, to: string): Promise<Comparison> {
    const repository = this.#repositories.get(service)!;
    const [base, head] = [from, to].map(version => version.replace(/^sha-(?=[0-9a-f]{7,64}$)/, ''));
    const found = await compareCommits(this.#client(repository)!, repository, base, head);
    return { service, from, to, ...found, commits: found.commits.map(toServiceCommit) };
  }

  /** One for each repository: those of one host may have credentials of their own, such as a GitHub App's installations. */
  #client({ url }: RepositoryAddress): GithubClient | undefined {
    if (!this.#clients.has(url)) this.#clients.set(url, githubClientOf(this.#config, url));
    return this.#clients.get(url);
  }
}

function toServiceCommit({
  sha,
  author,
  isBot,
  message,
  committedAt,
  url,
}: CommitComparison['commits'][number]): ServiceCommit {
  return {
    sha,
    title: shorten(message.split('\n', 1)[0], titleLength),
    author: shorten(author, 80),
    ...(isBot ? { isBot } : {}),
    committedAt,
    ...(url ? { url } : {}),
  };
}
