import { z } from 'zod';
import { objectOrEmpty } from '../model/json';
import { KubernetesObject } from '../model/objects';
import { LabelSelector, labelSelectorText } from '../model/selectors';
import { badRequest } from '../model/statusError';

interface ScalableObject extends KubernetesObject {
  spec: { replicas?: number; selector: LabelSelector };
  status?: { replicas?: number };
}

/** The scale subresource of a workload: https://kubernetes.io/docs/reference/kubernetes-api/autoscaling-resources/ */
export function toScale(object: KubernetesObject): KubernetesObject {
  const { spec, status, metadata } = object as ScalableObject;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status?.replicas ?? 0, selector: labelSelectorText(spec.selector) },
  };
}

const replicasSchema = z.number().int().nonnegative();

/** The workload with the replicas of a Scale. @throws StatusError 400. */
export function withScale(object: KubernetesObject, scale: unknown): KubernetesObject {
  const replicas = replicasSchema.safeParse(objectOrEmpty(objectOrEmpty(scale).spec).replicas ?? 0);
  if (!replicas.success) {
    throw badRequest('spec.replicas must be a whole number that is not negative');
  }
  const asked = objectOrEmpty(objectOrEmpty(scale).metadata).resourceVersion;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(typeof asked === 'string' && asked !== '' ? { resourceVersion: asked } : {}),
    },
    spec: { ...objectOrEmpty(object.spec), replicas: replicas.data },
  };
}
