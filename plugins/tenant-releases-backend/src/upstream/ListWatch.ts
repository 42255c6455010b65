import { setTimeout as delay } from 'node:timers/promises';
import { ChangeHints } from './ChangeHints';
import { createProbe } from './createProbe';
import { RetryLoop } from './RetryLoop';
import type { SourceMonitor } from './SourceMonitor';
import { VersionedStore, type WatchEventType } from './VersionedStore';

/** A change that a watch reported. */
export interface WatchEvent<T> {
  type: WatchEventType;
  key: string;
  /** Kubernetes' resourceVersion; undefined when the upstream does not tell. */
  version: number | undefined;
  value: T;
}

/** A collection of an upstream that can be listed and watched. */
export interface WatchedCollection<T> {
  /** A light sign of life. */
  probe(): Promise<void>;
  list(signal: AbortSignal): Promise<{ version: number | undefined; items: Map<string, T> }>;
  /** Events after a version, until the upstream or the signal ends them. */
  watch(version: number, signal: AbortSignal): AsyncIterable<WatchEvent<T>>;
  /** The new value of an object from the known and the listed one; default: the listed one. */
  merge?(known: T | undefined, listed: T): T;
  /** Which tenants a change concerns. */
  tenantsOf(key: string, value: T | undefined): string[];
}

/** How a {@link ListWatch} does it. */
export interface ListWatchOptions<T> {
  collection: WatchedCollection<T>;
  monitor: SourceMonitor;
  /**
   * `watch`: the stream is opened before the first list, for upstreams whose stream does not replay what happened
   * between the two. `list`: the stream goes on from the list.
   */
  first: 'watch' | 'list';
  /** Milliseconds between two lists: streams drop events and do not repeat deletions. */
  relistMs: number;
}

/** Streams that end sooner are opened again with a pause. Milliseconds. */
const shortLifeMs = 5_000;
/** A list that is older than what is known is asked for again after this time. Milliseconds. */
const oldListPauseMs = 500;

/**
 * Keeps a collection of an upstream current: one watch stream, and a list now and then that sweeps away what the
 * stream has missed. What is known stays when the upstream is away.
 */
export class ListWatch<T> {
  readonly changes = new ChangeHints();
  readonly store = new VersionedStore<T>();
  readonly monitor: SourceMonitor;
  readonly #options: ListWatchOptions<T>;
  readonly #loop: RetryLoop;
  readonly #probe: RetryLoop;
  #isLive = false;

  constructor(options: ListWatchOptions<T>) {
    const { monitor, collection } = options;
    this.#options = options;
    this.monitor = monitor;
    this.#loop = new RetryLoop({
      step: signal => this.#live(signal),
      onError: error => monitor.failed('watch', error),
    });
    this.#probe = createProbe(monitor, () => collection.probe(), {
      onAlive: () => this.#isLive && monitor.current(),
      onRecovered: () => this.#loop.restart(),
    });
    monitor.onChange(() => this.changes.emitAll());
  }

  start(): void {
    this.#loop.start();
    this.#probe.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#loop.stop(), this.#probe.stop()]);
  }

  /** One life of the stream; ends with an error, or when the upstream ends the stream. */
  async #live(signal: AbortSignal): Promise<number> {
    const startedAt = Date.now();
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    try {
      if (this.#options.first === 'list') await this.#list(both);
      await Promise.race([this.#follow(both), this.#sweep(both)]);
    } finally {
      this.#isLive = false;
      ended.abort();
    }
    return Date.now() - startedAt < shortLifeMs ? 1_000 : 100;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { collection, monitor } = this.#options;
    for await (const event of collection.watch(Math.floor(this.store.newest), signal)) {
      if (signal.aborted) return;
      // An event without a version is newer than what is known, and older than what comes next.
      const { type, key, value, version = this.store.newest + 0.5 } = event;
      const before = this.store.get(key);
      if (this.store.applyEvent(type, key, version, value)) {
        this.#announce([...collection.tenantsOf(key, before), ...collection.tenantsOf(key, value)]);
      }
      if (this.#isLive) monitor.current();
    }
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    let pauseMs = this.#isLive ? this.#options.relistMs : 0;
    while (!signal.aborted) {
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      pauseMs = (await this.#list(signal)) ? this.#options.relistMs : oldListPauseMs;
    }
  }

  /** @returns false when the list was older than what is known, and another is needed */
  async #list(signal: AbortSignal): Promise<boolean> {
    const { collection, monitor } = this.#options;
    const newestAtRequest = this.store.newest;
    const { version = newestAtRequest, items } = await collection.list(signal);
    if (signal.aborted) return false;
    const before = new Map(this.store.entries());
    const changed = this.store.applyList(items, version, {
      newestAtRequest,
      merge: collection.merge?.bind(collection),
    });
    if (!changed) return false;
    this.#isLive = true;
    monitor.succeeded('watch');
    monitor.current();
    this.#announce(
      changed.flatMap(key => [
        ...collection.tenantsOf(key, before.get(key)),
        ...collection.tenantsOf(key, this.store.get(key)),
      ]),
    );
    return true;
  }

  #announce(tenants: string[]): void {
    this.changes.emit([...new Set(tenants)]);
  }
}
