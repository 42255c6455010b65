import type { LoggerService } from '@backstage/backend-plugin-api';
import type { VersionCommit } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { ChangeHints } from '../upstream/ChangeHints';
import { toUpstreamError, type ServiceRepository } from '@internal/gitops';

/** Versions that one request asks for. */
const maxAsked = 30;
/** A tag may be pushed after its image: an unknown version is asked for again. Milliseconds. */
const askAgainMs = 600_000;
/** Milliseconds until a repository that did not answer is asked again, unless it says when. */
const retryMs = 60_000;

/** What is known of a version; nothing of one that the repository does not know. */
interface Known {
  commit?: VersionCommit;
  /** Milliseconds since 1970. */
  askAgainAt: number;
}

/**
 * The commits that versions were built from, of services whose repository is set up. Each version is asked for once, when somebody
 * first looks at it, many together; the commit of a version never changes.
 */
export class VersionCommits {
  /** Told when commits have been found. */
  readonly changes = new ChangeHints();
  readonly #repositories: ReadonlyMap<string, Pick<ServiceRepository, 'commits'>>;
  readonly #logger: Pick<LoggerService, 'warn'>;
  readonly #known = new LRUCache<string, Known>({ max: 10_000 });
  readonly #wanted = new Map<string, Set<string>>();
  /** Services whose repository is asked, or left alone for a while. */
  readonly #asking = new Map<string, Promise<void>>();
  readonly #restUntil = new Map<string, number>();

  /** @param repositories - by the service's name */
  constructor(
    repositories: ReadonlyMap<string, Pick<ServiceRepository, 'commits'>>,
    logger: Pick<LoggerService, 'warn'>,
  ) {
    this.#repositories = repositories;
    this.#logger = logger;
  }

  /** `undefined` while it is not known; looking once starts to find it out. */
  find(service: string, version: string): VersionCommit | undefined {
    if (!this.#repositories.has(service)) return undefined;
    const known = this.#known.get(keyOf(service, version));
    if (!known || known.askAgainAt <= Date.now()) this.#want(service, version);
    return known?.commit;
  }

  /** Resolves when nothing more is on its way of what has been looked for. */
  async settled(service: string): Promise<void> {
    await this.#asking.get(service);
  }

  #want(service: string, version: string): void {
    const wanted = this.#wanted.get(service) ?? new Set();
    this.#wanted.set(service, wanted.add(version));
    if (this.#asking.has(service) || Date.now() < (this.#restUntil.get(service) ?? 0)) return;
    // Whatever else is looked for in this turn goes with the same request.
    const asking = Promise.resolve()
      .then(() => this.#askAll(service))
      .finally(() => this.#asking.delete(service));
    this.#asking.set(service, asking);
  }

  async #askAll(service: string): Promise<void> {
    const wanted = this.#wanted.get(service)!;
    let hasFound = false;
    try {
      while (wanted.size > 0) {
        const versions = [...wanted].slice(0, maxAsked);
        const found = await this.#repositories.get(service)!.commits(versions);
        for (const version of versions) {
          wanted.delete(version);
          const commit = found.get(version);
          const askAgainAt = commit ? Infinity : Date.now() + askAgainMs;
          this.#known.set(keyOf(service, version), { ...(commit ? { commit } : {}), askAgainAt });
        }
        hasFound ||= found.size > 0;
      }
    } catch (error) {
      const { errorClass, retryAfterSeconds } = toUpstreamError(error);
      // Nobody is told what is not known; releases are shown without it, and ask again when they are looked at.
      wanted.clear();
      const pauseMs = retryAfterSeconds === undefined ? retryMs : retryAfterSeconds * 1000;
      this.#restUntil.set(service, Date.now() + pauseMs);
      this.#logger.warn(
        `Commits of ${service} could not be read (${errorClass}); tried again in ${
          pauseMs / 1000
        } s`,
      );
    }
    if (hasFound) this.changes.emitAll();
  }
}

function keyOf(service: string, version: string): string {
  return `${service}\n${version}`;
}
