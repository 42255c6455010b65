import { JsonObject } from '../json/json';
import { KubernetesObject, ResourceType, WatchEvent } from './types';

/** A refusal by the API server: the `Status` object that it answers with. */
export class KubernetesError extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** Machine-readable, for example `NotFound`, `AlreadyExists`, `Conflict`, `Expired`. */
    readonly reason: string,
    message: string,
  ) {
    super(message);
    this.name = 'KubernetesError';
  }

  /** True when the server could not be reached, so that trying again later makes sense. */
  get unavailable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503;
  }
}

/** How deletion treats what an object owns. */
export type PropagationPolicy = 'Foreground' | 'Background' | 'Orphan';

/** What the reconciler needs of a Kubernetes API server. All calls throw {@link KubernetesError}. */
export interface KubernetesClient {
  /** The server's version, for example `1.36.4`. */
  serverVersion(): Promise<string>;
  /** The types that can be listed and watched, in their preferred version. */
  resourceTypes(): Promise<ResourceType[]>;
  /** All objects of a type in all namespaces, and the version to watch from. */
  list(type: ResourceType): Promise<{ items: KubernetesObject[]; resourceVersion: string }>;
  /** Hands over events until the server ends the stream (resolves) or the signal ends it (resolves). */
  watch(
    type: ResourceType,
    resourceVersion: string,
    onEvent: (event: WatchEvent) => void,
    signal: AbortSignal,
  ): Promise<void>;
  create(type: ResourceType, object: KubernetesObject): Promise<KubernetesObject>;
  /** Applies a JSON merge patch (RFC 7396). */
  mergePatch(
    type: ResourceType,
    namespace: string,
    name: string,
    patch: JsonObject,
  ): Promise<KubernetesObject>;
  /** Deletes; an object that is already gone is no error. */
  delete(
    type: ResourceType,
    namespace: string,
    name: string,
    propagationPolicy: PropagationPolicy,
  ): Promise<void>;
}
