import { canonicalJson, isObject, JsonObject, objectAt, withoutUndefined } from '../json/json';
import { KubernetesObject } from '../kubernetes/types';
import { sameState } from './sameState';
import { threeWayMerge } from './threeWayMerge';

/** Where `kubectl apply` and Argo CD's client-side apply keep what they applied last. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The outcome of comparing one resource. */
export interface ResourceDiff {
  modified: boolean;
  /** The live object as compared: without status and creation time. */
  normalizedLive: JsonObject;
  /** What the live object would be after an apply. */
  predictedLive: JsonObject;
}

/** Compares a live object with its manifest. */
export function diffResource(live: KubernetesObject, target: KubernetesObject): ResourceDiff {
  const normalizedLive = normalize(live);
  const predictedLive = threeWayMerge(
    normalizedLive,
    lastApplied(live),
    normalize(encodeSecret(target)),
  );
  return {
    modified: !sameState(normalizedLive, predictedLive),
    normalizedLive,
    predictedLive,
  };
}

/** The object that an apply writes: the merged one, with a note of what was applied. */
export function appliedObject(
  live: KubernetesObject | undefined,
  target: KubernetesObject,
): KubernetesObject {
  const encoded = encodeSecret(target);
  const configuration = `${canonicalJson(withoutUndefined(encoded))}\n`;
  const merged = live ? threeWayMerge(live, lastApplied(live), encoded) : encoded;
  const metadata = objectAt(merged, 'metadata');
  const annotations = { ...objectAt(metadata, 'annotations') };
  annotations[lastAppliedAnnotation] = configuration;
  return { ...merged, metadata: { ...metadata, annotations } } as unknown as KubernetesObject;
}

/** What was applied last; an empty object when nobody did or the note is broken. */
function lastApplied(live: KubernetesObject): JsonObject {
  const text = live.metadata.annotations?.[lastAppliedAnnotation];
  if (!text) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Status and creation time are never part of the desired state. */
function normalize(object: KubernetesObject): JsonObject {
  const { status: _status, ...rest } = object;
  const { creationTimestamp: _creationTimestamp, ...metadata } = object.metadata;
  return { ...rest, metadata };
}

/** The API server turns a Secret's `stringData` into `data`. */
function encodeSecret(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1' || !isObject(object.stringData)) {
    return object;
  }
  const { stringData, ...rest } = object;
  const encoded = Object.entries(stringData as JsonObject).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString('base64'),
  ]);
  return { ...rest, data: { ...objectAt(object, 'data'), ...Object.fromEntries(encoded) } };
}
