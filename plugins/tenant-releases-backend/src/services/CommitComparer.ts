import type { Config } from '@backstage/config';
import {
  shorten,
  type RepositoryAddress,
  encodedPath,
  type HttpClient,
  itemsOf,
  toUpstreamError,
} from '@internal/gitops';
import { type ServiceCommit, type ServiceCommits } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { createRestClient } from '../desired/createGithubClient';
import { commitSchema, toCommit } from '../desired/githubSchemas';
import { inTime, answerMs } from '../upstream/inTime';

/** What two versions differ by never changes, but for a tag that is moved. Milliseconds. */
const freshMs = 600_000;
/** The answer holds up to 300 files with what changed in them, which nobody asked for. */
const maxBytes = 16 * 1024 * 1024;
/** GitHub makes the difference first; who asks does not wait for all of it, and the next one finds it. Milliseconds. */
const timeoutMs = 10_000;

/** Characters of a title that are told. */
const titleLength = 200;

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
const comparisonSchema = z.object({
  html_url: z.string().optional().catch(undefined),
  total_commits: z.number().int(),
  behind_by: z.number().int().catch(0),
  commits: itemsOf(z.intersection(commitSchema, z.object({ html_url: z.string().optional() }))),
});

type Comparison = Exclude<ServiceCommits, { unavailable: string }>;

/** The commits between two versions of a service, from the repository that it is built from. */
export class CommitComparer {
  readonly #config: Config;
  readonly #repositories: ReadonlyMap<string, RepositoryAddress>;
  readonly #clients = new Map<string, HttpClient | undefined>();
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
    const { owner, name } = repository;
    const [base, head] = [from, to].map(version => version.replace(/^sha-(?=[0-9a-f]{7,64}$)/, ''));
    const found = await this.#client(repository)!.getJson(
      encodedPath`/repos/${owner}/${name}/compare/${`${base}...${head}`}`,
      comparisonSchema,
      {
        headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
        maxBytes,
        timeoutMs,
      },
    );
    return {
      service,
      from,
      to,
      commits: found.commits.map(toServiceCommit).reverse(),
      total: found.total_commits,
      missing: found.behind_by,
      ...(found.html_url ? { url: found.html_url } : {}),
    };
  }

  /** One for each repository: those of one host may have credentials of their own, such as a GitHub App's installations. */
  #client({ url }: RepositoryAddress): HttpClient | undefined {
    if (!this.#clients.has(url)) this.#clients.set(url, createRestClient(this.#config, url));
    return this.#clients.get(url);
  }
}

function toServiceCommit(
  answer: z.infer<typeof commitSchema> & { html_url?: string },
): ServiceCommit {
  const { sha, author, isBot, message, committedAt } = toCommit(answer);
  return {
    sha,
    title: shorten(message.split('\n', 1)[0], titleLength),
    author: shorten(author, 80),
    ...(isBot ? { isBot } : {}),
    committedAt,
    ...(answer.html_url ? { url: answer.html_url } : {}),
  };
}
