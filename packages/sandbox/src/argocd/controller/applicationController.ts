import {
  Application,
  ApplicationStatus,
  instanceName,
  isSkipped,
  ofInstanceName,
  Operation,
  refreshAnnotation,
  sourcesOf,
  timestamp,
} from '../application';
import { aggregateHealth } from '../health/aggregateHealth';
import { ClusterCache } from '../kubernetes/clusterCache';
import { KubernetesClient, KubernetesError } from '../kubernetes/kubernetesClient';
import { StoreChange } from '../kubernetes/objectStore';
import { groupVersion } from '../kubernetes/types';
import { Logger } from '../log';
import { letsSync } from '../project/syncWindows';
import { ManifestService } from '../repository/manifestService';
import { Repositories } from '../repository/repositories';
import { RepositoryState } from '../repository/repositoryState';
import { affectedApplications, needsReconcile } from './affectedApplications';
import { announceStatus } from './announceStatus';
import {
  statusAfterComparison,
  statusAfterDeletionErrors,
  statusAfterOutage,
  statusAfterSpecErrors,
} from './applicationStatus';
import { AutoSyncDecision, decideAutoSync } from './autoSync';
import { Comparison, compareApplication, isOutage, ManagedResource } from './compareApplication';
import { deleteApplicationStep, hasResourcesFinalizer } from './deleteApplication';
import { EventRecorder } from './eventRecorder';
import { KeyedQueue } from './keyedQueue';
import { operate } from './operate';
import { parseApplication, ParsedApplication, projectOf, repositoriesOf } from './parseApplication';
import { releaseProject } from './releaseProject';
import { buildResourceTree, ResourceTree } from './resourceTree';
import { writeApplication } from './writeApplication';

/** Milliseconds. */
const intervals = {
  /** Several changes of live objects in a row are looked at once. */
  settle: 50,
  /** Every application is compared anew at least this often. */
  resync: 180_000,
  /** How long an unreachable repository leaves the status as it is. Argo CD's own grace period. */
  repositoryGrace: 180_000,
  /** Before the next try when Kubernetes is away. */
  retry: 1_000,
};

/** What the controller knows of an application beside what is in Kubernetes. */
export interface ApplicationRuntime {
  tree: ResourceTree;
  managed: ManagedResource[];
}

/** What the controller works with. */
export interface ControllerDependencies {
  client: KubernetesClient;
  cache: ClusterCache;
  repositories: Repositories;
  manifests: ManifestService;
  events: EventRecorder;
  log: Logger;
  /** Milliseconds since the epoch. */
  clock: () => number;
}

type RefreshLevel = 'live' | 'git' | 'hard';

/** Keeps every Application compared with Git, synced as its policy says, and its status in Kubernetes. */
export class ApplicationController {
  private readonly queue = new KeyedQueue(name => this.process(name));
  private readonly projects = new KeyedQueue(name => this.processProject(name));
  private readonly runtimes = new Map<string, ApplicationRuntime>();
  private readonly requested = new Map<string, RefreshLevel>();
  private readonly outages = new Map<string, number>();
  /** The last failure of each application, so that it is logged once and not every second. */
  private readonly failures = new Map<string, string>();
  private readonly subscriptions: Array<() => void> = [];
  private resync?: NodeJS.Timeout;
  private stopped = false;

  constructor(private readonly with_: ControllerDependencies) {}

