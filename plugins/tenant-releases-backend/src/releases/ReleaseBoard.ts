import {
  badVersion,
  freezeWindow,
  joinRelease,
  type ApplicationState,
  type Release,
  type ReleaseParts,
  type SourceStatus,
  tenantNameProblem,
} from '@internal/plugin-tenant-releases-common';
import type { PluginConfig } from '../config/readPluginConfig';
import type { DesiredEntry, DesiredIndex } from '../desired/DesiredIndex';
import type { TenantReleaseResource } from '@internal/plugin-tenant-releases-node';
import type { RunningIndex } from '../running/RunningIndex';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import type { SyncIndex } from '../sync/SyncIndex';
import { JoinedReleases } from './JoinedReleases';
import { releaseLinks } from './releaseLinks';
import { syncedVersion } from './syncedVersion';

/** Where a release's parts are. */
export interface ReleaseRef {
  tenant: string;
  service: string;
  entry?: DesiredEntry;
  application?: ApplicationRecord;
}

/** All releases, joined from the three indexes. Asks no upstream. */
export class ReleaseBoard {
  readonly #config: PluginConfig;
  readonly #desired: DesiredIndex;
  readonly #sync: SyncIndex;
  readonly #running: RunningIndex;
  readonly #joined: JoinedReleases;
  readonly #resources = new WeakMap<DesiredEntry, TenantReleaseResource>();

  constructor(
    config: PluginConfig,
    indexes: { desired: DesiredIndex; sync: SyncIndex; running: RunningIndex },
  ) {
    this.#config = config;
    this.#desired = indexes.desired;
    this.#sync = indexes.sync;
    this.#running = indexes.running;
    this.#joined = new JoinedReleases(Object.values(indexes).map(({ changes }) => changes));
  }

  /**
   * Every release there is, ordered by tenant and service.
   *
   * @param tenants - only of these; that asks for no look at the others
   */
  refs(tenants?: readonly string[]): ReleaseRef[] {
    if (tenants) {
      const named = [...new Set(tenants)].flatMap(tenant => this.ofTenant(tenant));
      return named.sort(compareRefs);
    }
    const refs = this.#desired.entries().map(entry => this.#refOf(entry));
    const known = new Set(refs.map(({ tenant }) => tenant));
    for (const application of this.#sync.records()) {
      const { name } = application;
      if (!known.has(name) && isTenantsApplication(application)) {
        known.add(name);
        refs.push({
          tenant: name,
          service: application.service ?? this.#config.service,
          application,
        });
      }
    }
    return refs.sort(compareRefs);
  }

  /** Whether the tenants are known at all. */
  isReady(): boolean {
    return this.#desired.freshness().state !== 'unknown';
  }

  /** The releases of a tenant. */
  ofTenant(tenant: string): ReleaseRef[] {
    const entries = this.#desired.ofTenant(tenant);
    if (entries.length > 0) return entries.map(entry => this.#refOf(entry));
    const application = this.#sync.get(tenant);
    if (!application || !isTenantsApplication(application)) return [];
    return [{ tenant, service: application.service ?? this.#config.service, application }];
  }

  /** Name of the Argo CD destination of a release; undefined while that is not known. */
  cluster({ application }: ReleaseRef): string | undefined {
    return application && clusterOf(application);
  }

  /** What permission rules know of a release; the same object for as long as the tenant's file is the same. */
  resource({ tenant, entry }: ReleaseRef): TenantReleaseResource {
    if (!entry) return { tenant };
    const owner = entry.file?.tenant.owner;
    const resource = this.#resources.get(entry) ?? { tenant, ...(owner ? { owner } : {}) };
    this.#resources.set(entry, resource);
    return resource;
  }

  release(ref: ReleaseRef): Release {
    return this.#joined.get(ref, now => this.#join(ref, now));
  }

  #join(ref: ReleaseRef, now: Date): Release {
    const { tenant, service, entry, application } = ref;
    const cluster = this.cluster(ref);
    return joinRelease(
      {
        tenant,
        service,
        ...(entry ? { desired: this.#desired.state(entry) } : {}),
        ...(application ? { application: this.#applicationState(application, entry) } : {}),
        pods: this.#running.pods(cluster, tenant, service),
        ...this.#rules(entry, now),
        freshness: {
          git: this.#desired.freshness(),
          argocd: this.#sync.freshness(tenant),
          kubernetes: this.#running.freshness(cluster),
        },
        now,
      },
      releaseLinks(this.#config, ref),
    );
  }

  /** The sources that releases are joined from. */
  sources(): SourceStatus[] {
    const kinds = new Set(['argocd', 'kubernetes']);
    return [
      this.#desired.status(),
      ...this.#sync.statuses(),
      ...this.#running.statuses(),
      ...misconfigured(this.#config).filter(({ kind }) => kinds.has(kind)),
    ];
  }

  #refOf(entry: DesiredEntry): ReleaseRef {
    const { tenant, service } = entry;
    const application = this.#sync.get(tenant);
    return { tenant, service, entry, ...(application ? { application } : {}) };
  }

  /** What the release policy says of a tenant and the version that Git wants for it. */
  #rules(entry: DesiredEntry | undefined, now: Date): Pick<ReleaseParts, 'freeze' | 'badVersion'> {
    if (!entry?.file) return {};
    const { tenant, image } = entry.file;
    const policy = this.#desired.policy();
    const freeze = freezeWindow(policy, tenant, now);
    const bad = badVersion(policy, image.tag);
    return {
      ...(freeze
        ? { freeze: { reason: freeze.reason, since: freeze.from, until: freeze.until } }
        : {}),
      ...(bad ? { badVersion: bad } : {}),
    };
  }

  #applicationState(record: ApplicationRecord, entry: DesiredEntry | undefined): ApplicationState {
    const { sync, operation, health, healthSince, details } = record;
    const version = syncedVersion(record, entry?.file?.image.repository, revision =>
      entry ? this.#desired.versionAt(entry, revision) : undefined,
    );
    return {
      cluster: clusterOf(record),
      ...(version ? { version } : {}),
      sync,
      ...(operation ? { operation } : {}),
      health,
      ...(healthSince ? { healthSince } : {}),
      ...(details?.problem ? { problem: details.problem } : {}),
      ...(details?.problemSince ? { problemSince: details.problemSince } : {}),
      ...(details?.drifted.length ? { driftedResources: details.drifted } : {}),
    };
  }
}

/** Sources that are left out because their configuration is wrong. */
export function misconfigured({ problems }: PluginConfig): SourceStatus[] {
  return problems.map(({ source, message }) => ({
    ...source,
    state: 'down',
    ageSeconds: 0,
    error: 'misconfigured',
    detail: message,
  }));
}

/** The name of an Application's destination; Argo CD calls the cluster it runs in `in-cluster`. */
function clusterOf({ destination: { name, server } }: ApplicationRecord): string {
  if (name) return name;
  if (!server || server === 'https://kubernetes.default.svc') return 'in-cluster';
  return new URL(server).host;
}

/** Whether an Application without tenant file could be a tenant's: the platform's own are not. */
function isTenantsApplication({ name, destination }: ApplicationRecord): boolean {
  const inOwnNamespace = destination.namespace === undefined || destination.namespace === name;
  return tenantNameProblem(name) === undefined && inOwnNamespace;
}

function compareRefs(a: ReleaseRef, b: ReleaseRef): number {
  return compare(a.tenant, b.tenant) || compare(a.service, b.service);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
