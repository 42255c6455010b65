import type { LoggerService } from '@backstage/backend-plugin-api';
import { ListWatch, type WatchedCollection, type WatchEvent } from '../upstream/ListWatch';
import { SourceMonitor } from '../upstream/SourceMonitor';
import { toRecord, withKnownDetails, type ApplicationRecord } from './ApplicationRecord';
import type { ArgocdApi, RevisionMetadata } from './ArgocdClient';
import type { ManagedResources, ResourceTree } from './resourceSchemas';

/** What an {@link ApplicationWatch} needs. */
export interface ApplicationWatchOptions {
  /** Name of the instance. */
  name: string;
  api: ArgocdApi;
  logger: LoggerService;
  /** Milliseconds between two lists; default 60,000. */
  relistMs?: number;
}

/** The Applications of one Argo CD instance. */
export class ApplicationWatch extends ListWatch<ApplicationRecord> {
  readonly name: string;
  readonly #api: ArgocdApi;

  constructor({ name, api, logger, relistMs = 60_000 }: ApplicationWatchOptions) {
    super({
      collection: collectionOf(name, api),
      monitor: new SourceMonitor({ id: `argocd:${name}`, kind: 'argocd', name, logger }),
      // Argo CD's stream begins with what happens after it was opened.
      first: 'watch',
      relistMs,
    });
    this.name = name;
    this.#api = api;
  }

  /** Fills in what a list does not tell of an Application, with one call. */
  async readDetails(name: string): Promise<ApplicationRecord | undefined> {
    const known = this.store.get(name);
    if (!known || known.details) return known;
    const application = await this.#api.get(name);
    const record = toRecord(this.name, application, true);
    const version = toVersion(application.metadata.resourceVersion);
    if (!this.store.refine(name, known, record, version)) return this.store.get(name);
    this.changes.emit([name]);
    return record;
  }

  /** An Application's resources, as Argo CD tells them now. */
  async resources(name: string): Promise<{ tree: ResourceTree; managed: ManagedResources }> {
    const [tree, managed] = await Promise.all([
      this.#api.resourceTree(name),
      this.#api.managedResources(name),
    ]);
    return { tree, managed };
  }

  /** Who made a revision. */
  revisionMetadata(name: string, revision: string): Promise<RevisionMetadata> {
    return this.#api.revisionMetadata(name, revision);
  }
}

function collectionOf(instance: string, api: ArgocdApi): WatchedCollection<ApplicationRecord> {
  return {
    probe: () => api.probe(),
    async list(signal) {
      const { version, items } = await api.list(signal);
      const records = items.map(item => toRecord(instance, item, false));
      return {
        version: toVersion(version),
        items: new Map(records.map(record => [record.name, record])),
      };
    },
    async *watch(version, signal): AsyncGenerator<WatchEvent<ApplicationRecord>> {
      // With a version, also with 0, the server does not begin with every Application there is.
      for await (const { type, application } of api.watch(String(version), signal)) {
        const value = toRecord(instance, application, true);
        const { resourceVersion } = application.metadata;
        yield { type, key: value.name, version: toVersion(resourceVersion), value };
      }
    },
    merge: withKnownDetails,
    tenantsOf: key => [key],
  };
}

function toVersion(resourceVersion: string | undefined): number | undefined {
  const version = Number(resourceVersion || NaN);
  return Number.isFinite(version) ? version : undefined;
}
