import { z } from 'zod';
import { JsonObject } from '../json/json';

/** The part of an object's metadata that the reconciler reads. */
export interface ObjectMeta extends JsonObject {
  name: string;
  namespace?: string;
  uid?: string;
  /** An opaque text for clients; this cluster's are integers, which is how newer is told from older. */
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: Array<{ uid: string; kind: string; name: string; apiVersion: string }>;
}

/** Any Kubernetes object. */
export interface KubernetesObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** What the API server serves under one plural name. */
export interface ResourceType {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  /** The name in paths, for example `deployments`. */
  plural: string;
  namespaced: boolean;
}

/** The identity of an object whatever its version. */
export interface ResourceKey {
  group: string;
  kind: string;
  /** Empty for objects of the cluster. */
  namespace: string;
  name: string;
}

/** One event of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: KubernetesObject;
}

const stringMap = z.record(z.string(), z.string());

/** Checks an object that comes from outside: an API answer, a manifest. Unknown fields stay. */
export const kubernetesObjectSchema = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().optional(),
    labels: stringMap.nullish().transform(value => value ?? undefined),
    annotations: stringMap.nullish().transform(value => value ?? undefined),
    finalizers: z.array(z.string()).optional(),
  }),
}) as unknown as z.ZodType<KubernetesObject>;

/** Group and version of an `apiVersion`: `apps/v1` is ['apps', 'v1'], `v1` is ['', 'v1']. */
export function groupVersion(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

/** The `apiVersion` of a type. */
export function apiVersionOf(type: { group: string; version: string }): string {
  return type.group ? `${type.group}/${type.version}` : type.version;
}

/** The key of an object. */
export function keyOf(object: KubernetesObject): ResourceKey {
  return {
    group: groupVersion(object.apiVersion)[0],
    kind: object.kind,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  };
}

/** A key as a text, as Argo CD writes it: `group/Kind/namespace/name`. */
export function keyText(key: ResourceKey): string {
  return `${key.group}/${key.kind}/${key.namespace}/${key.name}`;
}

/** Compares two resource versions; the larger is the newer. */
export function isNewer(version: string | undefined, than: string | undefined): boolean {
  return Number(version ?? 0) > Number(than ?? 0);
}
