import type {
  LeftOut,
  PartFreshness,
  PodState,
  SourceStatus,
} from '@internal/plugin-tenant-releases-common';
import { ChangeHints } from '../upstream/ChangeHints';
import type { PodRecord } from './PodRecord';
import type { PodWatch } from './PodWatch';
import { RunningLog, type Start } from './RunningLog';

/** What the pods run: the tenants' pods in all clusters. */
export class RunningIndex {
  readonly changes = new ChangeHints();
  readonly #watches: PodWatch[];
  readonly #log = new RunningLog();
  /** Pods by `cluster/tenant/service`; rebuilt for the tenants that changed. */
  readonly #groups = new Map<string, PodRecord[]>();

  constructor(watches: PodWatch[]) {
    this.#watches = watches;
    for (const watch of watches) {
      watch.changes.subscribe(tenants => {
        if (tenants === 'all') {
          this.changes.emitAll();
          return;
        }
        this.#regroup(watch, new Set(tenants));
        this.changes.emit(tenants);
      });
    }
  }

  start(): void {
    this.#watches.forEach(watch => watch.start());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#watches.map(watch => watch.stop()));
  }

  statuses(): SourceStatus[] {
    return this.#watches.map(({ monitor }) => monitor.status());
  }

  /** What no release is made of, by the source's id. */
  leftOut(): Map<string, LeftOut[]> {
    return new Map();
  }

  /** The pods of a release in the cluster of that name. */
  pods(cluster: string | undefined, tenant: string, service: string): PodState[] {
    return this.#clusters(cluster)
      .flatMap(({ name }) => this.#groups.get(`${name}/${tenant}/${service}`) ?? [])
      .filter(({ counts }) => counts)
      .map(({ version, ready, startedAt, waiting }) => ({
        version,
        ready,
        ...(startedAt ? { startedAt } : {}),
        ...(waiting ? { waiting } : {}),
      }));
  }

  freshness(cluster: string | undefined): PartFreshness {
    const all = this.#clusters(cluster).map(({ monitor }) => monitor.freshness());
    return (
      all.find(({ state }) => state === 'unknown') ??
      all.find(({ state }) => state === 'stale') ??
      all[0] ?? { state: 'unknown', ageSeconds: 0 }
    );
  }

  /** When a version was first seen ready, not before a time (RFC 3339); undefined when nobody knows. */
  startOf(tenant: string, service: string, version: string, notBefore: string): Start | undefined {
    return this.#log.startOf(`${tenant}/${service}`, version, notBefore);
  }

  /**
   * A destination that no cluster is named after may be any of them: Argo CD's names and the portal's need not be the
   * same where there is only one.
   */
  #clusters(name: string | undefined): PodWatch[] {
    const named = this.#watches.filter(watch => watch.name === name);
    return named.length > 0 ? named : this.#watches;
  }

  #regroup(watch: PodWatch, tenants: ReadonlySet<string>): void {
    const groups = new Map<string, PodRecord[]>();
    for (const pod of watch.store.values()) {
      if (tenants.has(pod.tenant)) {
        const key = `${watch.name}/${pod.tenant}/${pod.service}`;
        groups.set(key, [...(groups.get(key) ?? []), pod]);
      }
    }
    for (const key of this.#groups.keys()) {
      const [cluster, tenant] = key.split('/');
      if (cluster === watch.name && tenants.has(tenant)) this.#groups.delete(key);
    }
    for (const [key, pods] of groups) {
      this.#groups.set(key, pods);
      this.#log.observe(key.slice(watch.name.length + 1), pods);
    }
  }
}
