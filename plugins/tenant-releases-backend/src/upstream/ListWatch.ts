import type { SourceReport } from '@internal/plugin-tenant-releases-common';
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
  /** Absent only for a deletion of which nothing but the key can be read. */
  value?: T;
}

/** A change of which nobody can tell what has changed: the next list has to. */
export const unreadableEvent = 'unreadable';

/** A collection of an upstream that can be listed and watched. */
export interface WatchedCollection<T> {
  /** A light sign of life. */
  probe(): Promise<void>;
  list(signal: AbortSignal): Promise<{ version: number | undefined; items: Map<string, T> }>;
  /** Events after a version, until the upstream or the signal ends them. */
  watch(
    version: number,
    signal: AbortSignal,
  ): AsyncIterable<WatchEvent<T> | typeof unreadableEvent>;
  /** The new value of an object from the known and the listed one; default: the listed one. */
  merge?(known: T | undefined, listed: T): T;
  /** Which tenants a change concerns. */
  tenantsOf(key: string, value: T | undefined): string[];
  /** Groups in which an object is looked for. */
  groupsOf?(value: T): readonly string[];
}

/** How a {@link ListWatch} does it. */
export interface ListWatchOptions<T> {
  collection: WatchedCollection<T>;
  monitor: SourceMonitor;
  /**
   * `watch`: the stream begins with what happens after it was opened, and a list may be older than the version it
   * names. `list`: the stream goes on from the list, which is the state at exactly its version.
   */
  first: 'watch' | 'list';
  /** Milliseconds between two lists: streams drop events and do not repeat deletions. */
  relistMs: number;
}

/** What a watch holds. */
export interface WatchReport<T> {
  /** Undefined as long as nothing has been read. */
  objects?: T[];
  lastError?: SourceReport['lastError'];
}

/** Streams that end sooner are opened again with a pause. Milliseconds. */
const shortLifeMs = 5_000;
/** A list that is older than what is known is asked for again after this time. Milliseconds. */
const oldListPauseMs = 1_000;
/**
 * A replica may lag behind. When lists have been older for this long, the upstream was set up anew and counts from the
 * beginning. Milliseconds.
 */
const lagMs = 5_000;
const minOldLists = 3;
/** An object that sends such events again and again makes lists follow no sooner than this. Milliseconds. */
const unreadMs = 24_000;
/** Versions are whole numbers: a thousand events without one do not get ahead of the next that has one. */
const versionBetween = 1 / 1024;
/** Versions that may lie between an event and the one before it. */
const maxVersionStep = 1e9;
/** When it is in doubt whether a list and the stream have missed something between them, the next list follows soon. Milliseconds. */
const doubtMs = 3_000;

/**
 * Keeps a collection of an upstream current: one watch stream, and a list now and then that sweeps away what the
 * stream has missed. What is known stays when the upstream is away.
 */
export class ListWatch<T> {
  readonly changes = new ChangeHints();
  readonly store: VersionedStore<T>;
  readonly monitor: SourceMonitor;
  readonly #options: ListWatchOptions<T>;
  readonly #loop: RetryLoop;
  readonly #probe: RetryLoop;
  #isLive = false;
  #isDoubtful = false;
  /** An event has come that nobody can read. */
  #hasUnread = false;
  /** When such an event last made a list follow, milliseconds since the epoch. */
  #unreadAt = 0;
  /** Lists in a row that were older than what is known, and when they began; milliseconds since the epoch. */
  #old: { count: number; since: number } | undefined;

  constructor(options: ListWatchOptions<T>) {
    const { monitor, collection } = options;
    this.#options = options;
    this.monitor = monitor;
    this.store = new VersionedStore<T>({ groupsOf: collection.groupsOf?.bind(collection) });
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

  report(): WatchReport<T> {
    const { hasAnswered, lastError } = this.monitor;
    return {
      ...(hasAnswered ? { objects: this.store.values() } : {}),
      ...(lastError ? { lastError } : {}),
    };
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
      if (event === unreadableEvent) {
        this.#hasUnread = true;
        continue;
      }
      // An event without a version is newer than what is known, and older than what comes next.
      const { type, key, value, version = this.store.newest + versionBetween } = event;
      const before = this.store.get(key);
      if (this.store.applyEvent(type, key, this.#plausible(version), value)) {
        this.#announce([...collection.tenantsOf(key, before), ...collection.tenantsOf(key, value)]);
      }
      if (this.#isLive) monitor.current();
    }
  }

  /**
   * A version that is far ahead of all others is none: taken as it stands, it would make every list look old. Clusters
   * write some thousand times a second at the most, and events come within minutes.
   */
  #plausible(version: number): number {
    const { newest } = this.store;
    return newest > 0 && version > newest + maxVersionStep ? newest + versionBetween : version;
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const { first, relistMs } = this.#options;
    let pauseMs = this.#isLive ? relistMs : 0;
    let wasExtra = false;
    while (!signal.aborted) {
      const isExtra = await this.#pause(pauseMs, !wasExtra, signal);
      if (signal.aborted) return;
      const isFirst = !this.#isLive;
      this.#isDoubtful = false;
      this.#hasUnread = false;
      this.store.takeDoubt();
      const isTaken = await this.#list(signal);
      pauseMs = isTaken ? relistMs : oldListPauseMs;
      wasExtra = isTaken && isExtra;
      // Nobody tells when a stream that begins by itself is open: what happens before that is in a second list.
      if (isFirst && first === 'watch') this.#isDoubtful = true;
    }
  }

  /** @returns whether it was cut short, because something is in doubt */
  async #pause(ms: number, mayCut: boolean, signal: AbortSignal): Promise<boolean> {
    for (let left = ms; left > 0 && !signal.aborted; left -= doubtMs) {
      // The signal ends it early.
      await delay(Math.min(left, doubtMs), undefined, { signal, ref: false }).catch(
        () => undefined,
      );
      if (mayCut && (this.store.takeDoubt() || this.#isDoubtful)) return true;
      if (this.#hasUnread && Date.now() - this.#unreadAt >= unreadMs) {
        this.#unreadAt = Date.now();
        return true;
      }
    }
    return false;
  }

  /** @returns false when the list was older than what is known, and another is needed */
  async #list(signal: AbortSignal): Promise<boolean> {
    const { collection, monitor, first } = this.#options;
    const asked = this.store.mark();
    const { version = asked.newest, items } = await collection.list(signal);
    if (signal.aborted) return false;
    const before = new Map(this.store.entries());
    const changed = this.store.applyList(items, version, {
      asked,
      isSnapshot: first === 'list',
      isReset: this.#isReset(
        version < asked.newest || (first === 'watch' && this.store.bringsBack(items, version)),
      ),
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

  /** Whether a list counts from the beginning. */
  #isReset(isOld: boolean): boolean {
    const { count, since } = this.#old ?? { count: 0, since: Date.now() };
    const isReset = isOld && count + 1 >= minOldLists && Date.now() - since >= lagMs;
    // A list that is old after that is one that lags behind again, and waits as long as the first.
    this.#old = isOld && !isReset ? { count: count + 1, since } : undefined;
    return isReset;
  }

  #announce(tenants: string[]): void {
    this.changes.emit([...new Set(tenants)]);
  }
}
