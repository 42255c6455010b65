import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  parseTenantFile,
  tenantOfOnboarding,
  type GitopsConfig,
  limitConcurrency,
  toUpstreamError,
  type GithubApi,
  type PullFacts,
  type PullReader,
  type PullAnswer,
} from '@internal/gitops';
import {
  type PendingProgress,
  type PendingTenant,
  type SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { setTimeout as delay } from 'node:timers/promises';
import { RetryLoop } from '../upstream/RetryLoop';
import { SourceMonitor } from '../upstream/SourceMonitor';
import { changeOfBranch, changePull, type ChangeOnHost } from './changePull';
import { nextStep } from './nextStep';
import { stateOf } from './pullState';

/**
 * Milliseconds between two looks: while checks run, while none do, while nobody is there to see it, and when the limit is
 * nearly used up.
 */
const pauses = { busy: 5_000, calm: 30_000, unseen: 300_000, sparing: 300_000 };
/** Who looks asks again sooner than this. Milliseconds. */
const seenMs = 60_000;
/** The first to look after a while waits this long for the newest state. Milliseconds. */
const waitMs = 1_500;
/** Below this the rest of the limit is left to the tenants' releases. */
const spareQuota = 500;
/** Checks and reviews of more onboardings than these, the newest first, are not asked for. */
const maxLookedAt = 50;

const unknownFacts: PullFacts = {
  checks: { state: 'unknown', failing: [] },
  review: 'unknown',
  merge: 'unknown',
};

/** What a {@link PendingIndex} needs. */
export interface PendingIndexOptions {
  pulls: Pick<PullReader, 'open' | 'ended' | 'facts'>;
  git: Pick<GithubApi, 'fileAt' | 'quota'>;
  gitops: GitopsConfig;
  service: string;
  /** The portal's name of a tenant of the repository; default: as it is. */
  tenantOf?(name: string): string;
  logger: LoggerService;
}

type FileFacts = Pick<PendingTenant, 'displayName' | 'version' | 'owner'>;

/** Changes that ended so long ago are of the past. Milliseconds. */
const endedMs = 24 * 3_600_000;

/**
 * The onboardings whose pull request is open, and those that ended lately, by the branch that each claims (docs/adr/006); and the
 * pull requests that change releases. Asked once for all viewers; a view asks nothing.
 */
export class PendingIndex {
  readonly #options: PendingIndexOptions;
  readonly #monitor: SourceMonitor;
  readonly #loop: RetryLoop;
  readonly #files = new LRUCache<string, FileFacts>({ max: 200 });
  #open: PendingTenant[] = [];
  #ended: PendingTenant[] = [];
  #changes: ChangeOnHost[] = [];
  #hint: NodeJS.Timeout | undefined;
  #seenAt = -Infinity;
  /** The next look is so far away because nobody was there. */
  #isResting = false;
  /** Those who wait for the look that is under way. */
  #waiting: Array<() => void> = [];

  constructor(options: PendingIndexOptions) {
    this.#options = options;
    const { repository } = options.gitops;
    this.#monitor = new SourceMonitor({
      id: 'git:pull-requests',
      kind: 'git',
      name: `Pull requests of ${repository.owner}/${repository.name}`,
      logger: options.logger,
    });
    this.#loop = new RetryLoop({
      step: async () => {
        this.#isResting = false;
        try {
          return await this.#step();
        } finally {
          this.#waiting.splice(0).forEach(goOn => goOn());
        }
      },
      onError: error => this.#monitor.failed('poll', error),
      maxBackoffMs: pauses.calm,
      maxRetryAfterMs: pauses.sparing,
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#hint);
    await this.#loop.stop();
  }

  /** Looks again soon; many hints at once are one look. */
  refresh(): void {
    this.#hint ??= setTimeout(() => {
      this.#hint = undefined;
      this.#loop.wake();
    }, 300).unref();
  }

  /** Looks again soon when one of these tenants has come by a pull request that was open. */
  onChange(tenants: readonly string[] | 'all'): void {
    const isOne = ({ tenant }: PendingTenant) => tenants.includes(tenant);
    if (tenants === 'all' || this.#open.some(isOne)) this.refresh();
  }

  /** Notes that somebody wants to see them; who is the first after a while waits for a look, but not for long. */
  async seen(): Promise<void> {
    this.#seenAt = performance.now();
    if (!this.#isResting) return;
    const looked = new Promise<void>(resolve => {
      this.#waiting.push(resolve);
    });
    this.#loop.wake();
    await Promise.race([looked, delay(waitMs, undefined, { ref: false })]);
  }

  /** Whether the pull requests have ever been read. */
  get isKnown(): boolean {
    return this.#monitor.hasAnswered;
  }

  status(): SourceStatus {
    return this.#monitor.status();
  }

  /** The open onboardings, the one that was opened last first. */
  list(): readonly PendingTenant[] {
    return this.#open;
  }

  /** Pull requests that change releases: the open ones and those that ended lately, the one that was opened last first. */
  changes(): readonly ChangeOnHost[] {
    return this.#changes;
  }

  /** The open onboarding of a tenant, else the one that ended last. */
  get(tenant: string): PendingTenant | undefined {
    return [...this.#open, ...this.#ended].find(pending => pending.tenant === tenant);
  }

  async #step(): Promise<number> {
    const { pulls, git } = this.#options;
    const [open, ended] = await Promise.all([pulls.open(), pulls.ended()]);
    const ours = open.filter(isOurs).sort((a, b) => b.number - a.number);
    const limit = limitConcurrency(4);
    const facts = await Promise.all(
      ours.map((pull, index) => limit(() => this.#factsOf(pull, index < maxLookedAt))),
    );
    this.#open = ours.map((pull, index) => this.#pending(pull, facts[index], ours));
    this.#ended = ended
      .filter(isOurs)
      .sort((a, b) => (b.closed_at ?? '').localeCompare(a.closed_at ?? ''))
      .map(pull => this.#pending(pull, unknownFacts, []));
    this.#changes = await this.#changesOf(open, ended, limit);
    this.#monitor.succeeded('poll');
    this.#monitor.current();
    if (git.quota() < spareQuota) return pauses.sparing;
    this.#isResting = performance.now() - this.#seenAt > seenMs;
    if (this.#isResting) return pauses.unseen;
    const isBusy = [...this.#open, ...this.#changes].some(
      ({ state, checks, merge }) =>
        state === 'open' && (checks.state === 'pending' || merge === 'unknown'),
    );
    return isBusy ? pauses.busy : pauses.calm;
  }

  async #changesOf(
    open: readonly PullAnswer[],
    ended: readonly PullAnswer[],
    limit: ReturnType<typeof limitConcurrency>,
  ): Promise<ChangeOnHost[]> {
    const { tenantOf = name => name } = this.#options;
    const since = new Date(Date.now() - endedMs).toISOString();
    const late = ended.filter(({ closed_at: at }) => at && at > since);
    const wanted = [...open, ...late].sort((a, b) => b.number - a.number);
    const found = wanted.flatMap(pull => {
      const of = changeOfBranch(pull);
      return of ? [{ pull, of }] : [];
    });
    return Promise.all(
      found.map(async ({ pull, of }, index) => {
        const isLookedAt = stateOf(pull) === 'open' && index < maxLookedAt;
        const facts = isLookedAt
          ? await limit(() => orUnknown(() => this.#options.pulls.facts(pull)))
          : unknownFacts;
        return changePull(pull, of, facts, tenantOf);
      }),
    );
  }

  async #factsOf(pull: PullAnswer, isLookedAt: boolean): Promise<PullFacts & FileFacts> {
    if (!isLookedAt) return unknownFacts;
    return orUnknown(async () => {
      const [facts, file] = await Promise.all([
        this.#options.pulls.facts(pull),
        this.#fileOf(pull),
      ]);
      return { ...facts, ...file };
    });
  }

  /** What the tenant file on the branch says; nothing where it cannot be read, which a check of the pull request tells. */
  async #fileOf({ head }: PullAnswer): Promise<FileFacts> {
    const { git, gitops, service } = this.#options;
    const tenant = tenantOfOnboarding(head.ref)!;
    // Branches of two tenants may stand at the same commit.
    const key = `${tenant} ${head.sha}`;
    const known = this.#files.get(key);
    if (known) return known;
    // With "*" in the pattern only the files themselves tell where a tenant's is.
    if (gitops.valuesPath.includes('*')) return {};
    const content = await git.fileAt(gitops.tenantFilePath(tenant, service), head.sha);
    const read = parseTenantFile(content?.text ?? '', tenant, { maxBytes: gitops.maxFileBytes });
    const facts: FileFacts = read.ok
      ? {
          displayName: read.file.tenant.displayName,
          version: read.file.image.tag,
          owner: read.file.tenant.owner,
        }
      : {};
    this.#files.set(key, facts);
    return facts;
  }

  #pending(
    pull: PullAnswer,
    facts: PullFacts & FileFacts,
    open: readonly PullAnswer[],
  ): PendingTenant {
    const { number, html_url: url, title, head, created_at: openedAt } = pull;
    const endedAt = pull.merged_at ?? pull.closed_at;
    const progress: PendingProgress = {
      state: stateOf(pull),
      isDraft: pull.draft ?? false,
      checks: facts.checks,
      review: facts.review,
      merge: facts.merge,
    };
    const requestedBy = requesterOf(pull.body ?? '');
    return {
      tenant: tenantOfOnboarding(head.ref)!,
      service: this.#options.service,
      ...facts,
      ...progress,
      ...(requestedBy ? { requestedBy } : {}),
      pullRequest: { number, url, title, openedAt, ...(endedAt ? { endedAt } : {}) },
      next: nextStep(progress),
      others: open
        .filter(other => other.head.ref === head.ref && other.number !== number)
        .map(other => ({ number: other.number, url: other.html_url })),
    };
  }
}

/** One odd pull request hides no other; an outage is one of all. */
async function orUnknown<T extends PullFacts>(read: () => Promise<T>): Promise<T | PullFacts> {
  try {
    return await read();
  } catch (error) {
    const { errorClass } = toUpstreamError(error);
    if (errorClass !== 'not-found' && errorClass !== 'bad-answer') throw error;
    return unknownFacts;
  }
}

/** A branch of the repository itself: anybody may name one in a fork as ours are named. */
function isOurs({ head, base }: PullAnswer): boolean {
  const isFork = head.repo?.full_name.toLowerCase() !== base.repo.full_name.toLowerCase();
  return !isFork && tenantOfOnboarding(head.ref) !== undefined;
}

/** The person whom the form has written into the pull request. */
function requesterOf(body: string): string | undefined {
  return /^Requested by: `(user:[\w.-]{1,63}\/[\w.-]{1,63})`\s*$/m.exec(body)?.[1];
}
