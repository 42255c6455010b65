import type { LoggerService } from '@backstage/backend-plugin-api';
import type { LeftOut } from '@internal/plugin-tenant-releases-common';
import {
  ListWatch,
  unreadableEvent,
  type WatchedCollection,
  type WatchEvent,
} from '../upstream/ListWatch';
import { SourceMonitor } from '../upstream/SourceMonitor';
import { UpstreamError } from '@internal/gitops';
import { groupsOf } from './applicationGroups';
import { applicationKey, withKnownDetails, type ApplicationRecord } from './ApplicationRecord';
import type { ApplicationRef, ArgocdApi } from './ArgocdClient';
import { RecordReader, toVersion } from './RecordReader';
import type { RecordOptions } from './toRecord';

/** What an {@link ApplicationWatch} needs. */
export interface ApplicationWatchOptions extends Omit<RecordOptions, 'instance'> {
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
  readonly api: ArgocdApi;
  readonly #reader: RecordReader;

  constructor({ name, api, logger, relistMs = 60_000, ...options }: ApplicationWatchOptions) {
    const reader = new RecordReader({ instance: name, ...options });
    super({
      collection: collectionOf(api, reader),
      monitor: new SourceMonitor({ id: `argocd:${name}`, kind: 'argocd', name, logger }),
      // Argo CD's stream begins with what happens after it was opened.
      first: 'watch',
      relistMs,
    });
    this.name = name;
    this.api = api;
    this.#reader = reader;
  }

  /** Objects of the last list of which no row can be made, since they have no name. */
  leftOut(): LeftOut[] {
    const { unnamed } = this.#reader;
    if (unnamed === 0) return [];
    const reason = `${unnamed} of the listed Applications have no metadata.name that can be read: correct or delete them.`;
    return [{ kind: 'application', name: '(no name)', reason }];
  }

  /** Fills in what a list does not tell of an Application, with one call. */
  async readDetails(known: ApplicationRecord): Promise<ApplicationRecord | undefined> {
    const key = applicationKey(known);
    const current = this.store.get(key);
    if (!current || current.details) return current;
    const read = this.#reader.read(await this.api.get(refOf(known)), true);
    if (!read || read.key !== key) {
      throw new UpstreamError('bad-answer', 'the answer is not the Application that was asked for');
    }
    if (!this.store.refine(key, current, read.value, read.version)) return this.store.get(key);
    this.changes.emit(read.value.tenants);
    return read.value;
  }
}

/** How Argo CD is asked about an Application. */
export function refOf({ name, namespace, project, gitops }: ApplicationRecord): ApplicationRef {
  return {
    name,
    namespace,
    ...(project ? { project } : {}),
    ...(gitops?.isMulti ? { sourceIndex: gitops.index } : {}),
  };
}

function collectionOf(api: ArgocdApi, reader: RecordReader): WatchedCollection<ApplicationRecord> {
  return {
    probe: () => api.probe(),
    async list(signal) {
      const { version, items } = await api.list(signal);
      const found = items.flatMap(item => reader.read(item, false) ?? []);
      reader.unnamed = items.length - found.length;
      return {
        version: toVersion(version),
        items: new Map(found.map(({ key, value }) => [key, value])),
      };
    },
    async *watch(
      version,
      signal,
    ): AsyncGenerator<WatchEvent<ApplicationRecord> | typeof unreadableEvent> {
      // With a version, also with 0, the server does not begin with every Application there is.
      for await (const { type, application } of api.watch(String(version), signal)) {
        const found = reader.read(application, true);
        yield found && type ? { type, ...found } : unreadableEvent;
      }
    },
    merge: withKnownDetails,
    tenantsOf: (_, record) => record?.tenants ?? [],
    groupsOf,
  };
}
