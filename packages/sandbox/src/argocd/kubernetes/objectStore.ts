import { isNewer, KubernetesObject, keyOf, keyText, ResourceKey, ResourceType } from './types';

/** What became of an object. */
export interface StoreChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
  /** The object as it was before; undefined for ADDED. */
  before?: KubernetesObject;
}

/** How many deletions are remembered, so that a late answer does not bring an object back. */
const rememberedDeletions = 2_000;

/** Objects by key and by owner; older versions never replace newer ones. */
export class ObjectStore {
  private readonly objects = new Map<string, KubernetesObject>();
  private readonly byType = new Map<string, Map<string, KubernetesObject>>();
  private readonly byOwner = new Map<string, Map<string, KubernetesObject>>();
  private readonly deleted = new Map<string, string>();

  get(key: ResourceKey): KubernetesObject | undefined {
    return this.objects.get(keyText(key));
  }

  all(): Iterable<KubernetesObject> {
    return this.objects.values();
  }

  ofType(group: string, kind: string): KubernetesObject[] {
    return [...(this.byType.get(`${group}/${kind}`)?.values() ?? [])];
  }

  ownedBy(uid: string): KubernetesObject[] {
    return [...(this.byOwner.get(uid)?.values() ?? [])];
  }

  /** Stores an object unless what is known is as new; answers what changed. */
  put(object: KubernetesObject): StoreChange | undefined {
    const key = keyText(keyOf(object));
    const before = this.objects.get(key);
    const version = object.metadata.resourceVersion;
    if (before && !isNewer(version, before.metadata.resourceVersion)) return undefined;
    if (!before && this.deleted.has(key) && !isNewer(version, this.deleted.get(key))) {
      return undefined;
    }
    if (before) this.unlink(key, before);
    this.link(key, object);
    return before ? { type: 'MODIFIED', object, before } : { type: 'ADDED', object };
  }

  remove(object: KubernetesObject): StoreChange | undefined {
    const key = keyText(keyOf(object));
    const before = this.objects.get(key);
    if (!before || isNewer(before.metadata.resourceVersion, object.metadata.resourceVersion)) {
      return undefined;
    }
    this.unlink(key, before);
    this.deleted.set(key, object.metadata.resourceVersion ?? '0');
    if (this.deleted.size > rememberedDeletions) {
      const [oldest] = this.deleted.keys();
      this.deleted.delete(oldest);
    }
    return { type: 'DELETED', object, before };
  }

  /** Makes the content of a type exactly this; answers what differs from before. */
  replace(type: ResourceType, items: KubernetesObject[]): StoreChange[] {
    const changes: StoreChange[] = [];
    const present = new Set(items.map(item => keyText(keyOf(item))));
    for (const known of this.ofType(type.group, type.kind)) {
      const key = keyText(keyOf(known));
      if (present.has(key)) continue;
      this.unlink(key, known);
      changes.push({ type: 'DELETED', object: known, before: known });
    }
    for (const item of items) {
      const key = keyText(keyOf(item));
      const before = this.objects.get(key);
      // A cluster that was emptied counts its versions from the start again: the list is right, then.
      if (before && before.metadata.uid !== item.metadata.uid) {
        this.unlink(key, before);
        changes.push({ type: 'DELETED', object: before, before });
      }
      this.deleted.delete(key);
      const change = this.put(item);
      if (change) changes.push(change);
    }
    return changes;
  }

  private link(key: string, object: KubernetesObject): void {
    this.objects.set(key, object);
    const { group, kind } = keyOf(object);
    insert(this.byType, `${group}/${kind}`, key, object);
    for (const owner of object.metadata.ownerReferences ?? []) {
      insert(this.byOwner, owner.uid, key, object);
    }
  }

  private unlink(key: string, object: KubernetesObject): void {
    this.objects.delete(key);
    const { group, kind } = keyOf(object);
    this.byType.get(`${group}/${kind}`)?.delete(key);
    for (const owner of object.metadata.ownerReferences ?? []) {
      const owned = this.byOwner.get(owner.uid);
      owned?.delete(key);
      if (owned?.size === 0) this.byOwner.delete(owner.uid);
    }
  }
}

function insert(
  index: Map<string, Map<string, KubernetesObject>>,
  at: string,
  key: string,
  object: KubernetesObject,
): void {
  const entries = index.get(at) ?? new Map<string, KubernetesObject>();
  entries.set(key, object);
  index.set(at, entries);
}
