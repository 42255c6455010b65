import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '../log';
import { InformerListener, runInformer } from './informer';
import { KubernetesClient, KubernetesError } from './kubernetesClient';
import { ObjectStore, StoreChange } from './objectStore';
import { isWatched } from './resourceTypes';
import { KubernetesObject, ResourceKey, ResourceType, WatchEvent } from './types';

/** How often the list of types is read again, for custom resources that came; milliseconds. */
const discoveryInterval = 60_000;

/**
 * The live state of the whole cluster, kept by one list and watch for each type. It stays readable while the API server
 * is away: what it holds is then the last known state.
 */
export class ClusterCache implements InformerListener {
  private readonly store = new ObjectStore();
  private readonly types = new Map<string, ResourceType>();
  private readonly listed = new Set<string>();
  private readonly versions = new Map<string, string>();
  private readonly outages = new Set<string>();
  private readonly subscribers = new Set<(change: StoreChange) => void>();
  private readonly controller = new AbortController();
  private version = '';

  constructor(private readonly client: KubernetesClient, private readonly log: Logger) {}

  /** Starts to follow the cluster, now or as soon as it can be reached. */
  start(): void {
    void this.discover();
  }

  stop(): void {
    this.controller.abort();
    this.subscribers.clear();
  }

  /** True once every type has been listed: before that an absent object may just not be known yet. */
  get synced(): boolean {
    return this.types.size > 0 && [...this.types.keys()].every(key => this.listed.has(key));
  }

  /** False while the API server does not answer. */
  get connected(): boolean {
    return this.synced && this.outages.size === 0;
  }

  /** Kubernetes' version, for example `1.36.4`; empty before the first contact. */
  get kubernetesVersion(): string {
    return this.version;
  }

  /** Group/version and group/version/kind of everything the cluster serves, as Helm's --api-versions takes it. */
  apiVersions(): string[] {
    const all = [...this.types.values()].flatMap(type => {
      const groupVersion = type.group ? `${type.group}/${type.version}` : type.version;
      return [groupVersion, `${groupVersion}/${type.kind}`];
    });
    return [...new Set(all)].sort();
  }

  resourceType(group: string, kind: string): ResourceType | undefined {
    return this.types.get(`${group}/${kind}`);
  }

  get(key: ResourceKey): KubernetesObject | undefined {
    return this.store.get(key);
  }

  list(group: string, kind: string): KubernetesObject[] {
    return this.store.ofType(group, kind);
  }

  all(): Iterable<KubernetesObject> {
    return this.store.all();
  }

  /** The objects whose ownerReferences name this uid. */
  ownedBy(uid: string): KubernetesObject[] {
    return this.store.ownedBy(uid);
  }

  /** The newest version of a type's objects that has been seen. */
  resourceVersion(group: string, kind: string): string {
    return this.versions.get(`${group}/${kind}`) ?? '';
  }

  /** Takes over the answer of an own write, which is there before the watch tells of it. */
  written(object: KubernetesObject): void {
    const { deletionTimestamp, finalizers } = object.metadata;
    // The write that takes the last finalizer away is the deletion.
    const isGone = deletionTimestamp !== undefined && (finalizers ?? []).length === 0;
    this.publish(isGone ? this.store.remove(object) : this.store.put(object));
  }

  /** Calls back on every change; returns how to stop that. */
  subscribe(listener: (change: StoreChange) => void): () => void {
    this.subscribers.add(listener);
    return () => this.subscribers.delete(listener);
  }

  replaced(type: ResourceType, items: KubernetesObject[], resourceVersion: string): void {
    const key = `${type.group}/${type.kind}`;
    this.listed.add(key);
    this.versions.set(key, resourceVersion);
    for (const change of this.store.replace(type, items)) this.publish(change);
  }

  changed(type: ResourceType, event: WatchEvent): void {
    const version = event.object.metadata.resourceVersion;
    if (version) this.versions.set(`${type.group}/${type.kind}`, version);
    this.publish(
      event.type === 'DELETED' ? this.store.remove(event.object) : this.store.put(event.object),
    );
  }

  failed(type: ResourceType, error: KubernetesError): void {
    const key = `${type.group}/${type.kind}`;
    // A type that may not be listed is as good as empty; it must not hold up all the others.
    if ([403, 404, 405].includes(error.status)) {
      this.listed.add(key);
      return;
    }
    if (this.outages.size === 0) this.log(`kubernetes: ${error.message}`);
    this.outages.add(key);
  }

  recovered(type: ResourceType): void {
    const wasAway = this.outages.delete(`${type.group}/${type.kind}`);
    if (wasAway && this.outages.size === 0) this.log('kubernetes: reachable again');
  }

  private publish(change: StoreChange | undefined): void {
    if (!change) return;
    for (const subscriber of this.subscribers) subscriber(change);
  }

  private async discover(): Promise<void> {
    const { signal } = this.controller;
    let told = false;
    while (!signal.aborted) {
      try {
        this.version = await this.client.serverVersion();
        const types = await this.client.resourceTypes();
        told = false;
        for (const type of types.filter(isWatched)) this.follow(type);
      } catch (error) {
        if (!told) this.log(`kubernetes: ${error instanceof Error ? error.message : error}`);
        told = true;
      }
      const wait = this.types.size > 0 ? discoveryInterval : 500;
      await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private follow(type: ResourceType): void {
    const key = `${type.group}/${type.kind}`;
    if (this.types.has(key) || this.controller.signal.aborted) return;
    this.types.set(key, type);
    void runInformer(this.client, type, this, this.controller.signal);
  }
}