  start(): void {
    this.subscriptions.push(
      this.with_.cache.subscribe(change => this.noticed(change)),
      this.with_.repositories.subscribe(repository => this.repositoryChanged(repository)),
    );
    for (const application of this.applications()) this.queue.add(instanceName(application));
    this.resync = setInterval(() => this.requestAll('git'), intervals.resync);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const unsubscribe of this.subscriptions) unsubscribe();
    clearInterval(this.resync);
    await Promise.all([this.queue.stop(), this.projects.stop()]);
  }

  /** Tree and managed resources as of the last comparison; undefined before the first one. */
  runtime(name: string): ApplicationRuntime | undefined {
    return this.runtimes.get(name);
  }

  /** {@link runtime}, after a first comparison if there was none yet: an empty answer would be taken for the truth. */
  async ensureRuntime(name: string): Promise<ApplicationRuntime> {
    if (!this.runtimes.has(name)) await this.queue.addAndWait(name);
    return this.runtimes.get(name) ?? { tree: {}, managed: [] };
  }

  /** All applications, by name. */
  applications(): Application[] {
    return (this.with_.cache.list('argoproj.io', 'Application') as Application[]).sort((a, b) =>
      a.metadata.name < b.metadata.name ? -1 : 1,
    );
  }

  /** @param instance - see {@link instanceName}; so are all names of applications here. */
  application(instance: string): Application | undefined {
    const key = { group: 'argoproj.io', kind: 'Application', ...ofInstanceName(instance) };
    return this.with_.cache.get(key) as Application | undefined;
  }

  /** Spec and project of an application, as far as they are acceptable. */
  parse(application: Application): ParsedApplication {
    return parseApplication(application, this.with_.cache);
  }

  /** Looks at Git and compares at once; resolves when the status is written. */
  async refresh(name: string, hard: boolean): Promise<void> {
    await this.with_.repositories.refresh(repositoriesOf(this.application(name)));
    this.request(name, hard ? 'hard' : 'git');
    await this.queue.addAndWait(name);
  }

  /** Has the applications of a repository with new commits compared. */
  private repositoryChanged(repository: RepositoryState): void {
    for (const application of this.applications()) {
      const urls = repositoriesOf(application);
      if (!urls.some(url => this.with_.repositories.get(url) === repository)) continue;
      this.request(instanceName(application), 'git');
      this.queue.add(instanceName(application));
    }
  }

  private noticed(change: StoreChange): void {
    const { object } = change;
    const [group] = groupVersion(object.apiVersion);
    if (group === 'argoproj.io' && object.kind === 'AppProject') {
      this.projects.add(object.metadata.name);
      for (const application of this.applications()) {
        if (projectOf(application) === object.metadata.name) {
          this.queue.add(instanceName(application), intervals.settle);
        }
      }
    }
    if (group === 'argoproj.io' && object.kind === 'Application') {
      const name = instanceName(object);
      if (change.type !== 'MODIFIED') this.projects.add(projectOf(object as Application));
      if (needsReconcile(change)) this.queue.add(name);
    }
    for (const name of affectedApplications(change, key => this.with_.cache.get(key))) {
      this.queue.add(name, intervals.settle);
    }
  }

  private request(name: string, level: RefreshLevel): void {
    const order: RefreshLevel[] = ['live', 'git', 'hard'];
    const current = this.requested.get(name) ?? 'live';
    if (order.indexOf(level) >= order.indexOf(current)) this.requested.set(name, level);
  }

  private requestAll(level: RefreshLevel): void {
    for (const application of this.applications()) {
      this.request(instanceName(application), level);
      this.queue.add(instanceName(application));
    }
  }

  /** One run for an application. Whatever goes wrong is logged and tried again: the queue must go on. */
  private async process(name: string): Promise<void> {
    if (!this.with_.cache.synced) {
      this.queue.add(name, intervals.retry);
      return;
    }
    try {
      await this.reconcile(name);
      this.failures.delete(name);
    } catch (error) {
      if (this.stopped) return;
      const away = error instanceof KubernetesError && error.unavailable;
      const gone = error instanceof KubernetesError && error.status === 404;
      // The cache tells once that Kubernetes is away; an application that went meanwhile needs nothing.
      const message = describe(error);
      if (!away && !gone && this.failures.get(name) !== message) {
        this.with_.log(`application ${name}: ${message}`);
      }
      this.failures.set(name, message);
      this.queue.add(name, intervals.retry);
    }
  }

  private async reconcile(name: string): Promise<void> {
    const application = this.application(name);
    if (!application) {
      this.runtimes.delete(name);
      this.requested.delete(name);
      this.outages.delete(name);
      return;
    }
    // What is known of it stays; after a start nothing is.
    if (isSkipped(application) && this.runtimes.has(name)) return;
    if (application.metadata.deletionTimestamp && !isSkipped(application)) {
      await this.delete(application);
      return;
    }
    const annotation = application.metadata.annotations?.[refreshAnnotation];
    if (annotation) {
      await this.with_.repositories.refresh(repositoriesOf(application));
      this.request(name, annotation === 'hard' ? 'hard' : 'git');
    }
    const level = this.requested.get(name) ?? 'live';
    this.requested.delete(name);
    if (level === 'hard') this.with_.manifests.clear();
    await this.compare(application, level);
    const compared = this.application(name);
    if (compared?.operation && !isSkipped(compared)) await this.operate(compared);
  }

  private async compare(application: Application, level: RefreshLevel): Promise<void> {
    const name = instanceName(application);
    const now = this.with_.clock();
    const before = application.status ?? {};
    const parsed = parseApplication(application, this.with_.cache);
    if ('errors' in parsed) {
      this.runtimes.set(name, { tree: {}, managed: [] });
      await this.write(application, statusAfterSpecErrors(before, parsed.errors, timestamp(now)));
      return;
    }
    const { spec, project } = parsed;
    const wanted = sourcesOf(spec).map(source => ({ source, revision: source.targetRevision }));
    let comparison: Comparison;
    try {
      comparison = await compareApplication(application, spec, project, wanted, this.with_);
      this.outages.delete(name);
    } catch (error) {
      if (!isOutage(error)) throw error;
      await this.tolerate(application, error.message, level);
      return;
    }
    const { managed } = comparison;
    const tree = buildResourceTree(managed, this.with_.cache);
    this.runtimes.set(name, { tree, managed });
    if (isSkipped(application)) return;
    const health = aggregateHealth(
      comparison.resources.map((each, at) => ({
        group: each.group ?? '',
        kind: each.kind,
        live: managed[at].live,
      })),
    );
    const decision: AutoSyncDecision = letsSync(application, parsed, false, now)
      ? decideAutoSync({
          spec,
          status: application.status,
          sync: comparison.sync,
          resources: comparison.resources,
          operationPending: application.operation !== undefined,
          now,
        })
      : { kind: 'nothing' };
    if (decision.kind === 'wait') this.queue.add(name, decision.milliseconds);
    const status = statusAfterComparison(before, {
      comparison,
      health: health.status,
      images: [...new Set((tree.nodes ?? []).flatMap(node => node.images ?? []))].sort(),
      syncError: decision.kind === 'condition' ? decision.condition : undefined,
      withGit: level !== 'live',
      now: timestamp(now),
    });
    const operation = decision.kind === 'operation' ? decision.operation : undefined;
    await this.write(application, status, operation);
    announceStatus(application, before, status, operation, this.with_);
  }

  /** An unreachable repository is no news for a while: what is deployed does not change by it. */
  private async tolerate(
    application: Application,
    reason: string,
    level: RefreshLevel,
  ): Promise<void> {
    const name = instanceName(application);
    const now = this.with_.clock();
    const since = this.outages.get(name) ?? now;
    this.outages.set(name, since);
    this.queue.add(name, intervals.retry * 5);
    if (level === 'live' && application.status?.sync && now - since < intervals.repositoryGrace) {
      return;
    }
    const status = statusAfterOutage(application.status ?? {}, reason, timestamp(now));
    await this.write(application, status);
  }

  private async operate(application: Application): Promise<void> {
    const parsed = parseApplication(application, this.with_.cache);
    const delay = await operate(application, 'errors' in parsed ? undefined : parsed, {
      ...this.with_,
      isCancelled: () =>
        this.stopped ||
        this.application(instanceName(application))?.status?.operationState?.phase ===
          'Terminating',
      write: async (current, status, operation) => await this.write(current, status, operation),
    });
    this.queue.add(instanceName(application), delay);
  }

  private async delete(application: Application): Promise<void> {
    const { finalizers } = application.metadata;
    const name = instanceName(application);
    if (!hasResourcesFinalizer(finalizers)) return;
    const parsed = parseApplication(application, this.with_.cache);
    if ('errors' in parsed && !parsed.project) {
      const now = timestamp(this.with_.clock());
      const before = application.status ?? {};
      await this.write(application, statusAfterDeletionErrors(before, parsed.errors, now));
      return;
    }
    const done = await deleteApplicationStep(application, parsed.project ?? {}, this.with_);
    if (done) this.with_.log(`application ${name}: deleted with its resources`);
    else this.queue.add(name, intervals.retry);
  }

  private async processProject(name: string): Promise<void> {
    try {
      await releaseProject(name, this.applications().map(projectOf), this.with_);
    } catch (error) {
      if (this.stopped) return;
      this.projects.add(name, intervals.retry);
    }
  }

  private async write(
    application: Application,
    status: ApplicationStatus,
    operation?: Operation | null,
  ): Promise<Application> {
    if (isSkipped(application)) return application;
    return await writeApplication(application, status, operation, this.with_);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
