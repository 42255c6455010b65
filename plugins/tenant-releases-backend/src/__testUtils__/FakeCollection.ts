import { setTimeout as delay } from 'node:timers/promises';
import type { WatchedCollection, WatchEvent } from '../upstream/ListWatch';
import { UpstreamError } from '@internal/gitops';
import { EventQueue } from './EventQueue';

/** An object's value: when it was written. Later ones are larger, first by epoch, then by version. */
export interface Stamp {
  /** How often the upstream had been set up anew. */
  epoch: number;
  version: number;
}

/** How a change is reported. */
export interface Delivery {
  /** How often; 0: the event is lost. */
  copies: number;
  /** Kept back until {@link FakeCollection.deliverLate}. */
  late: boolean;
}

type Event = WatchEvent<Stamp> & { version: number };

/**
 * A watched collection in memory with the weaknesses of real ones. As `argocd` its stream begins when it is opened, a
 * list may be older than its version, and deletions carry the version of the last state; as `kubernetes` the stream
 * replays from a version, and a list is the state at its version.
 */
export class FakeCollection implements WatchedCollection<Stamp> {
  /** Lists to come that fail, and such that are answered by a replica that lags behind. */
  failingLists = 0;
  laggingLists = 0;
  /** Lists are asked for, but answered only when this is false again. */
  holdsLists = false;
  /** Milliseconds until the answer about a single object is there. It is what was true before them. */
  answerMs = 5;
  /** Milliseconds until a stream that was asked for is open. */
  openMs = 0;
  objects = new Map<string, Stamp>();
  #version = 10;
  #epoch = 1;
  #compactedAt = 0;
  #log: Event[] = [];
  #late: Event[] = [];
  #past: Array<{ version: number; objects: Map<string, Stamp> }> = [];
  readonly #streams = new Set<EventQueue<Event>>();

  constructor(readonly kind: 'argocd' | 'kubernetes') {}

  set(key: string, delivery: Delivery): void {
    const type = this.objects.has(key) ? 'MODIFIED' : 'ADDED';
    this.#change(objects => objects.set(key, { epoch: this.#epoch, version: this.#version }));
    const value = { epoch: this.#epoch, version: this.#version };
    this.#report({ type, key, version: this.#version, value }, delivery);
  }

  delete(key: string, delivery: Delivery): void {
    const last = this.objects.get(key);
    if (!last) return;
    this.#change(objects => objects.delete(key));
    const version = this.kind === 'argocd' ? last.version : this.#version;
    this.#report({ type: 'DELETED', key, version, value: last }, delivery);
  }

  /** Delivers what was kept back, the last first. */
  deliverLate(): void {
    this.#late.reverse().forEach(event => this.#send(event));
    this.#late = [];
  }

  endStreams(error?: UpstreamError): void {
    this.#streams.forEach(stream => stream.end(error));
    this.#streams.clear();
  }

  /** Forgets what was before now, so that no stream can go on from there. */
  compact(): void {
    this.#compactedAt = this.#version;
  }

  /** Is set up anew, with other objects, and counts from the beginning. */
  reset(): void {
    this.endStreams(new UpstreamError('unreachable', 'connection failed'));
    this.#epoch += 1;
    this.#version = 1;
    this.#compactedAt = 0;
    this.objects = new Map();
    this.#log = [];
    this.#late = [];
    this.#past = [];
    this.laggingLists = 0;
  }

  /** Everything works from now on. */
  heal(): void {
    Object.assign(this, {
      failingLists: 0,
      laggingLists: 0,
      holdsLists: false,
      openMs: 0,
      answerMs: 5,
    });
  }

  async probe(): Promise<void> {
    await delay(1);
  }

  async list(signal: AbortSignal) {
    const epoch = this.#epoch;
    const { version, objects, isLagging } = this.#answer();
    await delay(5, undefined, { signal });
    while (this.holdsLists) await delay(100, undefined, { signal });
    if (this.failingLists > 0) {
      this.failingLists -= 1;
      throw new UpstreamError('server-error', 'answered 500');
    }
    if (epoch !== this.#epoch) throw new UpstreamError('unreachable', 'connection failed');
    return {
      version: this.kind === 'argocd' && !isLagging ? this.#version : version,
      items: objects,
    };
  }

  async *watch(version: number, signal: AbortSignal): AsyncGenerator<WatchEvent<Stamp>> {
    await delay(this.openMs, undefined, { signal });
    const stream = new EventQueue<Event>(signal);
    if (this.kind === 'kubernetes') {
      if (version > this.#version) throw new UpstreamError('server-error', 'answered 504');
      if (version < this.#compactedAt) return;
      this.#log.filter(event => event.version > version).forEach(event => stream.push(event));
    }
    this.#streams.add(stream);
    try {
      yield* stream;
    } finally {
      this.#streams.delete(stream);
    }
  }

  async answerLate(): Promise<void> {
    await delay(this.answerMs);
  }

  tenantsOf(key: string): string[] {
    return [key];
  }

  #answer() {
    const past = this.laggingLists > 0 ? this.#past.at(-3) : undefined;
    this.laggingLists = Math.max(0, this.laggingLists - 1);
    if (past) return { ...past, isLagging: true };
    return { version: this.#version, objects: new Map(this.objects), isLagging: false };
  }

  #change(change: (objects: Map<string, Stamp>) => void): void {
    this.#past.push({ version: this.#version, objects: new Map(this.objects) });
    this.#version += 1;
    change(this.objects);
  }

  #report(event: Event, { copies, late }: Delivery): void {
    this.#log.push(event);
    for (let copy = 0; copy < copies; copy += 1) {
      if (late) this.#late.push(event);
      else this.#send(event);
    }
  }

  #send(event: Event): void {
    this.#streams.forEach(stream => stream.push(event));
  }
}
