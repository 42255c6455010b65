import { randomUUID } from 'node:crypto';
import { JsonObject } from '../json/json';
import { deepEqual } from '../json/json';
import { applyMergePatch } from '../json/mergePatch';
import {
  KubernetesClient,
  KubernetesError,
  PropagationPolicy,
} from '../kubernetes/kubernetesClient';
import { commonResourceTypes, eventType } from '../kubernetes/resourceTypes';
import {
  isNewer,
  KubernetesObject,
  keyOf,
  keyText,
  ResourceType,
  WatchEvent,
} from '../kubernetes/types';
import { timestamp } from '../application';

interface Watcher {
  type: ResourceType;
  onEvent: (event: WatchEvent) => void;
  end: () => void;
  fail: (error: KubernetesError) => void;
}

/** A Kubernetes API in memory: versions, uids, generations, watches, finalizers and garbage collection by owner. */
export class FakeKubernetes implements KubernetesClient {
  private readonly objects = new Map<string, KubernetesObject>();
  private readonly watchers = new Set<Watcher>();
  private version = 0;
  /** While true every call fails as if the server were not there. */
  away = false;
  /** Refuses writes for which it answers a message. */
  admit: (object: KubernetesObject) => string | undefined = () => undefined;

  serverVersion(): Promise<string> {
    return this.answer(() => '1.36.4');
  }

  resourceTypes(): Promise<ResourceType[]> {
    return this.answer(() => [...commonResourceTypes, eventType]);
  }

  list(type: ResourceType): Promise<{ items: KubernetesObject[]; resourceVersion: string }> {
    return this.answer(() => ({
      items: this.ofType(type),
      resourceVersion: String(this.version),
    }));
  }

  async watch(
    type: ResourceType,
    resourceVersion: string,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    await this.answer(() => undefined);
    // What changed since the list; deletions in between are not replayed by this fake.
    for (const object of this.ofType(type)) {
      if (isNewer(object.metadata.resourceVersion, resourceVersion)) {
        onEvent({ type: 'MODIFIED', object });
      }
    }
    await new Promise<void>((resolve, reject) => {
      const watcher: Watcher = { type, onEvent, end: () => resolve(), fail: reject };
      this.watchers.add(watcher);
      signal.addEventListener('abort', () => {
        this.watchers.delete(watcher);
        resolve();
      });
    });
  }

  create(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject> {
    return this.answer(() => {
      const key = keyText(keyOf(object));
      if (this.objects.has(key)) {
        throw new KubernetesError(409, 'AlreadyExists', `${object.metadata.name} already exists`);
      }
      const { namespace } = object.metadata;
      if (type.namespaced && !this.objects.has(`/Namespace//${namespace}`)) {
        throw new KubernetesError(404, 'NotFound', `namespaces "${namespace}" not found`);
      }
      this.check(object);
      const metadata = {
        ...object.metadata,
        uid: randomUUID(),
        ...(object.spec ? { generation: 1 } : {}),
        creationTimestamp: timestamp(Date.now()),
      };
      return this.store('ADDED', { ...object, metadata });
    });
  }

  mergePatch(
    type: ResourceType,
    namespace: string,
    name: string,
    patch: JsonObject,
  ): Promise<KubernetesObject> {
    return this.answer(() => {
      const before = this.objects.get(keyText({ ...type, namespace, name }));
      if (!before) throw new KubernetesError(404, 'NotFound', `${type.plural} "${name}" not found`);
      const after = applyMergePatch(before, patch) as KubernetesObject;
      this.check(after);
      if (deepEqual(before, after)) return before;
      if (!deepEqual(before.spec, after.spec)) {
        after.metadata = { ...after.metadata, generation: (before.metadata.generation ?? 0) + 1 };
      }
      const finished = after.metadata.deletionTimestamp && !after.metadata.finalizers?.length;
      return finished ? this.remove(after) : this.store('MODIFIED', after);
    });
  }

  delete(
    type: ResourceType,
    namespace: string,
    name: string,
    _propagationPolicy: PropagationPolicy,
  ): Promise<void> {
    return this.answer(() => {
      const object = this.objects.get(keyText({ ...type, namespace, name }));
      if (!object || object.metadata.deletionTimestamp) return;
      const metadata = { ...object.metadata, deletionTimestamp: timestamp(Date.now()) };
      if (metadata.finalizers?.length) this.store('MODIFIED', { ...object, metadata });
      else this.remove(object);
    });
  }

  /** Breaks all watches, as a server that goes away does. */
  disconnect(): void {
    this.away = true;
    for (const watcher of [...this.watchers]) {
      this.watchers.delete(watcher);
      watcher.fail(unavailable());
    }
  }

  reconnect(): void {
    this.away = false;
  }

  /** Writes past the API, as a controller of the cluster does. */
  put(object: KubernetesObject): KubernetesObject {
    const before = this.objects.get(keyText(keyOf(object)));
    const metadata = {
      generation: 1,
      creationTimestamp: timestamp(Date.now()),
      uid: before?.metadata.uid ?? randomUUID(),
      ...object.metadata,
    };
    return this.store(before ? 'MODIFIED' : 'ADDED', { ...object, metadata });
  }

  find(kind: string, namespace: string, name: string): KubernetesObject | undefined {
    return [...this.objects.values()].find(
      each =>
        each.kind === kind &&
        (each.metadata.namespace ?? '') === namespace &&
        each.metadata.name === name,
    );
  }

  ofKind(kind: string): KubernetesObject[] {
    return [...this.objects.values()].filter(each => each.kind === kind);
  }

  private ofType(type: ResourceType): KubernetesObject[] {
    return [...this.objects.values()].filter(
      each => keyOf(each).group === type.group && each.kind === type.kind,
    );
  }

  private check(object: KubernetesObject): void {
    const refusal = this.admit(object);
    if (refusal) throw new KubernetesError(403, 'Forbidden', refusal);
  }

  private store(type: 'ADDED' | 'MODIFIED', object: KubernetesObject): KubernetesObject {
    const stored = structuredClone({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(++this.version) },
    });
    this.objects.set(keyText(keyOf(stored)), stored);
    this.tell({ type, object: stored });
    return stored;
  }

  private remove(object: KubernetesObject): KubernetesObject {
    this.objects.delete(keyText(keyOf(object)));
    const metadata = { ...object.metadata, resourceVersion: String(++this.version) };
    const removed = { ...object, metadata };
    this.tell({ type: 'DELETED', object: removed });
    for (const other of [...this.objects.values()]) {
      const owned = other.metadata.ownerReferences?.some(each => each.uid === object.metadata.uid);
      const inside = object.kind === 'Namespace' && other.metadata.namespace === metadata.name;
      if (owned || inside) this.remove(other);
    }
    return removed;
  }

  private tell(event: WatchEvent): void {
    const { group, kind } = keyOf(event.object);
    for (const { type, onEvent } of this.watchers) {
      if (type.group === group && type.kind === kind) setImmediate(() => onEvent(event));
    }
  }

  private async answer<T>(make: () => T): Promise<T> {
    if (this.away) throw unavailable();
    return make();
  }
}

function unavailable(): KubernetesError {
  return new KubernetesError(
    0,
    'ServiceUnavailable',
    'the cluster cannot be reached: ECONNREFUSED',
  );
}
