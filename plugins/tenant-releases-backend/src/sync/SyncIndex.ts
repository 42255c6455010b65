import type { LeftOut, PartFreshness, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import { ChangeHints } from '../upstream/ChangeHints';
import { limitConcurrency } from '../upstream/limitConcurrency';
import { UpstreamError } from '../upstream/UpstreamError';
import type { ApplicationRecord } from './ApplicationRecord';
import type { ApplicationWatch } from './ApplicationWatch';
import type { RevisionMetadata } from './ArgocdClient';
import type { ManagedResources, ResourceTree } from './resourceSchemas';

/** What Argo CD synced: the Applications of all instances. */
export class SyncIndex {
  readonly changes = new ChangeHints();
  readonly #watches: ApplicationWatch[];
  readonly #limit = limitConcurrency(4);
  readonly #reading = new Map<string, Promise<ApplicationRecord | undefined>>();
  readonly #revisions = new LRUCache<string, RevisionMetadata>({
    max: 5_000,
    fetchMethod: async key => {
      const [name, revision] = key.split('\n');
      return this.#owner(name)?.revisionMetadata(name, revision);
    },
  });
  #stopped = false;

  constructor(watches: ApplicationWatch[]) {
    this.#watches = watches;
    for (const watch of watches) {
      watch.changes.subscribe(names => {
        if (names !== 'all') names.forEach(name => this.#readMissing(name));
        return names === 'all' ? this.changes.emitAll() : this.changes.emit(names);
      });
    }
  }

  start(): void {
    this.#stopped = false;
    this.#watches.forEach(watch => watch.start());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#watches.map(watch => watch.stop()));
  }

  statuses(): SourceStatus[] {
    return this.#watches.map(({ monitor }) => monitor.status());
  }

  /** What no release is made of, by the source's id. */
  leftOut(): Map<string, LeftOut[]> {
    return new Map();
  }

  /** The Application of a name; when several instances have one, that of the instance configured first. */
  get(name: string): ApplicationRecord | undefined {
    return this.#owner(name)?.store.get(name);
  }

  records(): ApplicationRecord[] {
    return this.#watches.flatMap(({ store }) => store.values());
  }

  /**
   * How current the answer about a name is. For a name that no instance has, the least current instance decides: it
   * may be there.
   */
  freshness(name: string): PartFreshness {
    const owner = this.#owner(name);
    if (owner) return owner.monitor.freshness();
    const all = this.#watches.map(({ monitor }) => monitor.freshness());
    return (
      all.find(({ state }) => state === 'unknown') ??
      all.find(({ state }) => state === 'stale') ??
      all[0] ?? { state: 'unknown', ageSeconds: 0 }
    );
  }

  /** The Application with its history; asks Argo CD once after each change, and never twice at the same time. */
  async withDetails(name: string): Promise<ApplicationRecord | undefined> {
    const known = this.get(name);
    if (!known || known.details) return known;
    let reading = this.#reading.get(name);
    if (!reading) {
      reading = this.#limit(async () => this.#owner(name)?.readDetails(name)).finally(() =>
        this.#reading.delete(name),
      );
      this.#reading.set(name, reading);
    }
    return reading;
  }

  /** Who made a revision; asked for once, since it never changes. */
  async revisionMetadata(name: string, revision: string): Promise<RevisionMetadata> {
    return (await this.#revisions.fetch(`${name}\n${revision}`)) ?? {};
  }

  /**
   * An Application's resources, as Argo CD tells them now.
   *
   * @throws UpstreamError
   */
  async resources(name: string): Promise<{ tree: ResourceTree; managed: ManagedResources }> {
    const owner = this.#owner(name);
    if (!owner) throw new UpstreamError('not-found', 'there is no such Application');
    return this.#limit(() => owner.resources(name));
  }

  /** How the instance does that has an Application. */
  status(name: string): SourceStatus {
    return (this.#owner(name) ?? this.#watches[0]).monitor.status();
  }

  /** What went wrong is not in a list: it is asked for as soon as something went wrong. */
  #readMissing(name: string): void {
    const record = this.get(name);
    if (!record || record.details || this.#stopped) return;
    const { operation, sync } = record;
    const needed =
      operation?.phase === 'Failed' ||
      operation?.phase === 'Error' ||
      sync.status === 'Unknown' ||
      (sync.status === 'OutOfSync' && sync.revision === undefined);
    // The next list or event tries again; the instance's own probe reports the outage.
    if (needed) this.withDetails(name).catch(() => undefined);
  }

  #owner(name: string): ApplicationWatch | undefined {
    return this.#watches.find(({ store }) => store.get(name) !== undefined);
  }
}
