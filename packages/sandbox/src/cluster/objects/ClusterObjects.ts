import { randomUUID } from 'node:crypto';
import { Clock, timestamp } from '../model/clock';
import { jsonEqual, withoutUndefined } from '../model/json';
import { KubernetesObject, ObjectMeta, isTerminating } from '../model/objects';
import { Resource, apiVersionOf } from '../model/resources';
import { alreadyExists, conflict, invalid, notFound } from '../model/statusError';
import { trackUpdate } from '../patch/managedFields';
import { ObjectStore } from '../store/ObjectStore';
import { admitNew } from './admission';
import { DeleteOptions, hasFinalizers, markForDeletion } from './deletion';
import { applyDefaults } from './defaults';
import { generateName } from './names';
import { nextState } from './nextState';
import { validate } from './validation';
import { WriteOptions } from './writeOptions';

/** An object as a caller sends it: metadata may be incomplete. */
export type Draft = Omit<KubernetesObject, 'metadata'> & { metadata?: Partial<ObjectMeta> };

/**
 * Reads and writes objects by the rules of the API server: defaults, validation, versions, generations, field managers,
 * finalizers. The HTTP API and the controllers write through it alike.
 */
export class ClusterObjects {
  constructor(
    readonly store: ObjectStore,
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  /** @throws StatusError 404. */
  get(resource: Resource, namespace: string | undefined, name: string): KubernetesObject {
    const object = this.store.get(resource, namespace, name);
    if (!object) {
      throw notFound(resource, name);
    }
    return object;
  }

  /** @throws StatusError 404 (namespace), 403 (admission), 409 (name taken), 422 (invalid). */
  create(resource: Resource, draft: Draft, options: WriteOptions): KubernetesObject {
    const { generateName: prefix } = draft.metadata ?? {};
    const name = draft.metadata?.name || (prefix ? generateName(prefix, this.random) : undefined);
    if (!name) {
      throw invalid(resource, '', [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
          field: 'metadata.name',
        },
      ]);
    }
    const { status, ...rest } = draft;
    const bare: KubernetesObject = {
      ...(resource.status ? rest : draft),
      apiVersion: apiVersionOf(resource),
      kind: resource.kind,
      metadata: withoutUndefined({
        ...draft.metadata,
        name,
        uid: randomUUID(),
        resourceVersion: '',
        generation: resource.generation ? 1 : undefined,
        creationTimestamp: timestamp(this.clock.now()),
        deletionTimestamp: undefined,
        deletionGracePeriodSeconds: undefined,
      }),
    };
    const filled = applyDefaults(resource, bare);
    if (this.store.get(resource, filled.metadata.namespace, name)) {
      throw alreadyExists(resource, name);
    }
    const admitted = admitNew(this.store, resource, filled, this.random);
    validate(resource, admitted);
    const owned = this.withOwnership(resource, undefined, admitted, options);
    return options.dryRun ? withoutVersion(owned) : this.store.put(resource, owned);
  }

  /**
   * Replaces an object by what `change` makes of it; system fields of the result are ignored.
   * @throws StatusError 404, 409 (resourceVersion or uid differ), 422, and what `change` throws.
   */
  modify(
    resource: Resource,
    namespace: string | undefined,
    name: string,
    change: (current: KubernetesObject) => KubernetesObject,
    options: WriteOptions,
  ): KubernetesObject {
    const current = this.get(resource, namespace, name);
    const wanted = change(current);
    this.checkPreconditions(resource, current, wanted.metadata ?? {});
    const next = nextState(resource, current, wanted, options);
    validate(resource, next, current);
    if (jsonEqual(withoutBookkeeping(next), withoutBookkeeping(current))) {
      return current;
    }
    const owned = this.withOwnership(resource, current, next, options);
    if (options.dryRun) {
      return owned;
    }
    return isTerminating(owned) && !hasFinalizers(resource, owned) && isReleased(owned)
      ? this.store.remove(resource, owned)
      : this.store.put(resource, owned);
  }

  /**
   * Deletes an object, or marks it when it must end gracefully or has finalizers.
   * @returns the object, and whether it is gone.
   * @throws StatusError 404, 409 (preconditions).
   */
  delete(
    resource: Resource,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions & { dryRun?: boolean } = {},
  ): { object: KubernetesObject; gone: boolean } {
    const current = this.get(resource, namespace, name);
    this.checkPreconditions(resource, current, options.preconditions ?? {});
    const marked = markForDeletion(resource, current, options, this.clock.now());
    if (options.dryRun) {
      return { object: marked ?? current, gone: !marked };
    }
    if (!marked) {
      return { object: this.store.remove(resource, current), gone: true };
    }
    return {
      object: marked === current ? current : this.store.put(resource, marked),
      gone: false,
    };
  }

  private checkPreconditions(
    resource: Resource,
    current: KubernetesObject,
    wanted: { uid?: string; resourceVersion?: string },
  ): void {
    const { name, uid, resourceVersion } = current.metadata;
    if (wanted.uid && wanted.uid !== uid) {
      throw conflict(
        resource,
        name,
        `Precondition failed: UID in precondition: ${wanted.uid}, UID in object meta: ${uid}`,
      );
    }
    if (wanted.resourceVersion && wanted.resourceVersion !== resourceVersion) {
      throw conflict(resource, name);
    }
  }

  private withOwnership(
    resource: Resource,
    previous: KubernetesObject | undefined,
    next: KubernetesObject,
    options: WriteOptions,
  ): KubernetesObject {
    if (options.ownershipSettled) {
      return next;
    }
    const writer = {
      manager: options.manager,
      operation: 'Update' as const,
      subresource: options.subresource,
      time: timestamp(this.clock.now()),
    };
    const managedFields = trackUpdate(previous, next, writer, resource.custom);
    return { ...next, metadata: { ...next.metadata, managedFields } };
  }
}

/** What decides whether a write changes anything: not the version, nor when a manager last wrote. */
function withoutBookkeeping(object: KubernetesObject): KubernetesObject {
  const managedFields = object.metadata.managedFields?.map(entry => ({ ...entry, time: '' }));
  return withoutUndefined({
    ...object,
    metadata: { ...object.metadata, resourceVersion: '', managedFields },
  });
}

/** A pod that ends gracefully stays until the kubelet lets go of it, finalizers or not. */
function isReleased(object: KubernetesObject): boolean {
  return (object.metadata.deletionGracePeriodSeconds ?? 0) === 0;
}

/** What was only tried to make has no version. */
function withoutVersion(object: KubernetesObject): KubernetesObject {
  const { resourceVersion: _none, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as ObjectMeta };
}
