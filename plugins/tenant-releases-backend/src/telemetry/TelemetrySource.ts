import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { telemetrySource, type TelemetryServer } from '../config/telemetryConfig';
import { createProbe } from '../upstream/createProbe';
import { inTime } from '../upstream/inTime';
import { lateStatus } from '../upstream/lateStatus';
import type { RetryLoop } from '../upstream/RetryLoop';
import { SourceMonitor } from '../upstream/SourceMonitor';
import { toUpstreamError, type UpstreamError } from '@internal/gitops';
import { explainRefusal } from './explainRefusal';
import { Witnesses, type Witness } from './Witnesses';

/** An answer of a telemetry server, and how current it is. */
export interface TelemetryAnswer<T> {
  value: T;
  source: SourceStatus;
}

/** A question to a telemetry server. */
export interface TelemetryQuestion<T> {
  tenant: string;
  /** Identifies the question. */
  key: string;
  /** Identifies questions of which an older answer is better than none. */
  similar: string;
  query(): Promise<T>;
  witness: Witness;
}

/** Answers are shared by everyone who asks the same within this time. Milliseconds. */
const freshMs = 2_000;
/**
 * A server that is thought to be away is tried all the same, but hardly waited for, and less where an older answer is
 * known. A query that takes longer goes on: when it is answered, the server is back. Milliseconds.
 */
const trialMs = { known: 300, unknown: 700 };
/** Such tries at one time. */
const maxTrials = 4;
/** For queries in place of the sign of life, and before they are asked: an outage is known within 10 s. Milliseconds. */
export const witnessMs = 1_000;

/** An answer with these says that the server, or what stands before it, lives. */
const refusals: ReadonlySet<string> = new Set([
  'unauthorized',
  'forbidden',
  'not-found',
  'bad-answer',
]);

/**
 * One Prometheus or Loki: whether it answers, and its newest answers. The same question is asked once at a time; when
 * the server is away the last good answer is given, marked as old. What counts is whether the queries of tenants are
 * answered: a sign of life that is refused closes nothing.
 */
export class TelemetrySource {
  readonly cluster: string;
  readonly monitor: SourceMonitor;
  readonly #probe: RetryLoop;
  readonly #kind: TelemetryServer['kind'];
  readonly #witnesses = new Witnesses();
  #trials = 0;
  #refusedProbe: UpstreamError | undefined;
  readonly #fresh = new LRUCache<string, Promise<{ value: unknown; at: number }>>({
    max: 1_000,
    ttl: freshMs,
  });
  readonly #lastGood = new LRUCache<string, { value: unknown; at: number }>({ max: 500 });

  /** @param signOfLife - a request that needs no tenant */
  constructor(
    { kind, cluster }: Pick<TelemetryServer, 'kind' | 'cluster'>,
    signOfLife: () => Promise<void>,
    logger: LoggerService,
  ) {
    this.cluster = cluster;
    this.#kind = kind;
    this.monitor = new SourceMonitor({ ...telemetrySource(kind, cluster), logger });
    this.#probe = createProbe(this.monitor, () => this.#check(signOfLife), {
      onAlive: () => this.monitor.current(),
    });
  }

  start(): void {
    this.#probe.start();
  }

  async stop(): Promise<void> {
    await this.#probe.stop();
  }

  status(): SourceStatus {
    const status = this.monitor.status();
    if (status.state !== 'ok' || !this.#refusedProbe || !this.#witnesses.isEmpty) return status;
    const detail = `It lives, but refused to say more (${
      this.#refusedProbe.errorClass
    }). Whether it answers for a tenant shows when one is looked at.`;
    return { ...status, detail };
  }

  /**
   * Asks a question.
   *
   * @throws ServiceUnavailableError that names the class of the error, when there is no answer to fall back to
   */
  async ask<T>(question: TelemetryQuestion<T>): Promise<TelemetryAnswer<T>> {
    const { key, similar } = question;
    const status = this.monitor.status();
    const isDown = status.state === 'down';
    const askedAt = Date.now();
    let pending = this.#fresh.get(key) as Promise<{ value: T; at: number }> | undefined;
    if (!pending) {
      if (isDown && this.#trials >= maxTrials) return this.#fallBack<T>(similar, status);
      pending = this.#query(question);
      this.#fresh.set(key, pending);
    }
    try {
      const waitMs = trialMs[this.#lastGood.has(similar) ? 'known' : 'unknown'];
      const answer = await (isDown ? inTime(pending, askedAt + waitMs) : pending);
      // It is shared for a moment, but was given before the server went away.
      if (isDown && answer.at < askedAt) return this.#fallBack<T>(similar, status);
      const { error: _, currentAt: __, ...ok } = this.monitor.status();
      return { value: answer.value, source: { ...ok, state: 'ok' } };
    } catch (thrown) {
      const error = toUpstreamError(thrown);
      return this.#fallBack<T>(
        similar,
        { ...this.monitor.status(), state: 'down', error: error.errorClass },
        explainRefusal(this.#kind, error),
      );
    }
  }

  async #query<T>(question: TelemetryQuestion<T>): Promise<{ value: T; at: number }> {
    const { tenant, key, similar, query, witness } = question;
    this.#trials += 1;
    try {
      const answer = { value: await query(), at: Date.now() };
      this.#lastGood.set(similar, answer);
      this.#witnesses.answered(tenant, witness);
      this.monitor.succeeded('probe');
      this.monitor.current();
      return answer;
    } catch (thrown) {
      this.#fresh.delete(key);
      this.#witnesses.failed(tenant, witness, toUpstreamError(thrown));
      throw thrown;
    } finally {
      this.#trials -= 1;
    }
  }

  async #check(signOfLife: () => Promise<void>): Promise<void> {
    this.#refusedProbe = undefined;
    const sign = signOfLife();
    try {
      await inTime(sign, Date.now() + witnessMs);
    } catch (thrown) {
      const error = toUpstreamError(thrown);
      // Who asks to be left alone is not asked more.
      if (error.errorClass === 'rate-limited') throw error;
      const isAlive = refusals.has(error.errorClass);
      if (isAlive) this.#refusedProbe = error;
      if (this.#witnesses.isEmpty && isAlive) return;
      const failure = this.#witnesses.isEmpty ? error : await this.#witnesses.ask();
      // A sign of life that is only slow still counts.
      if (failure && error.errorClass === 'timeout') await sign;
      else if (failure) throw failure;
    }
  }

  #fallBack<T>(similar: string, status: SourceStatus, explanation = ''): TelemetryAnswer<T> {
    const known = this.#lastGood.get(similar) as { value: T; at: number } | undefined;
    if (!known) {
      const { name } = telemetrySource(this.#kind, '*');
      throw new ServiceUnavailableError(
        `${name} does not answer (${status.error ?? 'unreachable'})${explanation}`,
      );
    }
    return { value: known.value, source: lateStatus(status, known.at) };
  }
}
