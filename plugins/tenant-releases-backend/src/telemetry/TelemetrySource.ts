import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { telemetrySource, type TelemetryServer } from '../config/telemetryConfig';
import { createProbe } from '../upstream/createProbe';
import type { RetryLoop } from '../upstream/RetryLoop';
import { SourceMonitor } from '../upstream/SourceMonitor';
import { toUpstreamError } from '../upstream/UpstreamError';

/** An answer of a telemetry server, and how current it is. */
export interface TelemetryAnswer<T> {
  value: T;
  source: SourceStatus;
}

/** Answers are shared by everyone who asks the same within this time. Milliseconds. */
const freshMs = 2_000;

/**
 * One Prometheus or Loki: whether it answers, and its newest answers. The same question is asked once at a time; when
 * the server is away the last good answer is given, marked as old.
 */
export class TelemetrySource {
  readonly cluster: string;
  readonly monitor: SourceMonitor;
  readonly #probe: RetryLoop;
  readonly #label: string;
  readonly #fresh = new LRUCache<string, Promise<{ value: unknown; at: number }>>({
    max: 1_000,
    ttl: freshMs,
  });
  readonly #lastGood = new LRUCache<string, { value: unknown; at: number }>({ max: 500 });

  constructor(
    { kind, cluster }: Pick<TelemetryServer, 'kind' | 'cluster'>,
    probe: () => Promise<void>,
    logger: LoggerService,
  ) {
    const source = telemetrySource(kind, cluster);
    this.cluster = cluster;
    this.#label = kind === 'prometheus' ? 'Prometheus' : 'Loki';
    this.monitor = new SourceMonitor({ ...source, logger });
    this.#probe = createProbe(this.monitor, probe, { onAlive: () => this.monitor.current() });
  }

  start(): void {
    this.#probe.start();
  }

  async stop(): Promise<void> {
    await this.#probe.stop();
  }

  /**
   * Asks a question.
   *
   * @param key - identifies the question
   * @param similar - identifies questions of which an older answer is better than none
   * @throws ServiceUnavailableError that names the class of the error, when there is no answer to fall back to
   */
  async ask<T>(key: string, similar: string, query: () => Promise<T>): Promise<TelemetryAnswer<T>> {
    const status = this.monitor.status();
    if (status.state === 'down') return this.#fallBack<T>(similar, status);
    let pending = this.#fresh.get(key) as Promise<{ value: T; at: number }> | undefined;
    if (!pending) {
      pending = query().then(value => ({ value, at: Date.now() }));
      this.#fresh.set(key, pending);
    }
    try {
      const answer = await pending;
      this.#lastGood.set(similar, answer);
      const { error: _, ...ok } = this.monitor.status();
      return { value: answer.value, source: { ...ok, state: 'ok' } };
    } catch (thrown) {
      this.#fresh.delete(key);
      const { errorClass: error } = toUpstreamError(thrown);
      return this.#fallBack<T>(similar, { ...this.monitor.status(), state: 'down', error });
    }
  }

  #fallBack<T>(similar: string, status: SourceStatus): TelemetryAnswer<T> {
    const known = this.#lastGood.get(similar) as { value: T; at: number } | undefined;
    if (!known) {
      throw new ServiceUnavailableError(
        `${this.#label} does not answer (${status.error ?? 'unreachable'})`,
      );
    }
    const ageSeconds = Math.floor((Date.now() - known.at) / 1000);
    return { value: known.value, source: { ...status, state: 'stale', ageSeconds } };
  }
}
