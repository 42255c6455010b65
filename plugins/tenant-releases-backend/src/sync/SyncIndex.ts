import type { LeftOut, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { LRUCache } from 'lru-cache';
import type { PartFreshness } from '../join/releaseParts';
import { ChangeHints } from '../upstream/ChangeHints';
import { limitConcurrency, UpstreamError } from '@internal/gitops';
import type { WatchReport } from '../upstream/ListWatch';
import { leastCurrent } from '../upstream/SourceMonitor';
import { groupsFor, labelGroup, nameGroup, readingGroups } from './applicationGroups';
import { applicationKey, type ApplicationRecord } from './ApplicationRecord';
import { refOf, type ApplicationWatch } from './ApplicationWatch';
import type { RevisionMetadata } from './ArgocdClient';
import type { ManagedResources, ResourceTree } from './resourceSchemas';
import type { ProjectWindows, SyncWindows } from './syncWindowSchemas';

/** An Application's identity among all instances. */
export function identityOf(record: ApplicationRecord): string {
  return `${record.instance}\n${applicationKey(record)}`;
}

function byKey(records: Iterable<ApplicationRecord>): ApplicationRecord[] {
  const found = [...records];
  // A list of thousands asks for each of them; most have one.
  if (found.length < 2) return found;
  const keyed = found.map(record => ({ record, key: applicationKey(record) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return keyed.map(({ record }) => record);
}

/** What Argo CD synced: the Applications of all instances. */
export class SyncIndex {
  readonly changes = new ChangeHints();
  readonly #watches: ApplicationWatch[];
  readonly #limit = limitConcurrency(4);
  readonly #reading = new Map<string, Promise<ApplicationRecord | undefined>>();
  readonly #revisions = new LRUCache<string, RevisionMetadata, ApplicationRecord>({
    max: 5_000,
    fetchMethod: async (key, _, { context }) => {
      const revision = key.slice(key.lastIndexOf('\n') + 1);
      return this.#watchOf(context)?.api.revisionMetadata(refOf(context), revision);
    },
  });
  #stopped = false;

  constructor(watches: ApplicationWatch[]) {
    this.#watches = watches;
    for (const watch of watches) {
      watch.changes.subscribe(tenants => {
        if (tenants === 'all') {
          this.changes.emitAll();
          return;
        }
        for (const tenant of tenants) {
          for (const record of watch.store.group(nameGroup(tenant))) this.#readMissing(record);
        }
        this.changes.emit(tenants);
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

  /** What no release can be made of, by the source's id. */
  leftOut(): Map<string, LeftOut[]> {
    return new Map(this.#watches.map(watch => [watch.monitor.status().id, watch.leftOut()]));
  }

  /** The Applications of each instance that has been read, by the source's id. */
  reports(): Map<string, WatchReport<ApplicationRecord>> {
    return new Map(this.#watches.map(watch => [watch.monitor.status().id, watch.report()]));
  }

  /**
   * Applications that may be a tenant's: they read its file, or are called like it. Instances in their order, and each
   * one's by namespace and name, so that an event makes no other the first.
   */
  candidates(tenant: string, path: string, repository?: string): ApplicationRecord[] {
    return this.#inGroups(groupsFor(tenant, path, repository));
  }

  /**
   * Applications of one of these names, those with these labels, and those that read one of these files or folders; in the order
   * of {@link candidates}.
   */
  reading(
    names: readonly string[],
    places: readonly string[],
    { labels, repository }: { labels?: string; repository?: string } = {},
  ): ApplicationRecord[] {
    const labelled = labels === undefined ? [] : [labelGroup(labels)];
    return this.#inGroups([
      ...names.map(nameGroup),
      ...labelled,
      ...readingGroups(places, repository),
    ]);
  }

  #inGroups(groups: readonly string[]): ApplicationRecord[] {
    return this.#watches.flatMap(({ store }) =>
      byKey(new Set(groups.flatMap(group => store.group(group)))),
    );
  }

  /** Applications of that name, in any namespace of any instance. */
  named(name: string): ApplicationRecord[] {
    return this.#watches.flatMap(({ store }) =>
      byKey(store.group(nameGroup(name)).filter(record => record.name === name)),
    );
  }

  records(): ApplicationRecord[] {
    return this.#watches.flatMap(({ store }) => store.values());
  }

  /**
   * How current an Application is. For one that no instance has, the least current instance decides: it may be there.
   */
  freshness(record: ApplicationRecord | undefined): PartFreshness {
    const owner = record && this.#watchOf(record);
    if (owner) return owner.monitor.freshness();
    return leastCurrent(this.#watches.map(({ monitor }) => monitor));
  }

  /** The Application with its history; asks Argo CD once after each change, and never twice at the same time. */
  async withDetails(known: ApplicationRecord): Promise<ApplicationRecord | undefined> {
    if (known.details) return known;
    const key = identityOf(known);
    let reading = this.#reading.get(key);
    if (!reading) {
      reading = this.#limit(async () => this.#watchOf(known)?.readDetails(known)).finally(() =>
        this.#reading.delete(key),
      );
      this.#reading.set(key, reading);
    }
    return reading;
  }

  /** Who made a revision; asked for once, since it never changes. */
  async revisionMetadata(record: ApplicationRecord, revision: string): Promise<RevisionMetadata> {
    const key = `${identityOf(record)}\n${revision}`;
    return (await this.#revisions.fetch(key, { context: record })) ?? {};
  }

  /**
   * An Application's resources, as Argo CD tells them now.
   *
   * @throws UpstreamError
   */
  async resources(
    record: ApplicationRecord,
  ): Promise<{ tree: ResourceTree; managed: ManagedResources }> {
    const { api } = this.#require(record);
    const ref = refOf(record);
    return this.#limit(async () => {
      const [tree, managed] = await Promise.all([api.resourceTree(ref), api.managedResources(ref)]);
      return { tree, managed };
    });
  }

  /**
   * The sync windows of an Application, and those of its project, which carry their time zones.
   *
   * @throws UpstreamError
   */
  async windows(
    record: ApplicationRecord,
  ): Promise<{ windows: SyncWindows; project?: ProjectWindows }> {
    const { api } = this.#require(record);
    const ref = refOf(record);
    return this.#limit(async () => {
      const windows = await api.syncWindows(ref);
      if (!windows.assignedWindows?.length || !record.project) return { windows };
      // An account that may only get Applications is refused the project: then no time zone is known.
      const project = await api.projectWindows(record.project).catch(() => undefined);
      return { windows, ...(project ? { project } : {}) };
    });
  }

  /** How the instance does that has an Application. */
  status(record: ApplicationRecord): SourceStatus {
    return this.#require(record).monitor.status();
  }

  /** What went wrong is not in a list: it is asked for as soon as something went wrong. */
  #readMissing(record: ApplicationRecord): void {
    if (record.details || this.#stopped) return;
    const { operation, sync, health } = record;
    const needed =
      operation?.phase === 'Failed' ||
      operation?.phase === 'Error' ||
      operation?.phase === 'Running' ||
      operation?.phase === 'Terminating' ||
      operation?.isPartial === true ||
      sync.status === 'Unknown' ||
      health.status === 'Suspended' ||
      // Git has not moved on: the resources that differ say why.
      (sync.status === 'OutOfSync' &&
        (sync.revision === undefined || sync.revision === operation?.revision));
    // The next list or event tries again; the instance's own probe reports the outage.
    if (needed) this.withDetails(record).catch(() => undefined);
  }

  #require(record: ApplicationRecord): ApplicationWatch {
    const watch = this.#watchOf(record);
    if (!watch) throw new UpstreamError('not-found', 'there is no such Application');
    return watch;
  }

  #watchOf({ instance }: ApplicationRecord): ApplicationWatch | undefined {
    return this.#watches.find(({ name }) => name === instance);
  }
}
