import { KubernetesObject } from '../kubernetes/types';

/** Nobody gets to read a Secret's values through Argo CD. */
export function hideSecret(value: unknown): unknown {
  const object = value as KubernetesObject;
  if (object.kind !== 'Secret' || !object.data) return value;
  const hidden = Object.keys(object.data).map(key => [key, '++++++++']);
  const annotations = Object.entries(object.metadata.annotations ?? {}).map(([key, text]) => [
    key,
    key.endsWith('last-applied-configuration') ? '++++++++' : text,
  ]);
  return {
    ...object,
    data: Object.fromEntries(hidden),
    metadata: { ...object.metadata, annotations: Object.fromEntries(annotations) },
  };
}
