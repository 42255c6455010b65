import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { LeftOut, Release, SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { TenantReleaseResource } from '@internal/plugin-tenant-releases-node';
import type { GitopsSource } from '../config/gitopsSources';
import type { PluginConfig } from '../config/readPluginConfig';
import type { DesiredEntry } from '../desired/DesiredEntries';
import type { DesiredFleet, RepositoryFolders } from '../desired/DesiredFleet';
import type { RepositoryConflict } from '../desired/FleetTable';
import { joinRelease } from '../join/joinRelease';
import type { ApplicationState, PodState, ReleaseParts } from '../join/releaseParts';
import { imageHint, versionsOf } from '../running/imageHint';
import type { ImageHint } from '../running/podVersion';
import type { PodPlace } from '../running/PodWatch';
import type { RunningIndex } from '../running/RunningIndex';
import type { ServingIndex } from '../serving/ServingIndex';
import type { ApplicationRecord } from '../sync/ApplicationRecord';
import type { SyncIndex } from '../sync/SyncIndex';
import { ChangeHints } from '../upstream/ChangeHints';
import type { VersionCommits } from '../versions/VersionCommits';
import { ApplicationStates } from './ApplicationStates';
import { BriefCache } from './BriefCache';
import { destinationOf } from './destination';
import type { VersionFacts } from './listVersions';
import { misconfigured } from './misconfigured';
import { NamespaceTenants } from './NamespaceTenants';
import { policyParts, type PolicyVersions } from './policyParts';
import { releaseLinks } from './releaseLinks';
import { compareRefs, type ReleaseRef } from './ReleaseRef';
import { conflictRelease } from './conflictRelease';
import { labelsOf } from './DeployedLookup';
import type { ApplicationFinder, FoundApplication } from './TenantApplications';
import { unjoinedRelease } from './unjoinedRelease';
import { workloadNeed } from './workloadNeed';

/** What a {@link ReleaseBoard} needs. */
export interface ReleaseBoardOptions {
  config: PluginConfig;
  desired: DesiredFleet;
  sync: SyncIndex;
  running: RunningIndex;
  serving: Pick<ServingIndex, 'state' | 'changes'>;
  commits: Pick<VersionCommits, 'find' | 'changes'>;
  folders: RepositoryFolders;
  applications: ApplicationFinder;
  logger: Pick<LoggerService, 'error'>;
}

/** All releases, joined from the three indexes. Waits for no upstream. */
export class ReleaseBoard {
  /** What the board has learnt by itself, besides the indexes. */
  readonly changes = new ChangeHints();
  readonly #logger: Pick<LoggerService, 'error'>;
  readonly #config: PluginConfig;
  readonly #desired: DesiredFleet;
  readonly #sync: SyncIndex;
  readonly #running: RunningIndex;
  readonly #serving: ReleaseBoardOptions['serving'];
  readonly #commits: ReleaseBoardOptions['commits'];
  readonly #applications: ApplicationFinder;
  readonly #states: ApplicationStates;
  readonly #found: BriefCache<FoundApplication>;
  readonly #joined: BriefCache<Release>;
  readonly #namespaces = new NamespaceTenants(
    () => this.refs(),
    ref => this.place(ref).namespace,
  );
  readonly #resources = new WeakMap<DesiredEntry, TenantReleaseResource>();

  constructor(options: ReleaseBoardOptions) {
    const { config, desired, sync, running, serving, commits, folders, logger } = options;
    this.#logger = logger;
    this.#config = config;
    this.#desired = desired;
    this.#sync = sync;
    this.#running = running;
    this.#serving = serving;
    this.#commits = commits;
    this.#applications = options.applications;
    this.#states = new ApplicationStates({
      desired,
      sync,
      folders,
      branchOf: entry => sourceOf(config, entry).gitops.branch,
      onAnswer: tenant => this.changes.emit([tenant]),
    });
    this.#found = new BriefCache([desired, sync].map(({ changes }) => changes));
    this.#joined = new BriefCache(
      [desired, sync, running, serving, commits, this].map(({ changes }) => changes),
    );
  }

  stop(): void {
    this.#states.stop();
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
    refs.push(...this.#desired.conflicts().map(refOfConflict));
    const known = new Set(refs.map(({ tenant }) => tenant));
    for (const application of this.#sync.records()) {
      const { name } = application;
      if (!known.has(name) && this.#applications.isWithoutFile(application)) {
        known.add(name);
        refs.push(this.#withoutFile(application));
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
    const entries = this.#desired.ofTenant(tenant).map(entry => this.#refOf(entry));
    const found = [...entries, ...this.#desired.conflicts(tenant).map(refOfConflict)];
    if (found.length > 0) return found.sort(compareRefs);
    const application = this.#sync
      .named(tenant)
      .find(record => this.#applications.isWithoutFile(record));
    return application ? [this.#withoutFile(application)] : [];
  }

  /** Name of the Argo CD destination of a release; undefined while that is not known. */
  cluster({ application }: ReleaseRef): string | undefined {
    return (application && destinationOf(application).cluster) || undefined;
  }

  /** Where the pods of a release are. */
  place({ tenant, service, entry, application, conflict }: ReleaseRef): PodPlace {
    if (conflict) return { tenant, service, namespace: '' };
    const namespace = application?.destination.namespace;
    if (!entry?.deployed) return { tenant, service, namespace: namespace ?? tenant };
    const place = namespace ?? entry.deployed.target?.destination.namespace ?? '';
    return { tenant, service, namespace: place, labels: labelsOf(entry, application?.name) };
  }

  /**
   * The namespace by which metrics and logs are told apart: the tenant's own. Undefined in another layout where it is not known, or
   * other tenants have releases there too.
   */
  ownNamespace(ref: ReleaseRef): string | undefined {
    if (ref.conflict) return undefined;
    if (!ref.entry?.deployed) return ref.tenant;
    const { namespace } = this.place(ref);
    return this.#namespaces.isOwn(namespace, ref.tenant) ? namespace : undefined;
  }

  /** What permission rules know of a release; the same object for as long as the tenant's file is the same. */
  resource({ tenant, entry, conflict }: ReleaseRef): TenantReleaseResource {
    // Whom it belongs to is known as long as nobody says otherwise.
    const owners = new Set(conflict?.map(({ file }) => file?.tenant.owner));
    if (conflict && owners.size === 1) return this.resource({ ...conflict[0], entry: conflict[0] });
    if (!entry) return { tenant };
    const owner = entry.file?.tenant.owner;
    const resource = this.#resources.get(entry) ?? { tenant, ...(owner ? { owner } : {}) };
    this.#resources.set(entry, resource);
    return resource;
  }

  release(ref: ReleaseRef): Release {
    return this.#joined.get(ref, now => {
      try {
        if (ref.conflict) {
          const places = ref.conflict.map(entry => this.#desired.placeOf(entry));
          return conflictRelease(ref, this.resource(ref).owner, places);
        }
        return this.#join(ref, now);
      } catch (error) {
        // A mistake of ours that one object has found must not take the other rows with it.
        this.#logger.error(`The release of ${ref.tenant} cannot be joined`, toError(error));
        return unjoinedRelease(ref, this.resource(ref).owner);
      }
    });
  }

  /** What no release is made of, by the source's id. */
  leftOut(): Map<string, LeftOut[]> {
    const all = new Map<string, LeftOut[]>();
    const lists = [this.#desired, this.#sync, this.#running, this.#applications];
    for (const [id, found] of lists.flatMap(list => [...list.leftOut()])) {
      all.set(id, [...(all.get(id) ?? []), ...found]);
    }
    return all;
  }

  #join(ref: ReleaseRef, now: Date): Release {
    const { tenant, service, environment, entry, application: record, mismatches } = ref;
    const cluster = this.cluster(ref);
    const application = record && this.#states.state(record, ref, entry);
    const labelled = this.#running.pods(cluster, this.place(ref), this.#hint(ref, application));
    const parts =
      record && application
        ? this.#withWorkloads({ ref, record, now }, application, labelled)
        : { pods: labelled };
    const versions = {
      wanted: wantedVersion(entry, application),
      running: parts.pods.flatMap(({ version }) => version ?? []),
    };
    const release = joinRelease(
      {
        tenant,
        service,
        ...(environment === undefined ? {} : { environment }),
        ...(entry?.deployed ? { namespace: this.place(ref).namespace } : {}),
        ...(entry ? { desired: this.#desired.state(entry) } : {}),
        ...parts,
        ...(mismatches?.length ? { mismatches } : {}),
        ...this.#servingParts(ref, cluster),
        ...policyParts(this.#desired.policy(entry), entry, versions, now),
        ...this.#versionParts(service, versions),
        freshness: {
          git: this.#desired.freshness(entry),
          argocd: this.#sync.freshness(record),
          kubernetes: this.#running.freshness(cluster),
        },
        now,
        graceSeconds: this.#config.graceSeconds,
      },
      releaseLinks({ ...this.#config, gitops: sourceOf(this.#config, entry).gitops }, ref),
    );
    return entry?.repository === undefined ? release : { ...release, gitSource: entry.repository };
  }

  #servingParts(ref: ReleaseRef, cluster: string | undefined): Pick<ReleaseParts, 'serving'> {
    const namespace = this.ownNamespace(ref);
    if (namespace === undefined) return {};
    const services = this.#desired.ofTenant(ref.tenant).map(entry => entry.service);
    const target = { tenant: namespace, service: ref.service, services };
    const serving = this.#serving.state(cluster, target);
    return serving ? { serving } : {};
  }

  /** What is known of a version, whoever has it. */
  versionFacts(service: string, version: string): VersionFacts {
    const firstSeen = this.#firstSeen(service, version);
    const source = this.#commits.find(service, version);
    return { ...(firstSeen ? { firstSeen } : {}), ...(source ? { source } : {}) };
  }

  /** By Git; where no tenant file ever held it, by its first pod. */
  #firstSeen(service: string, version: string): string | undefined {
    const inGit = this.#desired.firstSeen(service, version);
    if (inGit !== undefined || this.#desired.mayHoldVersion(service, version)) return inGit;
    return this.#running.firstSeen(service, version);
  }

  #versionParts(
    service: string,
    { wanted, running }: PolicyVersions,
  ): Pick<ReleaseParts, 'firstSeen' | 'source'> {
    const versions = new Set(wanted === undefined ? running : [wanted, ...running]);
    const times = [...versions].flatMap(version => {
      const time = this.#firstSeen(service, version);
      return time === undefined ? [] : [[version, time] as const];
    });
    const source = wanted === undefined ? undefined : this.#commits.find(service, wanted);
    return { firstSeen: new Map(times), ...(source ? { source } : {}) };
  }

  /** Pods that nobody finds by their labels, and rollouts that stand still, are explained by Argo CD's own tree. */
  #withWorkloads(
    { ref, record, now }: { ref: ReleaseRef; record: ApplicationRecord; now: Date },
    application: ApplicationState,
    pods: PodState[],
  ): Pick<ReleaseParts, 'application' | 'pods'> {
    const need = workloadNeed(record, application, pods, now);
    if (need === 'none') return { application, pods };
    const facts =
      need === 'asked'
        ? this.#states.workloads(record, ref.entry)
        : this.#states.knownWorkloads(record, ref.entry);
    if (!facts) return { application, pods };
    const { pods: found, ...workloads } = facts;
    const hint = this.#hint(ref, application);
    return {
      application: { ...application, workloads },
      pods:
        pods.length > 0
          ? pods
          : this.#running.treePods(found, ref.tenant, hint, record.healthSince),
    };
  }

  #hint({ entry }: ReleaseRef, application?: ApplicationState): ImageHint {
    return { ...imageHint(entry), versions: versionsOf(entry, application) };
  }

  /** The sources that releases are joined from. */
  sources(): SourceStatus[] {
    const kinds = new Set(['argocd', 'kubernetes']);
    return [
      ...this.#desired.statuses(),
      ...this.#sync.statuses(),
      ...this.#running.statuses(),
      ...misconfigured(this.#config).filter(({ kind }) => kinds.has(kind)),
    ];
  }

  #refOf(entry: DesiredEntry): ReleaseRef {
    const { tenant, service, environment } = entry;
    const found = this.#found.get(entry, () => this.#applications.find(entry));
    return {
      tenant,
      service,
      ...(environment === undefined ? {} : { environment }),
      entry,
      ...found,
    };
  }

  #withoutFile(application: ApplicationRecord): ReleaseRef {
    const service = application.labels.service ?? this.#config.service;
    return { tenant: application.name, service, application };
  }
}

function refOfConflict({ entries: conflict, ...names }: RepositoryConflict): ReleaseRef {
  return { ...names, conflict };
}

/** The repository of an entry; what no repository names would be in that of our own layout. */
function sourceOf({ gitops }: PluginConfig, entry: DesiredEntry | undefined): GitopsSource {
  return (
    gitops.find(({ id, layouts }) => (entry ? id === entry.repository : !layouts)) ?? gitops[0]
  );
}

/** The version that Argo CD is to deploy: what the Application itself says goes before the tenant file. */
function wantedVersion(
  entry: DesiredEntry | undefined,
  application: ApplicationState | undefined,
): string | undefined {
  if (application?.override) return application.override.version;
  if (application?.follows) return application.follows.version;
  return entry?.file?.image.tag;
}
