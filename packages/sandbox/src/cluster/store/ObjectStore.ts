import { KubernetesObject, keyOf, objectKey } from '../model/objects';
import { Resource, qualifiedName, resourceOfKind } from '../model/resources';

/** One write, as a watch reports it. */
export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: Resource;
  object: KubernetesObject;
  /** What was stored before; absent for ADDED. */
  previous?: KubernetesObject;
  /** The version of the store after this write. */
  revision: number;
}

/** What a store starts with. */
export interface StoreContent {
  revision: number;
  objects: KubernetesObject[];
}

const historyLength = 2000;

/**
 * Objects by kind and name with one version number over all of them, as etcd keeps it for the API server.
 * Stored objects are replaced, never changed. Listeners are called during the write and must not write themselves.
 */
export class ObjectStore {
  private readonly objects = new Map<string, Map<string, KubernetesObject>>();
  private readonly listeners = new Set<(change: Change) => void>();
  private history: Change[] = [];
  private currentRevision: number;
  /** The version before the oldest change that {@link changesSince} still knows. */
  private oldestRevision: number;

  constructor(content: StoreContent = { revision: 0, objects: [] }) {
    this.currentRevision = content.revision;
    this.oldestRevision = content.revision;
    for (const object of content.objects) {
      const resource = resourceOfKind(object.apiVersion, object.kind);
      if (resource) {
        this.bucket(resource).set(objectKey(object), object);
      }
    }
  }

  get revision(): number {
    return this.currentRevision;
  }

  /** Changes after a version are known from this version on. */
  get oldest(): number {
    return this.oldestRevision;
  }

  /** Everything in the store, for writing it to disk. */
  content(): StoreContent {
    return {
      revision: this.currentRevision,
      objects: [...this.objects.values()].flatMap(bucket => [...bucket.values()]),
    };
  }

  get(
    resource: Resource,
    namespace: string | undefined,
    name: string,
  ): KubernetesObject | undefined {
    return this.objects.get(qualifiedName(resource))?.get(keyOf(namespace, name));
  }

  /** Objects of a kind, in one namespace or in all, in the order of their keys. */
  list(resource: Resource, namespace?: string): KubernetesObject[] {
    const bucket = this.objects.get(qualifiedName(resource));
    return [...(bucket?.entries() ?? [])]
      .filter(([, object]) => namespace === undefined || object.metadata.namespace === namespace)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object);
  }

  /** As {@link list}, at an earlier version; undefined when the history does not reach back that far. */
  listAt(
    resource: Resource,
    namespace: string | undefined,
    revision: number,
  ): KubernetesObject[] | undefined {
    const since = this.changesSince(revision)?.filter(change => change.resource === resource);
    if (!since) {
      return undefined;
    }
    const objects = new Map(
      this.list(resource, namespace).map(object => [objectKey(object), object]),
    );
    for (const { object, previous } of since.reverse()) {
      const isMeant = namespace === undefined || object.metadata.namespace === namespace;
      if (isMeant && previous) {
        objects.set(objectKey(object), previous);
      } else {
        objects.delete(objectKey(object));
      }
    }
    return [...objects]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object);
  }

  /** Writes an object under the next version and returns it as stored. */
  put(resource: Resource, object: KubernetesObject): KubernetesObject {
    const bucket = this.bucket(resource);
    const key = objectKey(object);
    const previous = bucket.get(key);
    const stored = this.withNextRevision(object);
    bucket.set(key, stored);
    this.emit({
      type: previous ? 'MODIFIED' : 'ADDED',
      resource,
      object: stored,
      ...(previous ? { previous } : {}),
      revision: this.currentRevision,
    });
    return stored;
  }

  /** Takes an object away; the answer is its last state under the version of the removal. */
  remove(resource: Resource, object: KubernetesObject): KubernetesObject {
    const bucket = this.bucket(resource);
    const key = objectKey(object);
    const previous = bucket.get(key);
    if (!previous) {
      return object;
    }
    const last = this.withNextRevision(object);
    bucket.delete(key);
    this.emit({
      type: 'DELETED',
      resource,
      object: last,
      previous,
      revision: this.currentRevision,
    });
    return last;
  }

  /** The changes after `revision`; undefined when the history does not reach back that far. */
  changesSince(revision: number): Change[] | undefined {
    return revision < this.oldestRevision
      ? undefined
      : this.history.filter(change => change.revision > revision);
  }

  /** Calls `listener` for every change from now on; the answer ends that. */
  subscribe(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private bucket(resource: Resource): Map<string, KubernetesObject> {
    const name = qualifiedName(resource);
    const bucket = this.objects.get(name) ?? new Map<string, KubernetesObject>();
    this.objects.set(name, bucket);
    return bucket;
  }

  private withNextRevision(object: KubernetesObject): KubernetesObject {
    this.currentRevision += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.currentRevision) },
    };
  }

  private emit(change: Change): void {
    this.history.push(change);
    if (this.history.length > historyLength) {
      const dropped = this.history.length - historyLength / 2;
      this.oldestRevision = this.history[dropped - 1].revision;
      this.history = this.history.slice(dropped);
    }
    for (const listener of [...this.listeners]) {
      listener(change);
    }
  }
}
