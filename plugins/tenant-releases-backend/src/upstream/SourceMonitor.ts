import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  SourceErrorClass,
  SourceReport,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import type { PartFreshness } from '../join/releaseParts';
import { toUpstreamError } from '@internal/gitops';

/** Who a source is, and what a {@link SourceMonitor} needs. */
export interface SourceMonitorOptions extends Pick<SourceStatus, 'id' | 'kind' | 'name'> {
  logger: LoggerService;
  /** Milliseconds since the epoch; for tests. */
  now?: () => number;
  /** Seconds after which a source that still answers, but has brought nothing current, is stale; default 90. */
  staleAfterSeconds?: number;
}

interface Failure {
  count: number;
  error: SourceErrorClass;
  detail?: string;
}

/** A single failure may be a blip; the next try follows within a second. */
const failuresUntilDown = 2;

/**
 * Keeps book of how an upstream does: what reaches it (a probe, a list, a watch) reports each success and failure under
 * its own channel, and the source is down while any channel fails. Logs one line a change, never one a retry.
 */
export class SourceMonitor {
  readonly #options: SourceMonitorOptions;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #failing = new Map<string, Failure>();
  readonly #listeners = new Set<() => void>();
  #currentAt: number | undefined;
  #wasDown = false;
  #note: string | undefined;
  #lastError: SourceReport['lastError'];

  constructor(options: SourceMonitorOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#startedAt = this.#now();
  }

  /** Is called when the source answers for the first time, and at each change between down and not down. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** A channel's request was answered as it should be. */
  succeeded(channel: string): void {
    this.#failing.delete(channel);
    this.#noteChange('');
  }

  /** What is known of the source is the truth of this moment. */
  current(): void {
    const isFirst = !this.hasAnswered;
    this.#currentAt = this.#now();
    this.#noteChange('');
    if (isFirst) this.#listeners.forEach(listener => listener());
  }

  failed(channel: string, thrown: unknown): void {
    const error = toUpstreamError(thrown);
    const before = this.#failing.get(channel)?.count ?? 0;
    // Who asks to be left alone is not tried again soon: there is no second failure to wait for.
    // Nor does a wrong setting go away by itself.
    const isSettled = error.retryAfterSeconds !== undefined || error.errorClass === 'misconfigured';
    const count = isSettled ? failuresUntilDown : before + 1;
    const { errorClass, detail } = error;
    this.#lastError = { error: errorClass, at: new Date(this.#now()).toISOString() };
    this.#failing.set(channel, { count, error: errorClass, ...(detail ? { detail } : {}) });
    this.#noteChange(error.message);
  }

  /** What people should know of a source that answers as it should; `undefined` takes it back. */
  note(text: string | undefined): void {
    this.#note = text;
  }

  /** What went wrong last, also when all is well again. */
  get lastError(): SourceReport['lastError'] {
    return this.#lastError;
  }

  /** Whether the source has ever brought something current. */
  get hasAnswered(): boolean {
    return this.#currentAt !== undefined;
  }

  status(): SourceStatus {
    const { id, kind, name, staleAfterSeconds = 90 } = this.#options;
    const since = this.#currentAt ?? this.#startedAt;
    const ageSeconds = Math.max(0, Math.floor((this.#now() - since) / 1000));
    const currentAt = new Date(since).toISOString();
    const failure = this.#failure();
    if (failure) {
      const { error, detail } = failure;
      const trouble = { ageSeconds, currentAt, error, ...(detail ? { detail } : {}) };
      return { id, kind, name, state: 'down', ...trouble };
    }
    const stale = !this.hasAnswered || ageSeconds > staleAfterSeconds;
    const detail = this.#note;
    return {
      id,
      kind,
      name,
      state: stale ? 'stale' : 'ok',
      ageSeconds,
      ...(stale ? { currentAt } : {}),
      ...(detail ? { detail } : {}),
    };
  }

  /** How current that is which the source has brought. */
  freshness(): PartFreshness {
    const { state, ageSeconds, currentAt } = this.status();
    const age = { ageSeconds, ...(currentAt === undefined ? {} : { currentAt }) };
    if (!this.hasAnswered) return { state: 'unknown', ...age };
    return { state: state === 'ok' ? 'ok' : 'stale', ...age };
  }

  #failure(): Failure | undefined {
    const needed = this.hasAnswered ? failuresUntilDown : 1;
    return [...this.#failing.values()].find(({ count }) => count >= needed);
  }

  #noteChange(detail: string): void {
    const error = this.#failure()?.error;
    const isDown = error !== undefined;
    if (isDown === this.#wasDown) return;
    this.#wasDown = isDown;
    const { logger, id } = this.#options;
    if (isDown) logger.warn(`Source ${id} is down (${error}): ${detail}`);
    else logger.info(`Source ${id} answers again`);
    for (const listener of this.#listeners) listener();
  }
}

/** The freshness of the least current of several sources; unknown where there is none. */
export function leastCurrent(monitors: readonly SourceMonitor[]): PartFreshness {
  return leastFresh(monitors.map(monitor => monitor.freshness()));
}

/** The least current of several; unknown where there is none. */
export function leastFresh(all: readonly PartFreshness[]): PartFreshness {
  return (
    all.find(({ state }) => state === 'unknown') ??
    all.find(({ state }) => state === 'stale') ??
    all[0] ?? { state: 'unknown', ageSeconds: 0 }
  );
}
